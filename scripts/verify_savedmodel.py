"""Checks that an exported SavedModel folder works for every kind of Python reader, and prints what was found.

Exits with 1 when a check fails. The folder may hold assets.extra/golden_pairs.json, which TensorFlow ignores, with the
figures of the program that wrote it: image1 and image2 as lists of 784 integers from 0 to 255, distance as a list of
numbers and embedding1 as a list of 128 numbers each.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
import warnings
from functools import cached_property
from pathlib import Path

from quiet_tensorflow import tf

import keras
import numpy as np

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
    """The checks of one folder: every public method is one, and returns what the table says of it, or None."""

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

    def tensorflow_2_object(self):
        expect(set(SIGNATURES), set(self._model.signatures), "signatures")
        expect((16, EMBEDDING_SIZE), self._embeddings.shape, "embeddings")
        expect((16, 1), self._distances.shape, "distances")
        expect(0.0, float(self._distances[0, 0]), "distance of identical images")
        norm = np.linalg.norm(self._embeddings - self._model.embed(self.image2).numpy(), axis=1, keepdims=True)
        return f"distances {difference(norm, self._distances)} from the embeddings' norm"

    def variables(self):
        for variables in (self._model.variables, self._model.trainable_variables):
            expect(VARIABLES, {variable.name: tuple(variable.shape) for variable in variables}, "variables")
            expect(len(VARIABLES), len(variables), "number of variables")
        return f"{len(VARIABLES)}, all trainable"

    def signatures(self):
        signatures = self._model.signatures
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
        for image2, kind in ((self.image2, "mixed"), (self.image1, "identical")):
            _, gradients = self._loss_and_gradients(self._model, image2)
            for variable, gradient in zip(self._model.trainable_variables, gradients, strict=True):
                if gradient is None or not np.isfinite(gradient).all():
                    raise AssertionError(f"expected finite gradients of {variable.name} for {kind} pairs, found others")
        return "finite, for identical images too"

    def fine_tuning(self):
        _, losses = self._fine_tuned
        if not losses[-1] < losses[0]:
            raise AssertionError(f"expected a lower loss after {len(losses)} steps, found {losses[0]} -> {losses[-1]}")
        return f"loss {losses[0]:.4f} -> {losses[-1]:.4f} in {len(losses)} steps of Adam"

    def saved_again(self):
        model, _ = self._fine_tuned
        with tempfile.TemporaryDirectory() as scratch:
            target = self.save_again or scratch
            tf.saved_model.save(model, target, signatures=model.signatures)
            again = tf.saved_model.load(target)
            expected = model.distance(self.image1, self.image2)
            serve = again.signatures["serving_default"]
            difference(expected, serve(image1=tf.constant(self.image1), image2=tf.constant(self.image2))["distance"])
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
        with warnings.catch_warnings(action="ignore"):  # TensorFlow 2.21 says that the interpreter moves elsewhere
            embed = tf.lite.Interpreter(model_content=converter.convert()).get_signature_runner("embed")
        return f"embed: {difference(self._embeddings, embed(images=self.image1)['embedding'])}"

    def golden_pairs(self):
        if not self.golden.exists():
            return None
        golden = json.loads(self.golden.read_text())
        image1, image2 = (np.float32(golden[name]).reshape(-1, *IMAGE_SHAPE) / 255 for name in ("image1", "image2"))
        difference(golden["embedding1"], self._model.embed(image1))
        distances = self._model.distance(image1, image2)[:, 0]
        return f"{len(image1)} pairs, distances {difference(golden['distance'], distances)}"

    @cached_property
    def _model(self):
        return tf.saved_model.load(self.folder)

    @cached_property
    def _embeddings(self):
        return self._model.embed(self.image1).numpy()

    @cached_property
    def _distances(self):
        return self._model.distance(self.image1, self.image2).numpy()

    @cached_property
    def _fine_tuned(self):
        model = tf.saved_model.load(self.folder)
        optimizer = keras.optimizers.Adam(0.001)
        losses = []
        for _ in range(20):
            loss, gradients = self._loss_and_gradients(model, self.image2)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            losses.append(float(loss))
        return model, losses

    def _loss_and_gradients(self, model, image2):
        with tf.GradientTape() as tape:
            loss = contrastive_loss()(self.labels, model.distance(self.image1, image2))
        return loss, tape.gradient(loss, model.trainable_variables)

    def _saved_model_cli(self, command, *options):
        program = Path(sys.executable).with_name("saved_model_cli")
        finished = subprocess.run([program, command, "--dir", self.folder, *options], capture_output=True, text=True)
        expect(0, finished.returncode, f"{command} without '{finished.stderr.strip()[-200:]}' and with exit code")
        return finished.stdout


def run(verification):
    """Prints the table of all checks and returns whether they passed."""
    passed = True
    for name in [name for name in vars(Verification) if not name.startswith("_")]:
        try:
            detail = getattr(verification, name)()
            result = "ok" if detail else "absent"
        except Exception as failure:  # whatever a reader throws is its result
            result, detail = "FAILED", f"{type(failure).__name__}: {' '.join(str(failure).split())[:300]}"
            passed = False
        print(f"{name.replace('_', ' '):<20}  {result:<6}  {detail or ''}", flush=True)
    return passed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR", help="the SavedModel folder")
    parser.add_argument("--save-again", metavar="DIR", help="keep what TensorFlow saves after fine-tuning here")
    arguments = parser.parse_args()
    if not (arguments.folder / "saved_model.pb").is_file():
        sys.exit(f"expected a SavedModel folder, found no saved_model.pb in {arguments.folder}")
    sys.exit(0 if run(Verification(arguments.folder, arguments.save_again)) else 1)


if __name__ == "__main__":
    main()
