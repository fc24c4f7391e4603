"""Reads pictures in Keras, for scripts/bench --images.

usage: keras_images.py read FOLDER HEIGHT WIDTH CHANNELS REPEATS | embed MODEL FOLDER FILE.npy
"""

import json
import sys
import time

import quiet_tensorflow  # noqa: F401, before Keras
import keras
import numpy as np
import tensorflow as tf


def read(folder, height, width, channels):
    return keras.utils.image_dataset_from_directory(
        folder, labels=None, color_mode="grayscale" if channels == 1 else "rgb", image_size=(height, width),
        batch_size=256, shuffle=False, verbose=False)


if sys.argv[1] == "read":
    folder, (height, width, channels, repeats) = sys.argv[2], map(int, sys.argv[3:])
    best = float("inf")
    for _ in range(repeats):
        started = time.perf_counter()
        np.concatenate([batch.numpy().astype(np.uint8) for batch in read(folder, height, width, channels)])
        best = min(best, time.perf_counter() - started)
    print(json.dumps({"seconds": best}))
else:
    model, folder, file = sys.argv[2:]
    twin = next(layer for layer in keras.models.load_model(model).layers if isinstance(layer, keras.Model))
    np.save(file, twin.predict(read(folder, 28, 28, 1).map(lambda images: images / 255), verbose=0))
    print(json.dumps({"keras": keras.__version__, "tensorflow": tf.__version__}))
