"""The table of networks that every parity test runs over, NETWORKS: networks that people use.

Those that are made to hold every setting of some kind of layer are in layer_networks.
"""

from quiet_tensorflow import tf

import keras
from keras import layers

import keras_reference
import layer_networks  # enters its networks into the table
from network_table import (NETWORKS, euclidean, functional, network, norm_of_difference, probability_of_same, siamese,
                           squared_euclidean)

SMALL, COLOUR = (28, 28, 1), (32, 32, 3)


@network("reference", keras_reference.IMAGE_SHAPE, margin=9.0)
def reference():
    """The reference program's network, its distance without a Lambda."""
    return keras_reference.build_siamese(keras_reference.build_twin(), lambda_free=True)


@network("keras-io", SMALL)
def keras_io():
    """The network of Keras's own example of a siamese network with the contrastive loss."""

    def side(x):
        x = layers.BatchNormalization()(x)
        x = layers.Conv2D(4, (5, 5), activation="tanh")(x)
        x = layers.AveragePooling2D(pool_size=(2, 2))(x)
        x = layers.Conv2D(16, (5, 5), activation="tanh")(x)
        x = layers.AveragePooling2D(pool_size=(2, 2))(x)
        x = layers.BatchNormalization()(layers.Flatten()(x))
        return layers.Dense(10, activation="tanh")(x)

    def head(a, b):
        return layers.Dense(1, activation="sigmoid")(layers.BatchNormalization()(euclidean(a, b)))

    return siamese(SMALL, functional(SMALL, side), head)


@network("koch", (105, 105, 1), output="similarity", seed=6)
def koch():
    """Koch et al. 2015, Siamese neural networks for one-shot image recognition."""

    def side(x):
        for filters, size in ((64, 10), (128, 7), (128, 4)):
            x = layers.MaxPooling2D()(layers.Conv2D(filters, size, activation="relu")(x))
        x = layers.Flatten()(layers.Conv2D(256, 4, activation="relu")(x))
        return layers.Dense(4096, activation="sigmoid")(x)

    return siamese((105, 105, 1), functional((105, 105, 1), side), probability_of_same)


@network("small-mobilenet", COLOUR, margin=2.0, seed=5)
def small_mobilenet():
    """Depthwise and separable convolutions, ReLU6, strides, same padding, an inverted residual."""

    def normalized(x, relu6=True):
        x = layers.BatchNormalization()(x)
        return layers.ReLU(6.0)(x) if relu6 else x

    def side(x):
        x = normalized(layers.Conv2D(16, 3, strides=2, padding="same", use_bias=False)(x))
        x = normalized(layers.DepthwiseConv2D(3, padding="same", use_bias=False)(x))
        x = normalized(layers.Conv2D(24, 1, use_bias=False)(x), relu6=False)
        expanded = normalized(layers.Conv2D(72, 1, use_bias=False)(x))
        expanded = normalized(layers.DepthwiseConv2D(3, padding="same", use_bias=False)(expanded))
        x = layers.Add()([x, normalized(layers.Conv2D(24, 1, use_bias=False)(expanded), relu6=False)])
        x = layers.DepthwiseConv2D(3, strides=2, padding="same", activation="relu6")(x)
        x = layers.SeparableConv2D(48, 3, padding="same", depth_multiplier=2, activation="relu6")(x)
        x = layers.SeparableConv2D(32, 3, strides=2, use_bias=False)(x)
        return layers.Dense(32)(layers.GlobalAveragePooling2D()(normalized(x)))

    return siamese(COLOUR, functional(COLOUR, side), euclidean)


