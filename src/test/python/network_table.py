"""What an entry of the table of networks says, and how one enters the table.

A siamese model has two inputs, image1 and image2, a side that turns an image into an embedding, called on each of them,
and a head that turns two embeddings into one number a pair.
"""

from collections.abc import Callable
from dataclasses import dataclass

from quiet_tensorflow import tf

import keras
from keras import layers, ops

import keras_reference

NETWORKS = {}


@dataclass(frozen=True)
class Network:
    """A network of the table: how its model is built, what it takes and what comes out."""

    name: str
    build: Callable[[], keras.Model]
    image_shape: tuple[int, int, int]
    values: str  # of the images: "0..1" or "0..255"
    output: str  # "distance", 0 = same, or "similarity", 1 = same
    margin: float  # of the contrastive loss, for distances
    tolerance: float  # of outputs, relative to the largest one
    offset: float  # of random weights, see randomize
    seed: int  # of random weights

    def images(self, pictures):
        """Pictures of bytes as the float32 images that the model takes."""
        return pictures.astype("float32") / (255 if self.values == "0..1" else 1)

    def loss(self):
        """What pairs are trained with, for model.compile too: the mean over the batch."""
        if self.output == "similarity":
            return keras.losses.BinaryCrossentropy()
        return keras_reference.contrastive_loss(self.margin)


def network(name, image_shape, values="0..1", output="distance", margin=1.0, tolerance=1e-5, offset=0.0, seed=1):
    """Puts the function that builds the model into the table."""

    def enter(build):
        NETWORKS[name] = Network(name, build, image_shape, values, output, margin, tolerance, offset, seed)
        return build

    return enter


def siamese(image_shape, side, head):
    """The model of two images, from what is called on each of them and what is called on both embeddings."""
    image1, image2 = (keras.Input(image_shape, name=name) for name in ("image1", "image2"))
    return keras.Model([image1, image2], head(side(image1), side(image2)))


def functional(image_shape, side):
    """A twin: one nested model instead of its layers."""
    images = keras.Input(image_shape, name="images")
    return keras.Model(images, side(images))


def euclidean(a, b):
    """As the tutorials write it."""
    return keras_reference.euclidean_distance((a, b))


def norm_of_difference(a, b):
    """The Euclidean distance whose gradient at 0 is not finite: only where the two embeddings of a pair differ."""
    return ops.norm(layers.Subtract()([a, b]), axis=-1, keepdims=True)


def squared_euclidean(a, b):
    return ops.sum(ops.square(a - b), axis=-1, keepdims=True)


def manhattan(a, b):
    return ops.sum(ops.abs(a - b), axis=-1, keepdims=True)


def probability_of_same(a, b):
    """Koch et al. 2015: a weighted absolute difference, as a similarity."""
    return layers.Dense(1, activation="sigmoid")(ops.abs(a - b))
