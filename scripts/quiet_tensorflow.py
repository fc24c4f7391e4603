"""Imports TensorFlow without its notices about the machine: `from quiet_tensorflow import tf`, before Keras."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

# TensorFlow 2.21 announces oneDNN while it loads whatever the log level; exceptions are printed after this.
_standard_error = os.dup(2)
with open(os.devnull, "wb") as _nowhere:
    os.dup2(_nowhere.fileno(), 2)
try:
    import tensorflow as tf
finally:
    os.dup2(_standard_error, 2)
    os.close(_standard_error)

tf.get_logger().setLevel("ERROR")
