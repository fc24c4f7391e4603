"""Writes networks of the table in every form in which Keras does, with what Keras computes by them.

OUT/NAME/ gets model.keras, twin.keras where there is a nested twin, model.weights.h5, model.json, export/, oracle.h5,
and after/model.keras with the optimizer's state after three steps. The attribute "rounding" of each computed array says
how far it moves when every weight and pixel moves by a millionth: where a unit is at the kink of its activation, or all
is 0 but for rounding, no more can be asked of another program.
"""

import argparse
import json
import time
from pathlib import Path

from quiet_tensorflow import tf

import h5py
import keras
import numpy as np

import pair_training
import pictures
from model_structure import embeddings_of, layer_shapes, twin_of
from networks import NETWORKS
from random_weights import randomize, set_weights

STEPS = 3
SHAKE = 1e-6


def build(network):
    """The compiled model under random weights, and the pictures that it is asked about."""
    keras.backend.clear_session()  # names are those of a fresh program
    keras.utils.set_random_seed(network.seed)
    model = network.build()
    drawn = pictures.draw(*network.image_shape)
    randomize(model, pictures.pairs(network.images(drawn)), network.seed, network.offset)
    pair_training.compile_for(network, model)
    return model, drawn


def save(model, folder):
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder / "model.keras")
    model.save_weights(folder / "model.weights.h5")
    (folder / "model.json").write_text(model.to_json())
    model.export(folder / "export", verbose=False)
    twin = twin_of(model)
    if twin is not None:
        twin.save(folder / "twin.keras")


def compute(network, model, images):
    """What the model says of the pairs, and what becomes of it by training on them."""
    inputs, labels = pictures.pairs(images), pictures.labels()
    asked = keras.Model(model.inputs, [model.outputs[0], *embeddings_of(model)])
    found = dict(zip(("output", "embedding1", "embedding2"), asked(inputs, training=False)))
    pair_training.compile_for(network, model)
    with pair_training.nothing_drawn(model):
        found["loss"], gradients = pair_training.step(network, model, inputs, labels)
        for _ in range(STEPS - 1):
            pair_training.step(network, model, inputs, labels)
    found.update((f"gradients/{index}", gradient) for index, gradient in enumerate(gradients))
    found.update((f"weights_after/{index}", weight) for index, weight in enumerate(model.weights))
    return {name: value.numpy() for name, value in found.items()}


def shaken(arrays):
    """The arrays with every number a little changed, by more than any order of operations rounds."""
    generator = np.random.default_rng(0)
    return [array * (1 + generator.uniform(-SHAKE, SHAKE, array.shape).astype(array.dtype))
            if array.dtype == np.float32 else array for array in arrays]


def describe(file, name, variables):
    """Attributes: paths and shapes, as text."""
    file.attrs[f"{name}_paths"] = [variable.path for variable in variables]
    file.attrs[f"{name}_shapes"] = [json.dumps(list(variable.shape)) for variable in variables]


def write_oracle(network, model, drawn, folder):
    images = network.images(drawn)
    weights = [weight.numpy() for weight in model.weights]
    set_weights(model, shaken(weights))
    nearly = compute(network, model, shaken([images])[0])
    set_weights(model, weights)
    computed = compute(network, model, images)
    with h5py.File(folder / "oracle.h5", "w") as file:
        file.attrs.update(values=network.values, output=network.output, margin=network.margin,
                          tolerance=network.tolerance, steps=STEPS, learning_rate=pair_training.LEARNING_RATE,
                          epsilon=pair_training.EPSILON)
        describe(file, "weights", model.weights)
        describe(file, "trainable", model.trainable_variables)
        file["images"] = drawn
        file["first"], file["second"], file["labels"] = pictures.FIRST, pictures.SECOND, pictures.labels()
        file["layers"] = [[name, json.dumps(shape)] for name, shape in layer_shapes(model)]
        for index, weight in enumerate(weights):
            file[f"weights/{index}"] = weight
        for name, value in computed.items():
            file[name] = value
            file[name].attrs["rounding"] = float(np.abs(value - nearly[name]).max())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="only print the names of all networks")
    parser.add_argument("out", type=Path, nargs="?", metavar="OUT")
    parser.add_argument("names", nargs="*", metavar="NAME")
    arguments = parser.parse_args()
    if arguments.list:
        print("\n".join(NETWORKS))
        return
    for name in arguments.names:
        started = time.perf_counter()
        folder = arguments.out / name
        network = NETWORKS[name]
        model, drawn = build(network)
        save(model, folder)
        write_oracle(network, model, drawn, folder)
        (folder / "after").mkdir(exist_ok=True)
        model.save(folder / "after" / "model.keras")
        print(f"{name} {time.perf_counter() - started:.1f} s", flush=True)


if __name__ == "__main__":
    main()
