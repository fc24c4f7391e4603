"""Reads what Java wrote of networks of the table, and compares it with what Keras wrote and computed there.

DIR/NAME/ holds the output of write_oracle.py, and of Java any of java.keras, java.weights.h5, java-savedmodel/, all of
the same weights, and java-after.keras, written from after/model.keras. Exits with 1 at the first difference.
"""

import argparse
import json
import sys
import traceback
import warnings
from functools import cached_property
from pathlib import Path

from quiet_tensorflow import tf

import h5py
import keras
import numpy as np

import pair_training
import pictures
from networks import NETWORKS
from verify_savedmodel import expect

TOLERANCE = 1e-5


def load(path, **arguments):
    keras.backend.clear_session()  # operations without a name are numbered from the start
    return keras.models.load_model(path, **arguments)


class Ours:
    """What Java wrote of one network, beside the oracle's arrays."""

    def __init__(self, name, folder):
        self.network, self.folder = NETWORKS[name], folder
        with h5py.File(folder / "oracle.h5") as file:
            self.output, self.embeddings = file["output"][()], file["embedding1"][()]
            self.image1, self.image2 = pictures.pairs(self.network.images(file["images"][()]))
            self.labels = file["labels"][()]
            self.weights = [file[f"weights/{index}"][()] for index in range(len(file["weights"]))]

    @cached_property
    def file_of_keras(self):
        """In safe mode, and without a word about what could not be read."""
        with warnings.catch_warnings():
            warnings.filterwarnings("error", module="keras")
            return load(self.folder / "java.keras")

    def expect_output(self, found, what):
        expect_near(self.output, found, self.network.tolerance, what)

    def expect_embeddings(self, found, what):
        expect_near(self.embeddings, found, self.network.tolerance, what)


def expect_near(expected, found, tolerance, what):
    """Within the tolerance, relative to the largest value; NaN never is."""
    expected, found = np.asarray(expected), np.asarray(found)
    expect(expected.shape, found.shape, f"{what} of shape")
    greatest, largest = np.abs(expected - found).max(initial=0), np.abs(expected).max(initial=0)
    if not greatest <= tolerance * largest:
        raise AssertionError(f"expected {what} within {tolerance} of {largest}, found a difference of {greatest}")


def expect_same_bits(expected, variables):
    expect(len(expected), len(variables), "number of variables")
    for array, variable in zip(expected, variables):
        found = variable.numpy()
        expect((array.dtype, array.shape), (found.dtype, found.shape), f"{variable.path} of")
        if array.tobytes() != found.tobytes():
            raise AssertionError(f"expected every bit of {variable.path}, found a difference of up to "
                                 f"{np.abs(array - found).max()}")


# What says nothing of a model: the batch that it was built on.
LEFT_OUT = {"build_config"}


def expect_same_configuration(expected, found, place):
    """Names the first setting that differs."""
    if isinstance(expected, dict) and isinstance(found, dict):
        expect(sorted(expected), sorted(found), f"keys of {place}")
        for key in expected.keys() - LEFT_OUT:
            expect_same_configuration(expected[key], found[key], f"{place}.{key}")
    elif isinstance(expected, list) and isinstance(found, list):
        expect(len(expected), len(found), f"length of {place}")
        for index, (one, other) in enumerate(zip(expected, found)):
            expect_same_configuration(one, other, f"{place}[{index}]")
    else:
        expect(expected, found, place)


def check_keras(ours):
    model = ours.file_of_keras
    expect_same_bits(ours.weights, model.weights)
    ours.expect_output(model([ours.image1, ours.image2], training=False), "output")


def check_configuration(ours):
    """Every setting is what it was, as Keras itself writes both."""
    expected = load(ours.folder / "model.keras", compile=False)
    configurations = [json.loads(json.dumps(model.get_config())) for model in (expected, ours.file_of_keras)]
    expect_same_configuration(*configurations, "configuration")


def check_weights(ours):
    keras.backend.clear_session()
    model = ours.network.build()
    with warnings.catch_warnings():
        warnings.filterwarnings("error", module="keras")
        model.load_weights(ours.folder / "java.weights.h5")
    expect_same_bits(ours.weights, model.weights)
    ours.expect_output(model([ours.image1, ours.image2], training=False), "output")


