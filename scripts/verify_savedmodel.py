"""Checks that an exported SavedModel folder works for every kind of Python reader, and prints what was found.

Exits with 1 when a check fails. The folder may hold assets.extra/golden_pairs.json, which TensorFlow ignores, with the
figures of the program that wrote it: image1 and image2 as lists of integers from 0 to 255 each, distance or similarity
as a list of numbers, embedding1 as a list of numbers each, shape (height, width, channels) and values, what the model
takes for 0 to 255 ("0..1" unless it says so).
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

from keras_reference import contrastive_loss

TOLERANCE = 1e-5
SIGNATURES = ("serving_default", "embed", "predict")
SCALES = {"0..1": (1 / 255, 0), "0..255": (1, 0), "-1..1": (1 / 127.5, -1)}


def expect(expected, found, what=""):
    if expected != found:
        raise AssertionError(f"expected {what} {expected}, found {found}")


def difference(expected, found):
    """The greatest difference, as a share of the greatest value if that is above 1; it must be within the tolerance,
    and NaN never is."""
    expected, found = np.asarray(expected), np.asarray(found)
    expect(expected.shape, found.shape, "shape")
    greatest = float(np.max(np.abs(expected - found)) / max(1, np.max(np.abs(expected))))
    if not greatest <= TOLERANCE:
        raise AssertionError(f"expected a difference of at most {TOLERANCE}, found {greatest}")
    return f"{greatest:.1e} apart"


class Verification:
    """The checks of one folder: every public method is one, and returns what the table says of it, or None."""

    def __init__(self, folder, save_again):
        self.folder = str(folder)
        golden = folder / "assets.extra" / "golden_pairs.json"
        self.golden = json.loads(golden.read_text()) if golden.exists() else None
        self.save_again = save_again

    def tensorflow_2_object(self):
        expect(set(SIGNATURES), set(self._model.signatures), "signatures")
        expect((16, 1), self._outputs.shape, self._output)
        expect(self._embeddings.shape[:1], (16,), "embeddings")
        norm = np.linalg.norm(self._embeddings - self._model.embed(self._image2).numpy(), axis=1, keepdims=True)
        identical = float(self._outputs[0, 0])
        if np.max(np.abs(norm - self._outputs)) <= TOLERANCE * max(1, norm.max()):
            expect(0.0, identical, "distance of identical images")
            return f"distances {difference(norm, self._outputs)} from the embeddings' norm"
        others = self._outputs[1:]
        return f"{self._output} {identical:.4f} of identical images, {others.min():.4f} to {others.max():.4f} of others"

    def variables(self):
        names = [variable.name for variable in self._model.variables]
        expect(len(names), len(set(names)), "number of different names")
        trainable = [variable.name for variable in self._model.variables if variable.trainable]
        expect(trainable, [variable.name for variable in self._model.trainable_variables], "trainable variables")
        return f"{len(names)}, {len(trainable)} of them trainable"

    def signatures(self):
        signatures = self._model.signatures
        embedding = signatures["embed"](images=tf.constant(self._image1))
        serving, predict = signatures["serving_default"](**self._pair), signatures["predict"](**self._pair)
        for found, expected in ((serving, {self._output}), (embedding, {"embedding"}),
                                (predict, {self._output, "same"})):
            expect(expected, set(found), "outputs of a signature")
        difference(self._embeddings, embedding["embedding"])
        difference(self._outputs, predict[self._output])
        same = predict["same"].numpy()
        expect((np.dtype(bool), (16, 1)), (same.dtype, same.shape), "same")
        sign = 1 if self._output == "distance" else -1
        if not (sign * self._outputs[same]).max(initial=-math.inf) < (sign * self._outputs[~same]).min(initial=math.inf):
            raise AssertionError("expected every pair that is the same to be nearer than every other, found others")
        return f"{', '.join(SIGNATURES)}: {difference(self._outputs, serving[self._output])}"

    def calls(self):
        """Functions of two images take them with names, in a list, and in a dictionary, of doubles too."""
        for numbers in (np.float32, np.float64):
            image1, image2 = numbers(self._image1), numbers(self._image2)
            for function in (getattr(self._model, self._output), self._model.predict):
                for found in (function(image1, image2), function(image1=image1, image2=image2),
                              function([image1, image2]), function({"image1": image1, "image2": image2})):
                    difference(self._outputs, found[self._output] if isinstance(found, dict) else found)
        return f"{self._output} and predict: with names, of a list, of a dictionary"

    def gradients(self):
        if not self._model.trainable_variables:
            return None
        for image2, kind in ((self._image2, "mixed"), (self._image1, "identical")):
            _, gradients = self._loss_and_gradients(self._model, image2)
            for variable, gradient in zip(self._model.trainable_variables, gradients, strict=True):
                if gradient is None or not np.isfinite(gradient).all():
                    raise AssertionError(f"expected finite gradients of {variable.name} for {kind} pairs, found others")
        return "finite, for identical images too"

    def fine_tuning(self):
        _, losses = self._fine_tuned
        if not losses:
            return None
        if not losses[-1] < losses[0]:
            raise AssertionError(f"expected a lower loss after {len(losses)} steps, found {losses[0]} -> {losses[-1]}")
        return f"loss {losses[0]:.4f} -> {losses[-1]:.4f} in {len(losses)} steps of Adam"

    def saved_again(self):
        model, _ = self._fine_tuned
        with tempfile.TemporaryDirectory() as scratch:
            target = self.save_again or scratch
            tf.saved_model.save(model, target, signatures=model.signatures)
            again = tf.saved_model.load(target)
            expected = self._compare(model, self._image2)
            difference(expected, again.signatures["serving_default"](**self._pair)[self._output])
            return f"fine-tuned {self._output} {difference(expected, self._compare(again, self._image2))}"

    def keras_layer(self):
        image1, image2 = keras.Input(self._image1.shape[1:]), keras.Input(self._image1.shape[1:])
        for endpoint in ({}, {"call_endpoint": self._output}, {"call_endpoint": "predict"}):
            layer = keras.layers.TFSMLayer(self.folder, **endpoint)
            for call in (layer([image1, image2]), layer({"image1": image1, "image2": image2}),
                         layer(image1, image2=image2)):
                found = keras.Model([image1, image2], call).predict([self._image1, self._image2], verbose=0)
                difference(self._outputs, found[self._output] if isinstance(found, dict) else found)
            expect(len(self._model.variables), len(layer.weights), "weights of a pair's layer")
        images = keras.Input(self._image1.shape[1:])
        layer = keras.layers.TFSMLayer(self.folder, call_endpoint="embed")
        model = keras.Model(images, layer(images))
        used = self._model.signatures["embed"].variables
        expect(len(used), len(model.weights), "weights")
        expect(sum(variable.trainable for variable in used), len(model.trainable_weights), "trainable weights")
        apart = difference(self._embeddings, model.predict(self._image1, verbose=0))
        return f"TFSMLayer of pairs by list, dictionary and name; of images, {apart}"

    def tensorflow_1_session(self):
        with tf.Graph().as_default(), tf.compat.v1.Session() as session:
            signature = tf.compat.v1.saved_model.load(session, ["serve"], self.folder).signature_def["serving_default"]
            feeds = {signature.inputs["image1"].name: self._image1, signature.inputs["image2"].name: self._image2}
            return difference(self._outputs, session.run(signature.outputs[self._output].name, feeds))

    def saved_model_cli(self):
        listing = self._saved_model_cli("show", "--all")
        for name in SIGNATURES:
            expect(True, f"signature_def['{name}']" in listing, f"{name} listed:")
        with tempfile.TemporaryDirectory() as scratch:
            inputs = []
            for name, images in (("image1", self._image1), ("image2", self._image2)):
                np.save(Path(scratch, f"{name}.npy"), images)
                inputs.append(f"{name}={scratch}/{name}.npy")
            self._saved_model_cli("run", "--tag_set", "serve", "--signature_def", "serving_default",
                                  "--inputs", ";".join(inputs), "--outdir", scratch)
            return f"show and run: {difference(self._outputs, np.load(Path(scratch, f'{self._output}.npy')))}"

    def tensorflow_lite(self):
        converter = tf.lite.TFLiteConverter.from_saved_model(self.folder, signature_keys=["embed"])
        with warnings.catch_warnings(action="ignore"):  # TensorFlow 2.21 says that the interpreter moves elsewhere
            embed = tf.lite.Interpreter(model_content=converter.convert()).get_signature_runner("embed")
        return f"embed: {difference(self._embeddings, embed(images=self._image1)['embedding'])}"

    def golden_pairs(self):
        if self.golden is None:
            return None
        image1, image2 = (self._scaled(np.reshape(self.golden[name], (-1, *self._image1.shape[1:])))
                          for name in ("image1", "image2"))
        if "shape" in self.golden:
            expect(list(self._image1.shape[1:]), self.golden["shape"], "shape")
        difference(self.golden["embedding1"], self._model.embed(image1))
        outputs = getattr(self._model, self._output)(image1, image2)[:, 0]
        return f"{len(image1)} pairs, {self._output} {difference(self.golden[self._output], outputs)}"

    @cached_property
    def _model(self):
        return tf.saved_model.load(self.folder)

    @cached_property
    def _output(self):
        """Distance or similarity, which is the name of the method, too."""
        (name,) = self._model.signatures["serving_default"].structured_outputs
        return name

    @cached_property
    def _images(self):
        """Two kinds of images, so that their distances differ; the first pair is of one image twice."""
        (images,) = self._model.signatures["embed"].structured_input_signature[1].values()
        generator = np.random.default_rng(0)
        image1, image2 = generator.integers(0, 256, (2, 16, *images.shape[1:]))
        for half in (image1[8:], image2[8:]):
            half[:, :, ::2] = 0
        image2[4:12] = generator.permutation(image2[4:12])
        image2[0] = image1[0]
        return self._scaled(image1), self._scaled(image2)

    @property
    def _image1(self):
        return self._images[0]

    @property
    def _image2(self):
        return self._images[1]

    @property
    def _pair(self):
        return {"image1": tf.constant(self._image1), "image2": tf.constant(self._image2)}

    def _scaled(self, pixels):
        scale, offset = SCALES[(self.golden or {}).get("values", "0..1")]
        return (pixels * scale + offset).astype(np.float32)

    def _compare(self, model, image2):
        return getattr(model, self._output)(self._image1, image2)

    @cached_property
    def _embeddings(self):
        return self._model.embed(self._image1).numpy()

    @cached_property
    def _outputs(self):
        return self._compare(self._model, self._image2).numpy()

    @cached_property
    def _fine_tuned(self):
        model = tf.saved_model.load(self.folder)
        losses = []
        if model.trainable_variables:
            optimizer = keras.optimizers.Adam(0.001)
            for _ in range(20):
                loss, gradients = self._loss_and_gradients(model, self._image2)
                optimizer.apply_gradients(zip(gradients, model.trainable_variables))
                losses.append(float(loss))
        return model, losses

    def _loss_and_gradients(self, model, image2):
        labels = np.random.default_rng(1).integers(0, 2, (16, 1)).astype(np.float32)
        with tf.GradientTape() as tape:
            outputs = self._compare(model, image2)
            if self._output == "distance":
                loss = contrastive_loss()(labels, outputs)
            else:
                loss = tf.reduce_mean(keras.losses.binary_crossentropy(labels, outputs))
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
