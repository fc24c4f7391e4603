"""Networks of the table that are made to hold every setting of some kind of layer or operation."""

from quiet_tensorflow import tf

import keras
from keras import layers, ops, regularizers

import pictures
from network_table import euclidean, functional, manhattan, network, probability_of_same, siamese

IMAGE_SHAPE = (28, 28, 1)
NOT_BY_NAME_ALONE = {"glu", "threshold"}  # the one halves its axis, the other has settings without a default


def activation_names():
    """Every identifier that Keras takes for an activation."""
    return sorted(set(keras.src.activations.ALL_OBJECTS_DICT) - NOT_BY_NAME_ALONE)


@network("activations", IMAGE_SHAPE, margin=1.5)
def activations():
    """Every activation function, as a layer or as a layer's setting, and every activation layer."""

    def side(x):
        x = layers.Conv2D(8, 3, strides=2, activation=layers.LeakyReLU(0.2))(x)
        x = layers.MaxPooling2D()(x)
        branches = []
        for index, name in enumerate(activation_names()):
            if index % 2:
                branch = layers.Conv2D(4, 2, strides=2, activation=name)(x)
            else:
                branch = layers.Activation(name)(layers.Conv2D(4, 2, strides=2)(x))
            branches.append(branch)
        for layer in (layers.ReLU(max_value=6, negative_slope=0.1, threshold=0.5), layers.ReLU(), layers.LeakyReLU(),
                      layers.PReLU(shared_axes=[1, 2]), layers.PReLU(), layers.ELU(alpha=0.7), layers.Softmax(),
                      layers.Softmax(axis=1), layers.Softmax(axis=[1, 2]), layers.ELU(0.5)):
            branches.append(layer(layers.Conv2D(4, 2, strides=2, use_bias=False)(x)))
        x = layers.Flatten()(layers.Concatenate()(branches))
        return layers.Dense(16, activation="softsign")(layers.Dense(32, activation="gelu")(x))

    return siamese(IMAGE_SHAPE, functional(IMAGE_SHAPE, side), euclidean)


@network("normalizations", IMAGE_SHAPE, margin=4.5)
def normalizations():
    """Every normalization with its settings."""
    adapted = layers.Normalization()
    adapted.adapt(pictures.draw(*IMAGE_SHAPE).astype("float32") / 255)

    def side(x):
        x = adapted(x)
        x = layers.Rescaling(0.5, offset=0.1)(x)
        x = layers.Normalization(mean=0.2, variance=0.7)(x)
        x = layers.Conv2D(12, 3, strides=2, use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9, epsilon=1e-2)(x)
        x = layers.Activation("tanh")(x)
        branches = []
        for normalization in (layers.BatchNormalization(scale=False), layers.BatchNormalization(center=False),
                              layers.BatchNormalization(axis=1), layers.LayerNormalization(),
                              layers.LayerNormalization(axis=[1, 2, 3], epsilon=1e-2),
                              layers.LayerNormalization(scale=False), layers.LayerNormalization(center=False),
                              layers.GroupNormalization(groups=4), layers.GroupNormalization(groups=-1, epsilon=1e-2),
                              layers.GroupNormalization(groups=1, scale=False),
                              layers.GroupNormalization(groups=2, center=False), layers.UnitNormalization(),
                              layers.UnitNormalization(axis=[1, 2]), layers.Normalization(axis=[1, -1]),
                              layers.Normalization(axis=None), layers.Normalization(invert=True),
                              layers.Rescaling([0.5, 0.6, 0.8, 1.0, 1.2, 1.3, 1.5, 2.0])):
            y = normalization(layers.Conv2D(8, 3, strides=2, use_bias=False)(x))
            branches.append(layers.AveragePooling2D(2)(layers.Activation("tanh")(y)))
        x = layers.BatchNormalization()(layers.Flatten()(layers.Concatenate()(branches)))
        return layers.LayerNormalization()(layers.Dense(24)(x))

    return siamese(IMAGE_SHAPE, functional(IMAGE_SHAPE, side), euclidean)


