"""The reference: the siamese network of the Keras tutorial program, trained by Keras on MNIST.

Its figures are what the Java program is compared with, and its files are what the Java program must read.
"""

import time

STARTED = time.perf_counter()  # before the slow imports, which belong to the time a user waits

import argparse
import json
import resource
import sys
from pathlib import Path

from quiet_tensorflow import tf

import keras
import numpy as np
from keras import layers, ops

import mnist_pairs
import verification

IMAGE_SHAPE = (28, 28, 1)
EMBEDDING_SIZE = 128


def build_twin(dropout=0.4):
    """Images (n, 28, 28, 1) to embeddings (n, 128)."""
    images = keras.Input(IMAGE_SHAPE, name="images")
    x = images
    for filters in (128, 128, 64):
        x = layers.Conv2D(filters, 2, activation="relu")(x)
        x = layers.MaxPooling2D(2)(x)
        x = layers.Dropout(dropout)(x)
    x = layers.GlobalAveragePooling2D()(x)
    # Embeddings stay float32 under a mixed precision policy: distances are differences of near numbers.
    return keras.Model(images, layers.Dense(EMBEDDING_SIZE, dtype="float32")(x))


def euclidean_distance(embeddings):
    """The tutorial's distance: the epsilon keeps the square root's gradient finite, and no distance is below 3e-4."""
    a, b = embeddings
    return ops.sqrt(ops.maximum(ops.sum(ops.square(a - b), axis=1, keepdims=True), keras.config.epsilon()))


def build_siamese(twin, lambda_free=False):
    """Two images as the twin takes them to their distance (n, 1); a Lambda-free model loads in Keras's safe mode."""
    image1, image2 = (keras.Input(twin.input_shape[1:], name=name) for name in ("image1", "image2"))
    embeddings = [twin(image1), twin(image2)]
    if lambda_free:
        difference = layers.Subtract(dtype="float32")(embeddings)
        squared = ops.sum(ops.square(difference), axis=-1, keepdims=True)
        distance = ops.sqrt(ops.maximum(squared, 1e-30))
    else:
        distance = layers.Lambda(euclidean_distance, output_shape=(1,), dtype="float32")(embeddings)
    return keras.Model([image1, image2], distance)


def contrastive_loss(margin=1.0):
    """y/2 · d² + (1 − y)/2 · max(0, margin − d)², meant over the batch (Hadsell et al. 2006)."""

    def loss(label, distance):
        too_near = ops.maximum(margin - distance, 0)
        return ops.mean(label * ops.square(distance) + (1 - label) * ops.square(too_near)) / 2

    return loss


def accuracy(label, distance):
    """1 for every pair of which 1 − d > 0.5 says what the label says; Keras takes the mean over pairs, not batches."""
    return ops.cast(ops.equal(ops.cast(1 - distance > 0.5, label.dtype), label), "float32")


class Stopwatch(keras.callbacks.Callback):
    """Times training alone: a validation stands between the last step of an epoch and the epoch's end."""

    async_safe = True  # or else Keras waits for each batch's metrics

    def __init__(self, samples):
        super().__init__()
        self.samples = samples
        self.seconds_to_first_step = None
        self.epochs = []

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch_began = time.perf_counter()
        self.trained_until = None

    def on_train_batch_end(self, batch, logs=None):
        if self.seconds_to_first_step is None:
            self.seconds_to_first_step = time.perf_counter() - STARTED

    def on_test_begin(self, logs=None):
        self.trained_until = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        ended = time.perf_counter()
        self.epochs.append({
            "seconds": ended - self.epoch_began,
            "samples_per_second": self.samples / ((self.trained_until or ended) - self.epoch_began),
        })