@network("residual", SMALL)
def residual():
    """Residual blocks with BatchNormalization, one with strides and a projection; the norm as distance."""

    def convolution(x, filters, size, strides=1):
        x = layers.Conv2D(filters, size, strides=strides, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    def block(x, filters, strides):
        y = layers.Activation("relu")(convolution(x, filters, 3, strides))
        y = convolution(y, filters, 3)
        shortcut = x if strides == 1 else convolution(x, filters, 1, strides)
        return layers.Activation("relu")(layers.Add()([shortcut, y]))

    def side(x):
        x = layers.Activation("relu")(convolution(x, 16, 3, 2))
        x = block(block(x, 16, 1), 32, 2)
        return layers.Dense(32)(layers.GlobalAveragePooling2D()(x))

    return siamese(SMALL, functional(SMALL, side), norm_of_difference)


@network("dense-block", SMALL, margin=0.15)
def dense_block():
    """Each convolution sees all that came before it; the squared distance."""

    def side(x):
        x = layers.Conv2D(12, 3, strides=2, padding="same", use_bias=False)(x)
        for _ in range(3):
            y = layers.ReLU()(layers.BatchNormalization()(x))
            x = layers.Concatenate()([x, layers.Conv2D(8, 3, padding="same")(y)])
        x = layers.AveragePooling2D(2)(layers.Conv2D(16, 1)(layers.ReLU()(layers.BatchNormalization()(x))))
        return layers.Dense(24)(layers.GlobalAveragePooling2D()(x))

    return siamese(SMALL, functional(SMALL, side), squared_euclidean)


@network("cosine", SMALL)
def cosine():
    """Unit embeddings and the cosine distance, which rounding may take just below 0."""

    def side(x):
        x = layers.MaxPooling2D()(layers.Conv2D(16, 3, activation="relu")(x))
        x = layers.MaxPooling2D()(layers.Conv2D(24, 3, activation="relu")(x))
        return layers.UnitNormalization()(layers.Dense(32)(layers.Flatten()(x)))

    return siamese(SMALL, functional(SMALL, side), lambda a, b: 1 - layers.Dot(axes=-1, normalize=True)([a, b]))


@network("rgb64", (64, 64, 3), margin=2.0, seed=2)
def rgb64():
    """A Sequential twin of 3×3 convolutions on colour pictures, same and valid, one dilated, one grouped."""
    twin = keras.Sequential([
        keras.Input((64, 64, 3)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(24, 3, activation="relu"),
        layers.Conv2D(24, 3, dilation_rate=2, activation="relu"),
        layers.MaxPooling2D(3, strides=2, padding="same"),
        layers.Conv2D(32, 3, groups=4, padding="same", activation="relu"),
        layers.Dropout(0.25),
        layers.Conv2D(32, 3, activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(64),
    ])
    return siamese((64, 64, 3), twin, euclidean)


@network("rescaling-flip", COLOUR, values="0..255", margin=4.0)
def rescaling_flip():
    """Takes bytes as they are, and augments while training."""

    def side(x):
        x = layers.Rescaling(1 / 255)(x)
        x = layers.RandomRotation(0.1)(layers.RandomFlip("horizontal")(x))
        x = layers.MaxPooling2D()(layers.Conv2D(16, 3, activation="relu")(x))
        x = layers.Dropout(0.3)(layers.Conv2D(24, 3, strides=2, activation="relu")(x))
        return layers.Dense(32)(layers.Flatten()(x))

    return siamese(COLOUR, functional(COLOUR, side), euclidean)


@network("nested-sequential", SMALL)
def nested_sequential():
    """A Sequential model in a Functional one in the siamese model, and a frozen layer."""
    features = keras.Sequential([
        layers.Conv2D(8, 3, activation="relu", trainable=False, name="frozen"),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu"),
        layers.Dropout(0.2),
    ], name="features")

    def side(x):
        return layers.Dense(24, name="embedding")(layers.GlobalAveragePooling2D()(features(x)))

    return siamese(SMALL, functional(SMALL, side), euclidean)


@network("shared-flat", SMALL, margin=4.0)
def shared_flat():
    """Layers shared one by one without a nested model, and one pooling and one dropout object in several places."""
    first, second = (layers.Conv2D(filters, 3, activation="relu") for filters in (8, 16))
    pooling, dropout, dense = layers.MaxPooling2D(), layers.Dropout(0.3), layers.Dense(24)

    def side(x):
        x = dropout(pooling(first(x)))
        x = dropout(pooling(second(x)))
        return dense(layers.Flatten()(x))

    return siamese(SMALL, side, euclidean)


def enter_application(name, build, **settings):
    image_shape = (96, 96, 3)

    @network(name, image_shape, tolerance=1e-4, **settings)
    def application():
        """A network of keras.applications without its classifier."""
        twin = build(weights=None, include_top=False, pooling="avg", input_shape=image_shape)
        return siamese(image_shape, twin, euclidean)


enter_application("mobilenetv2", keras.applications.MobileNetV2, margin=2.0, offset=3.0)
enter_application("efficientnetb0", keras.applications.EfficientNetB0, margin=2.0, values="0..255")
enter_application("resnet50", keras.applications.ResNet50, margin=14.0, offset=3.0)
