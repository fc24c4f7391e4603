"""The Keras side of scripts/bench --losses speed: trains the reference's network on whole batches of MNIST's images, by
semi-hard triplets of their classes, or, without labels, by two views of each picture.
"""

import argparse
import math

import keras_reference  # first, as it quietens TensorFlow
import keras
from keras import layers, ops
from quiet_tensorflow import tf

import mnist_pairs

MARGIN = 0.2
TEMPERATURE = 0.2
VIEWS = 2
PROJECTION = (128, 64)
FARTHEST = 1e9  # what an image's similarity to itself is lessened by


def semi_hard_triplets(labels, embeddings):
    """max(0, d₊ − d₋ + margin), meant over the triplets with 0 < d₋ − d₊ ≤ margin (Schroff et al. 2015)."""
    squared = 2 - 2 * ops.matmul(embeddings, ops.transpose(embeddings))
    distances = ops.sqrt(ops.maximum(squared, keras.config.epsilon()))
    alike = ops.equal(labels, ops.transpose(labels))
    positive = ops.logical_and(alike, ops.logical_not(ops.eye(ops.shape(labels)[0], dtype="bool")))
    farther = distances[:, None, :] - distances[:, :, None]  # (anchor, positive, negative)
    taken = ops.logical_and(ops.logical_and(positive[:, :, None], ops.logical_not(alike)[:, None, :]),
                            ops.logical_and(farther > 0, farther <= MARGIN))
    costs = ops.where(taken, MARGIN - farther, 0)
    return ops.sum(costs) / ops.maximum(ops.sum(ops.cast(costs > 0, "float32")), 1)


def nt_xent(_, embeddings):
    """The cross-entropy of finding an image's other view among all others (Chen et al. 2020), where the second views
    follow all first ones."""
    images = ops.shape(embeddings)[0]
    similarities = ops.matmul(embeddings, ops.transpose(embeddings)) / TEMPERATURE - FARTHEST * ops.eye(images)
    others = ops.roll(ops.arange(images), images // VIEWS)
    return ops.mean(keras.losses.sparse_categorical_crossentropy(others, similarities, from_logits=True))


LOSSES = {"triplet": semi_hard_triplets, "nt-xent": nt_xent}


def build_model(loss):
    """Images to embeddings of length 1, by way of a projection head where views are learned from."""
    head = [layers.Dense(PROJECTION[0], activation="relu"), layers.Dense(PROJECTION[1])] if loss == "nt-xent" else []
    return keras.Sequential([keras_reference.build_twin(), *head, layers.UnitNormalization(dtype="float32")])


def random_changes():
    """Changes batches of images as Keras's layers can do what our preset for digits does, without strokes' widths."""
    return keras.Sequential([
        layers.RandomRotation(0.35 / (2 * math.pi), fill_mode="constant"),
        layers.RandomZoom((-0.2, 0.25), fill_mode="constant"),
        layers.RandomShear(x_factor=0.3, fill_mode="constant"),
        layers.RandomTranslation(3 / 28, 3 / 28, fill_mode="constant"),
    ])


def batches(part, loss, batch_size):
    """Images and labels in batches, from the cores that wait."""
    samples = tf.data.Dataset.from_tensor_slices((part.images[..., None], part.labels[:, None]))
    samples = samples.shuffle(len(part.labels))
    if loss == "nt-xent":
        change = random_changes()
        samples = samples.batch(batch_size // VIEWS).map(
            lambda images, labels: (change(tf.tile(as_floats(images), [VIEWS, 1, 1, 1]), training=True),
                                    tf.tile(labels, [VIEWS, 1])),
            num_parallel_calls=tf.data.AUTOTUNE)
    else:
        samples = samples.batch(batch_size).map(lambda images, labels: (as_floats(images), labels),
                                                num_parallel_calls=tf.data.AUTOTUNE)
    return samples.prefetch(tf.data.AUTOTUNE)


def as_floats(images):
    return tf.cast(images, tf.float32) / 255


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    mnist_pairs.add_data_option(parser)
    parser.add_argument("--loss", choices=LOSSES, required=True)
    parser.add_argument("--limit", type=int, metavar="N", help="keep the first N training images")
    keras_reference.add_training_options(parser)
    keras_reference.add_machine_options(parser)
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    keras_reference.apply_machine_options(arguments)
    keras.utils.set_random_seed(0)
    part = mnist_pairs.load_parts(arguments.data_dir, arguments.limit)["train"]
    images = len(part.labels) * (VIEWS if arguments.loss == "nt-xent" else 1)
    model = build_model(arguments.loss)
    model.compile(loss=LOSSES[arguments.loss], optimizer=keras.optimizers.Adam(0.001))
    stopwatch = keras_reference.Stopwatch(images)
    fitted = model.fit(batches(part, arguments.loss, arguments.batch_size), epochs=arguments.epochs,
                       callbacks=[stopwatch], shuffle=False, verbose=2)
    history = [{"loss": loss, **epoch} for loss, epoch in zip(fitted.history["loss"], stopwatch.epochs)]
    keras_reference.write_json(arguments.json, keras_reference.measured(history, stopwatch))


if __name__ == "__main__":
    main()
