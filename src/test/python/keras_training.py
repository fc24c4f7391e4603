"""What Keras computes in training without dropout: loss, gradients and the weights after three steps of Adam.

Arguments: files of first images, second images and labels, as bytes, and a folder for the results.
"""

import sys
from pathlib import Path

from quiet_tensorflow import tf

import keras
import numpy as np

import keras_reference

first, second = (np.fromfile(file, np.uint8).reshape(-1, 28, 28, 1).astype(np.float32) / 255 for file in sys.argv[1:3])
labels = np.fromfile(sys.argv[3], np.uint8).astype(np.float32).reshape(-1, 1)
folder = Path(sys.argv[4])


def dump(name, arrays):
    np.concatenate([np.asarray(array, np.float32).ravel() for array in arrays]).tofile(folder / name)


keras.utils.set_random_seed(2)
generator = np.random.default_rng(2)
twin = keras_reference.build_twin()
# Glorot's range for kernels, and biases that are not zero, so that a forgotten one shows.
twin.set_weights([weight if weight.ndim > 1 else generator.uniform(-0.1, 0.1, weight.shape)
                  for weight in twin.get_weights()])
model = keras_reference.build_siamese(twin, lambda_free=True)
model.save(folder / "model.keras")
contrastive_loss = keras_reference.contrastive_loss()
untrained = twin.get_weights()

for epsilon in (1e-7, 1e-5):
    twin.set_weights(untrained)
    optimizer = keras.optimizers.Adam(0.001, epsilon=epsilon)
    for step in range(3):
        with tf.GradientTape() as tape:
            loss = contrastive_loss(labels, model([first, second], training=False))
        gradients = tape.gradient(loss, model.trainable_variables)
        if step == 0:
            dump("loss", [loss])
            dump("gradients", gradients)
        optimizer.apply(gradients, model.trainable_variables)
    dump(f"weights-{epsilon}", model.trainable_variables)