def check_savedmodel(ours):
    folder, output = str(ours.folder / "java-savedmodel"), ours.network.output
    pair = {"image1": tf.constant(ours.image1), "image2": tf.constant(ours.image2)}

    signatures = tf.saved_model.load(folder).signatures
    expect({"serving_default", "embed", "predict"}, set(signatures), "signatures")
    served = signatures["serving_default"](**pair)
    embedded = signatures["embed"](images=pair["image1"])
    predicted = signatures["predict"](**pair)
    for name, expected, found in (("serving_default", {output}, served), ("embed", {"embedding"}, embedded),
                                  ("predict", {output, "same"}, predicted)):
        expect(expected, set(found), f"outputs of {name}")
    ours.expect_output(served[output], "serving_default")
    ours.expect_embeddings(embedded["embedding"], "embed")
    ours.expect_output(predicted[output], "predict")
    expect_threshold(predicted[output].numpy(), predicted["same"].numpy(), output)

    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        signature = tf.compat.v1.saved_model.load(session, ["serve"], folder).signature_def["serving_default"]
        feeds = {signature.inputs[name].name: images.numpy() for name, images in pair.items()}
        ours.expect_output(session.run(signature.outputs[output].name, feeds), "TensorFlow 1 session")

    images = keras.Input(ours.network.image_shape)
    layer = keras.Model(images, keras.layers.TFSMLayer(folder, call_endpoint="embed")(images))
    ours.expect_embeddings(layer(ours.image1), "TFSMLayer")


def expect_threshold(values, same, output):
    """Every pair that is the same lies on one side of every other."""
    expect((np.dtype(bool), values.shape), (same.dtype, same.shape), "same of")
    values = values if output == "distance" else -values
    if not values[same].max(initial=-np.inf) < values[~same].min(initial=np.inf):
        raise AssertionError(f"expected same by a threshold of the {output}, found pairs on either side")


def check_after(ours):
    """The state of training is what it was, and fit goes on as from Keras's own file."""
    theirs = load(ours.folder / "after" / "model.keras",
                                     custom_objects={"loss": ours.network.loss()})
    with warnings.catch_warnings():
        warnings.filterwarnings("error", module="keras")
        model = load(ours.folder / "java-after.keras")
    expect_same_bits([weight.numpy() for weight in theirs.weights], model.weights)
    expect_same_bits([variable.numpy() for variable in theirs.optimizer.variables], model.optimizer.variables)
    settings = [{**optimizer.get_config(), "name": ""} for optimizer in (theirs.optimizer, model.optimizer)]
    expect_same_configuration(*settings, "optimizer")
    expect_near(go_on(ours, theirs), go_on(ours, model), TOLERANCE, "losses of fit")
    for expected, found in zip(theirs.weights, model.weights):
        expect_near(expected, found, TOLERANCE, f"{expected.path} after fit")


def go_on(ours, model):
    """The losses before and after one more step on the batch that was trained on."""
    model.compile(optimizer=model.optimizer, loss=ours.network.loss(), run_eagerly=True)
    with pair_training.nothing_drawn(model):
        history = model.fit([ours.image1, ours.image2], ours.labels, batch_size=len(ours.labels), epochs=2,
                            shuffle=False, verbose=0)
    return history.history["loss"]


CHECKS = {
    "keras": (check_keras, "java.keras"),
    "configuration": (check_configuration, "java.keras"),
    "weights": (check_weights, "java.weights.h5"),
    "savedmodel": (check_savedmodel, "java-savedmodel"),
    "after": (check_after, "java-after.keras"),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path, metavar="DIR")
    parser.add_argument("names", nargs="+", choices=NETWORKS, metavar="NAME")
    parser.add_argument("--only", metavar="CHECK,…", help=f"some of {','.join(CHECKS)}, whose files must be there")
    arguments = parser.parse_args()
    only = arguments.only.split(",") if arguments.only else []
    if set(only) - set(CHECKS):
        parser.error(f"expected --only with some of {', '.join(CHECKS)}, found {arguments.only}")
    for name in arguments.names:
        ours = Ours(name, arguments.directory / name)
        for check in only or CHECKS:
            run, file = CHECKS[check]
            path = ours.folder / file
            if not only and not path.exists():
                print(f"{name} {check} absent")
                continue
            try:
                run(ours)
            except Exception as failure:  # whatever a reader throws is its result
                if not isinstance(failure, AssertionError):
                    traceback.print_exc()
                sys.exit(f"{name} {check}: {' '.join(str(failure).split())} in {path}")
            print(f"{name} {check} ok", flush=True)


if __name__ == "__main__":
    main()