@network("operations", IMAGE_SHAPE, margin=6.0)
def operations():
    """A head of Keras's operations, with constants on either side; its divisors, roots and logarithms stay positive."""

    def side(x):
        x = layers.MaxPooling2D()(layers.Conv2D(8, 3, strides=2, activation="tanh")(x))
        return layers.Dense(12, activation="tanh")(layers.Flatten()(x))

    def head(a, b):
        gap = ops.abs(ops.subtract(a, b))
        terms = [
            ops.divide(ops.add(gap, 1), ops.add(2, ops.maximum(a, b))),
            ops.multiply(ops.power(ops.add(gap, 0.5), 1.5), ops.power(2.0, ops.minimum(a, b))),
            ops.log(ops.exp(gap * -1.0) + 1.0),
            ops.sqrt(ops.square(gap) + 0.01),
            ops.square(ops.clip(a * b, -0.2, 0.3)),
            ops.maximum(gap, 0.2) - ops.minimum(0.1, gap),
            (1.0 - ops.sign(gap - 0.15)) / 4.0,
            ops.sigmoid(-gap) * (0.5 / (gap + 1.0)),
            abs(a + b) ** 2,
        ]
        row = ops.squeeze(ops.expand_dims(sum(terms[1:], start=terms[0]), axis=1), axis=1)
        column = ops.expand_dims(ops.mean(row, axis=1), axis=-1)
        column = ops.add(column, ops.norm(gap + 0.1, axis=-1, keepdims=True))
        column = ops.add(column, ops.max(gap, axis=-1, keepdims=True) - ops.min(row, axis=-1, keepdims=True) / 3)
        return column + ops.multiply(0.1, ops.sum(gap, axis=-1, keepdims=True))

    return siamese(IMAGE_SHAPE, functional(IMAGE_SHAPE, side), head)


@network("regularized", IMAGE_SHAPE, margin=5.5)
def regularized():
    """Weight decay of each kind on kernels, biases and scales; the Manhattan distance."""

    def side(x):
        x = layers.Conv2D(8, 3, activation="relu", kernel_regularizer="l2",
                          bias_regularizer=regularizers.L1(0.002))(x)
        x = layers.MaxPooling2D()(x)
        x = layers.SeparableConv2D(12, 3, depthwise_regularizer=regularizers.L2(0.003),
                                   pointwise_regularizer=regularizers.L1L2(0.001, 0.002), use_bias=False)(x)
        x = layers.BatchNormalization(gamma_regularizer=regularizers.L2(0.01),
                                      beta_regularizer=regularizers.L1(0.01))(x)
        x = layers.DepthwiseConv2D(3, strides=2, depthwise_regularizer="l1", activation="relu")(x)
        return layers.Dense(16, kernel_regularizer=regularizers.L1L2(0.001, 0.01), bias_regularizer="l2")(
            layers.Flatten()(x))

    return siamese(IMAGE_SHAPE, functional(IMAGE_SHAPE, side), manhattan)


@network("padding-cropping", IMAGE_SHAPE, output="similarity")
def padding_cropping():
    """What moves, cuts, joins and disturbs tensors; a similarity."""

    def side(x):
        x = layers.Cropping2D(((1, 2), (3, 0)))(layers.ZeroPadding2D(((1, 2), (0, 3)))(x))
        x = layers.GaussianNoise(0.1)(x)
        x = layers.Conv2D(6, (3, 2), strides=(1, 2), padding="same", activation="relu")(x)
        x = layers.DepthwiseConv2D(3, depth_multiplier=2, activation="relu")(x)
        x = layers.SpatialDropout2D(0.2)(layers.Identity()(x))
        x = layers.AveragePooling2D(3, strides=2, padding="same")(layers.ZeroPadding2D(1)(x))
        x = layers.Reshape((7, -1, 12))(layers.Cropping2D(1)(layers.ZeroPadding2D((2, 1))(x)))
        y = layers.Conv2D(12, 3, padding="same", activation="tanh")(x)
        z = layers.Conv2D(12, 1, activation="tanh")(x)
        merged = [layers.Average()([x, y, z]), layers.Maximum()([y, z]), layers.Minimum()([x, y, z]),
                  layers.Multiply()([y, z]), layers.Subtract()([x, z]), layers.Add()([x, y, z])]
        x = layers.Permute((2, 1, 3))(layers.Concatenate(axis=1)(merged))
        ends = [layers.GlobalMaxPooling2D()(x), layers.Flatten()(layers.GlobalAveragePooling2D(keepdims=True)(x))]
        return layers.Dense(24, activation="tanh", use_bias=False)(layers.Concatenate()(ends))

    return siamese(IMAGE_SHAPE, functional(IMAGE_SHAPE, side), probability_of_same)
