"""Saves networks in every form in which Keras does into the folder given as argument, with their arrays beside them."""

import sys
from pathlib import Path

from quiet_tensorflow import tf

import h5py
import keras
import numpy as np
from keras import layers

import keras_reference

FOLDER = Path(sys.argv[1])
generator = np.random.default_rng(1)


def randomize(twin):
    twin.set_weights([generator.normal(0, 0.1, weight.shape).astype(np.float32) for weight in twin.get_weights()])


def dump(name, variables):
    np.concatenate([variable.numpy().ravel() for variable in variables]).tofile(FOLDER / name)


for name, lambda_free in (("lambda", False), ("lambda-free", True)):
    twin = keras_reference.build_twin()
    randomize(twin)
    model = keras_reference.build_siamese(twin, lambda_free)
    for part, network in ((name, model), (name + "-twin", twin)):
        network.save(FOLDER / f"{part}.keras")
        network.save_weights(FOLDER / f"{part}.weights.h5")
    dump(f"{name}-weights.bin", twin.weights)

    model.compile(optimizer=keras.optimizers.Adam(0.004, beta_1=0.7, epsilon=1e-5),
                  loss=keras_reference.contrastive_loss(), metrics=[keras_reference.accuracy])
    images = generator.random((2, 24, 28, 28, 1), np.float32)
    model.fit(list(images), np.arange(24, dtype=np.float32).reshape(-1, 1) % 2, batch_size=8, verbose=0)
    model.save(FOLDER / f"{name}-trained.keras")
    model.save_weights(FOLDER / f"{name}-trained.weights.h5")
    dump(f"{name}-trained-weights.bin", twin.weights)
    dump(f"{name}-trained-first.bin", model.optimizer.variables[2::2])
    dump(f"{name}-trained-second.bin", model.optimizer.variables[3::2])

# What must be refused.
twin.save(FOLDER / "bad-keras2.h5")
scaled = keras.Sequential([keras.Input((28, 28, 1)), layers.Rescaling(1 / 255), *twin.layers[1:]])
scaled.save(FOLDER / "bad-rescaling.keras")
normalized = keras.Sequential([*twin.layers, layers.UnitNormalization()])
normalized.save(FOLDER / "bad-normalization.keras")
keras.Sequential([keras.Input((4,)), layers.Dense(3)]).save_weights(FOLDER / "bad-dense.weights.h5")


def change(name, edit):
    """A copy of the twin's weights, changed in its first bias."""
    copy = FOLDER / f"bad-{name}.weights.h5"
    copy.write_bytes((FOLDER / "lambda-twin.weights.h5").read_bytes())
    with h5py.File(copy, "r+") as file:
        variables = file["layers/conv2d/vars"]
        del variables["1"]
        edit(variables)


change("huge", lambda variables: variables.create_dataset("1", (2**40,), "<f4", chunks=(2**20,)))
change("compressed", lambda variables: variables.create_dataset("1", data=np.ones(128, "<f4"), compression="gzip"))
change("double", lambda variables: variables.create_dataset("1", data=np.ones(128)))
change("external", lambda variables: variables.create_dataset(
    "1", (128,), "<f4", external=[(str(FOLDER / "lambda-weights.bin"), 0, 512)]))
change("link", lambda variables: variables.__setitem__(
    "1", h5py.ExternalLink(str(FOLDER / "lambda-twin.weights.h5"), "/layers/conv2d/vars/1")))