def train(model, parts, pairs, epochs=5, batch_size=64, loss=contrastive_loss(), accuracy=accuracy):
    """Compiles and fits the model; returns the history, one dictionary an epoch, and the stopwatch."""
    inputs, labels = mnist_pairs.pair_arrays(parts["train"], pairs["train"])
    stopwatch = Stopwatch(len(labels))
    model.compile(loss=loss, optimizer=keras.optimizers.Adam(0.001), metrics=[accuracy])
    fitted = model.fit(inputs, labels, batch_size=batch_size, epochs=epochs, callbacks=[stopwatch],
                       validation_data=mnist_pairs.pair_arrays(parts["validation"], pairs["validation"]),
                       verbose=1 if sys.stdout.isatty() else 2)
    history = [{"epoch": epoch + 1, **{name: values[epoch] for name, values in fitted.history.items()},
                **stopwatch.epochs[epoch]} for epoch in range(epochs)]
    return history, stopwatch


def save(model, twin, folder):
    """Writes the model in every form in which a Keras user may hand it on."""
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder / "model.keras")
    model.save_weights(folder / "model.weights.h5")
    model.export(folder / "savedmodel-export", verbose=False)
    tf.saved_model.save(model, str(folder / "savedmodel-tf"))
    twin.save(folder / "twin.keras")
    twin.save_weights(folder / "twin.weights.h5")
    twin.export(folder / "twin-export", verbose=False)


def add_machine_options(parser):
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="float32")
    parser.add_argument("--threads", type=int, metavar="N", help="threads in an operation, and operations at a time")


def apply_machine_options(arguments):
    """To be called before anything is built."""
    if arguments.threads:
        tf.config.threading.set_intra_op_parallelism_threads(arguments.threads)
        tf.config.threading.set_inter_op_parallelism_threads(arguments.threads)
    if arguments.precision == "bfloat16":
        keras.config.set_dtype_policy("mixed_bfloat16")


def add_training_options(parser):
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write settings, timings and figures here")


def measured(history, stopwatch):
    """What a training took."""
    return {
        "versions": {"tensorflow": tf.__version__, "keras": keras.__version__, "numpy": np.__version__},
        "history": history,
        "seconds_to_first_step": stopwatch.seconds_to_first_step,
        "peak_memory_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def write_json(file, values):
    file.write_text(json.dumps(values, indent=2) + "\n")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    mnist_pairs.add_data_option(parser)
    parser.add_argument("--pairs", metavar="DIR", help="train.npy, validation.npy and test.npy instead of drawn pairs")
    parser.add_argument("--seed", type=int, default=0)
    add_training_options(parser)
    parser.add_argument("--limit", type=int, metavar="N", help="keep the first N training images, N/5 of the others")
    add_machine_options(parser)
    parser.add_argument("--lambda-free", action="store_true", help="build the distance without a Lambda layer")
    parser.add_argument("--out", type=Path, metavar="DIR", help="save the pairs and the models here")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    apply_machine_options(arguments)
    keras.utils.set_random_seed(arguments.seed)

    parts = mnist_pairs.load_parts(arguments.data_dir, arguments.limit)
    if arguments.pairs:
        pairs = mnist_pairs.load_all_pairs(arguments.pairs, parts)
    else:
        pairs = mnist_pairs.make_all_pairs(parts, arguments.seed)
    print(", ".join(f"{name}: {len(part.labels)} images" for name, part in parts.items()))

    twin = build_twin()
    model = build_siamese(twin, arguments.lambda_free)
    model.summary()
    history, stopwatch = train(model, parts, pairs, arguments.epochs, arguments.batch_size)
    inputs, labels = mnist_pairs.pair_arrays(parts["test"], pairs["test"])
    test = verification.metrics(model.predict(inputs, verbose=0), labels)
    print("test:", json.dumps(test))

    if arguments.out:
        mnist_pairs.save_all_pairs(arguments.out / "pairs", pairs)
        save(model, twin, arguments.out)
    if arguments.json:
        settings = {name: value for name, value in vars(arguments).items() if name not in ("out", "json")}
        write_json(arguments.json, {"settings": settings, **measured(history, stopwatch), "test": test})


if __name__ == "__main__":
    main()
