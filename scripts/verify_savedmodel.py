"""Checks that an exported SavedModel folder works for every kind of Python reader, and prints what was found.

Exits with 1 when a check fails. The folder may hold assets.extra/golden_pairs.json, which TensorFlow ignores, with the
figures of the program that wrote it: image1 and image2 as lists of 784 integers from 0 to 255, distance as a list of
numbers and embedding1 as a list of 128 numbers each.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import tensorflow as tf

from keras_reference import EMBEDDING_SIZE, IMAGE_SHAPE, contrastive_loss

TOLERANCE = 1e-5
SIGNATURES = {"serving_default": {"distance"}, "embed": {"embedding"}, "predict": {"distance", "same"}}
VARIABLES = {
    "conv2d/kernel:0": (2, 2, 1, 128),
    "conv2d/bias:0": (128,),
    "conv2d_1/kernel:0": (2, 2, 128, 128),
    "conv2d_1/bias:0": (128,),
    "conv2d_2/kernel:0": (2, 2, 128, 64),
    "conv2d_2/bias:0": (64,),
    "dense/kernel:0": (64, 128),
    "dense/bias:0": (128,),
}


def expect(expected, found, what=""):
    if expected != found:
        raise AssertionError(f"expected {what} {expected}, found {found}")


def difference(expected, found):
    """The greatest absolute difference, which must be within the tolerance; NaN never is."""
    expected, found = np.asarray(expected), np.asarray(found)
    expect(expected.shape, found.shape, "shape")
    greatest = float(np.max(np.abs(expected - found)))
    if not greatest <= TOLERANCE:
        raise AssertionError(f"expected a difference of at most {TOLERANCE}, found {greatest}")
    return f"{greatest:.1e} apart"


class Verification:
    """The checks of one folder: every public method is one, and returns a detail for the table."""

    def __init__(self, folder, save_again):
        self.folder = str(folder)
        self.golden = folder / "assets.extra" / "golden_pairs.json"
        self.save_again = save_again
        generator = np.random.default_rng(0)
        images = generator.integers(0, 256, (2, 16, *IMAGE_SHAPE)).astype(np.float32) / 255
        images[:, 8:, :, ::2] = 0  # two kinds of images, so that the distances differ
        self.image1, self.image2 = images
        self.image2[4:12] = generator.permutation(self.image2[4:12])
        self.image2[0] = self.image1[0]  # a pair at distance 0
        self.labels = generator.integers(0, 2, (16, 1)).astype(np.float32)
        self.labels[0] = 1

    def run(self):
        """Prints the table and returns whether all checks passed."""
        failures = 0
        for name, check in vars(Verification).items():
            if name.startswith("_") or name == "run":
                continue
            try:
                result, detail = "ok", check(self)
            except Exception as failure:  # whatever a reader throws is its result
                result, detail = "FAILED", f"{type(failure).__name__}: {' '.join(str(failure).split())[:300]}"
                failures += 1
            print(f"{name.replace('_', ' '):<24} {result:<7} {detail}", flush=True)
        return not failures

    def tensorflow_2_object(self):
        model = tf.saved_model.load(self.folder)
        expect(set(SIGNATURES), set(model.signatures), "signatures")
        expect((16, EMBEDDING_SIZE), tuple(model.embed(self.image1).shape), "embeddings")
        self._distances = model.distance(self.image1, self.image2).numpy()
        self._embeddings = model.embed(self.image1).numpy()
        expect((16, 1), self._distances.shape, "distances")
        expect(0.0, float(self._distances[0, 0]), "distance of identical images")
        norm = np.linalg.norm(self._embeddings - model.embed(self.image2).numpy(), axis=1, keepdims=True)
        return f"distances {difference(norm, self._distances)} from the embeddings' norm"

    def variables(self):
        model = tf.saved_model.load(self.folder)
        for variables in (model.variables, model.trainable_variables):
            expect(VARIABLES, {variable.name: tuple(variable.shape) for variable in variables}, "variables")
            expect(len(VARIABLES), len(variables), "number of variables")
        return f"{len(VARIABLES)}, all trainable"

    def signatures(self):
        signatures = tf.saved_model.load(self.folder).signatures
        pair = {"image1": tf.constant(self.image1), "image2": tf.constant(self.image2)}
        embedding = signatures["embed"](images=tf.constant(self.image1))
        serving, predict = signatures["serving_default"](**pair), signatures["predict"](**pair)
        for name, outputs in (("serving_default", serving), ("embed", embedding), ("predict", predict)):
            expect(SIGNATURES[name], set(outputs), f"outputs of {name}")
        difference(self._embeddings, embedding["embedding"])
        difference(self._distances, predict["distance"])
        same = predict["same"].numpy()
        expect((np.dtype(bool), (16, 1)), (same.dtype, same.shape), "same")
        nearest_different = self._distances[~same].min(initial=math.inf)
        if not self._distances[same].max(initial=-math.inf) < nearest_different:
            raise AssertionError("expected every pair that is the same to be nearer than every other, found others")
        return f"{', '.join(SIGNATURES)}: {difference(self._distances, serving['distance'])}"

    def gradients(self):
        model = tf.saved_model.load(self.folder)
        for image2, kind in ((self.image2, "mixed"), (self.image1, "identical")):
            loss, gradients = self._loss_and_gradients(model, image2)
            for variable, gradient in zip(model.trainable_variables, gradients, strict=True):
                if gradient is None or not np.isfinite(gradient).all():
                    raise AssertionError(f"expected finite gradients of {variable.name} for {kind} pairs")
        return "finite, for identical images too"

    def fine_tuning(self):
        model = tf.saved_model.load(self.folder)
        optimizer = keras.optimizers.Adam(0.001)
        losses = []
        for _ in range(20):
            loss, gradients = self._loss_and_gradients(model, self.image2)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            losses.append(float(loss))
        if not losses[-1] < losses[0]:
            raise AssertionError(f"expected a lower loss after 20 steps, found {losses[0]:.4f} -> {losses[-1]:.4f}")
        self._fine_tuned = model
        return f"loss {losses[0]:.4f} -> {losses[-1]:.4f} in 20 steps of Adam"

    def saved_again(self):
        with tempfile.TemporaryDirectory() as scratch:
            target = self.save_again or scratch
            tf.saved_model.save(self._fine_tuned, target, signatures=self._fine_tuned.signatures)
            again = tf.saved_model.load(target)
            expected = self._fine_tuned.distance(self.image1, self.image2)
            served = again.signatures["serving_default"](image1=self.image1, image2=self.image2)["distance"]
            difference(expected, served)
            return f"fine-tuned distances {difference(expected, again.distance(self.image1, self.image2))}"

    def keras_layer(self):
        images = keras.Input(IMAGE_SHAPE)
        layer = keras.layers.TFSMLayer(self.folder, call_endpoint="embed")
        model = keras.Model(images, layer(images))
        expect(len(VARIABLES), len(model.trainable_weights), "trainable weights")
        return f"TFSMLayer: {difference(self._embeddings, model.predict(self.image1, verbose=0))}"

    def tensorflow_1_session(self):
        with tf.Graph().as_default(), tf.compat.v1.Session() as session:
            signature = tf.compat.v1.saved_model.load(session, ["serve"], self.folder).signature_def["serving_default"]
            feeds = {signature.inputs["image1"].name: self.image1, signature.inputs["image2"].name: self.image2}
            return difference(self._distances, session.run(signature.outputs["distance"].name, feeds))

    def saved_model_cli(self):
        listing = self._saved_model_cli("show", "--all")
        for name in SIGNATURES:
            expect(True, f"signature_def['{name}']" in listing, f"{name} listed:")
        with tempfile.TemporaryDirectory() as scratch:
            inputs = []
            for name in ("image1", "image2"):
                np.save(Path(scratch, f"{name}.npy"), getattr(self, name))
                inputs.append(f"{name}={scratch}/{name}.npy")
            self._saved_model_cli("run", "--tag_set", "serve", "--signature_def", "serving_default",
                                  "--inputs", ";".join(inputs), "--outdir", scratch)
            return f"show and run: {difference(self._distances, np.load(Path(scratch, 'distance.npy')))}"

    def tensorflow_lite(self):
        converter = tf.lite.TFLiteConverter.from_saved_model(self.folder, signature_keys=["embed"])
        embed = tf.lite.Interpreter(model_content=converter.convert()).get_signature_runner("embed")
        return f"embed: {difference(self._embeddings, embed(images=self.image1)['embedding'])}"

    def golden_pairs(self):
        if not self.golden.exists():
            return f"none stored in {self.golden}"
        golden = json.loads(self.golden.read_text())
        image1, image2 = (np.float32(golden[name]).reshape(-1, *IMAGE_SHAPE) / 255 for name in ("image1", "image2"))
        model = tf.saved_model.load(self.folder)
        difference(golden["embedding1"], model.embed(image1))
        return f"{len(image1)} pairs, distances {difference(golden['distance'], model.distance(image1, image2)[:, 0])}"

    def _loss_and_gradients(self, model, image2):
        with tf.GradientTape() as tape:
            loss = contrastive_loss()(self.labels, model.distance(self.image1, image2))
        return loss, tape.gradient(loss, model.trainable_variables)

    def _saved_model_cli(self, command, *options):
        program = Path(sys.executable).with_name("saved_model_cli")
        finished = subprocess.run([program, command, "--dir", self.folder, *options], capture_output=True, text=True)
        expect(0, finished.returncode, f"{command} without '{finished.stderr.strip()[-200:]}' and with exit code")
        return finished.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR", help="the SavedModel folder")
    parser.add_argument("--save-again", metavar="DIR", help="keep what TensorFlow saves after fine-tuning here")
    arguments = parser.parse_args()
    if not (arguments.folder / "saved_model.pb").is_file():
        sys.exit(f"expected a SavedModel folder, found no saved_model.pb in {arguments.folder}")
    sys.exit(0 if Verification(arguments.folder, arguments.save_again).run() else 1)


if __name__ == "__main__":
    main()
