"""Siamese networks in Keras 2, and in the newest Keras those that differ in its HDF5 files."""

from quiet_tensorflow import tf

import keras
import numpy as np
import tf_keras
from keras import ops
from tf_keras import layers
from tf_keras import backend as K

SIZE = (12, 12, 3)


def euclidean(a, b):
    """As the tutorials write it."""
    return K.sqrt(K.maximum(K.sum(K.square(a - b), axis=1, keepdims=True), K.epsilon()))


def siamese(twin, head=euclidean, **names):
    image1, image2 = tf_keras.Input(SIZE, name="image1"), tf_keras.Input(SIZE, name="image2")
    return tf_keras.Model([image1, image2], head(twin(image1), twin(image2)), **names)


def functional(*chain, name="twin", size=SIZE):
    tensor = images = tf_keras.Input(size, name="images")
    for layer in chain:
        tensor = layer(tensor)
    return tf_keras.Model(images, tensor, name=name)


def reference():
    return siamese(functional(
        layers.Conv2D(4, 2, activation="relu"), layers.MaxPooling2D(2), layers.Dropout(0.4),
        layers.Conv2D(3, 2, activation="relu"), layers.MaxPooling2D(2), layers.Dropout(0.3),
        layers.GlobalAveragePooling2D(), layers.Dense(5)), name="siamese")


def keras_io():
    """A Lambda, and weights and statistics in the head."""
    twin = functional(layers.BatchNormalization(), layers.Conv2D(4, 5, activation="tanh"), layers.AveragePooling2D(2),
                      layers.Flatten(), layers.BatchNormalization(), layers.Dense(4, activation="tanh"))

    def head(a, b):
        merged = layers.Lambda(lambda pair: euclidean(*pair))([a, b])
        return layers.Dense(1, activation="sigmoid")(layers.BatchNormalization()(merged))
    return siamese(twin, head)


def koch():
    twin = tf_keras.Sequential([tf_keras.Input(SIZE), layers.Conv2D(3, 3, activation="relu"), layers.MaxPooling2D(),
                                layers.Flatten(), layers.Dense(4, activation="sigmoid")], name="twin")
    return siamese(twin, lambda a, b: layers.Dense(1, activation="sigmoid")(tf.abs(a - b)))


def shared_layers():
    a, b = tf_keras.Input(SIZE, name="a"), tf_keras.Input(SIZE, name="b")
    convolution, normalization, pool, dense = (
        layers.Conv2D(4, 3), layers.BatchNormalization(), layers.MaxPooling2D(), layers.Dense(5))

    def embed(x):
        x = pool(layers.ReLU()(normalization(convolution(x))))
        return dense(layers.Flatten()(pool(x)))
    return tf_keras.Model([a, b], layers.Dot(axes=-1, normalize=True)([embed(a), embed(b)]))


def three_levels():
    inner = functional(layers.Conv2D(3, 2), layers.BatchNormalization(), name="inner")
    middle = tf_keras.Sequential([tf_keras.Input(SIZE), inner, layers.Flatten()], name="middle")
    twin = functional(middle, layers.Dense(3))
    # The output is a nested model's.
    a, b = tf_keras.Input(SIZE), tf_keras.Input(SIZE)
    last = functional(layers.Dense(1), name="last", size=(3,))
    last(tf_keras.Input((3,)))  # a call that is not in the model
    return tf_keras.Model([a, b], last(layers.Subtract()([twin(a), twin(b)])))


def frozen():
    """Arrays of one shape, of which HDF5 files have the trained ones first."""
    base = functional(layers.Conv2D(3, 2), layers.BatchNormalization(), layers.Conv2D(3, 2), layers.Conv2D(3, 2),
                      layers.BatchNormalization(), layers.Flatten(), name="base")
    base.layers[2].trainable = False
    base.layers[4].trainable = False
    return siamese(functional(base, layers.Dense(6, trainable=False), layers.BatchNormalization(), layers.Dense(6),
                              layers.BatchNormalization(trainable=False)))


def many_layers():
    adapted = layers.Normalization(axis=-1)
    adapted.adapt(np.random.default_rng(3).normal(3, 2, (20, *SIZE)).astype("float32"))
    return siamese(functional(
        layers.Rescaling(2.0, offset=-1), layers.RandomFlip("horizontal"), layers.RandomRotation(0.1),
        layers.RandomZoom(0.2), layers.RandomContrast(0.1), layers.GaussianNoise(0.05), adapted,
        layers.ZeroPadding2D(((1, 2), (0, 3))), layers.Conv2D(4, (2, 3), dilation_rate=(1, 2), kernel_regularizer="l2"),
        layers.Cropping2D(((1, 0), (2, 1))), layers.LeakyReLU(0.2), layers.SpatialDropout2D(0.2),
        layers.DepthwiseConv2D(3, depth_multiplier=2, padding="same", activation="relu6"),
        layers.SeparableConv2D(6, 3, padding="same", use_bias=False), layers.PReLU(shared_axes=[1, 2]),
        layers.GroupNormalization(3), layers.LayerNormalization(axis=[1, 2, 3]), layers.ReLU(6.0, 0.1, 0.2),
        layers.Dense(4, activation=layers.LeakyReLU(0.1)), layers.Dense(4, activation="swish"),
        layers.Dense(4, activation="leaky_relu"), layers.Dense(4, activation="gelu"), layers.ELU(0.5),
        layers.MaxPooling2D(3, strides=2, padding="same"), layers.GlobalMaxPooling2D(keepdims=True), layers.Reshape((2, -1)),
        layers.Permute((2, 1)), layers.Softmax(), layers.Flatten(), layers.Activation("mish"), layers.UnitNormalization()),
        lambda a, b: layers.Dense(1)(layers.Concatenate()([a, b])))


def residual():
    images = tf_keras.Input(SIZE, name="images")
    late = layers.Conv2D(4, 1, name="late")
    x = layers.Conv2D(4, 3, padding="same", name="early")(images)
    y = layers.Conv2D(4, 3, padding="same", name="middle")(layers.BatchNormalization()(x))
    y = layers.Add()([late(x), y, x])
    y = layers.Concatenate()([y, layers.Conv2D(2, 1, name="beside")(images)])
    gate = layers.Dense(6, activation="sigmoid")(layers.GlobalAveragePooling2D(keepdims=True)(y))
    y = layers.Multiply()([y, gate])
    y = layers.Average()([layers.Maximum()([y, gate]), layers.Minimum()([y, gate])])
    return siamese(tf_keras.Model(images, layers.Dense(3)(layers.Flatten()(y)), name="twin"),
                   lambda a, b: tf.norm(a - b, axis=-1, keepdims=True))


def functions():
    """Every function of TensorFlow that Java knows."""
    twin = functional(layers.Flatten(), layers.Dense(6))

    def head(a, b):
        x = tf.square(a - b) + 1e-3
        x = tf.sqrt(tf.maximum(x, 1e-6)) * 0.5 + tf.abs(a) / (tf.exp(b) + 2) + tf.minimum(a, b) ** 2
        x = tf.clip_by_value(x, 0.0, 10.0) - tf.math.log(tf.negative(-tf.abs(b)) + 1)
        x = tf.squeeze(tf.expand_dims(x, axis=1), axis=1)
        x = x + tf.reduce_mean(x, axis=-1, keepdims=True) - tf.reduce_max(x, axis=[1], keepdims=True)
        x = tf.tanh(tf.math.log1p(tf.abs(x))) + tf.sigmoid(x) + tf.math.expm1(-tf.abs(x)) + tf.math.rsqrt(tf.abs(x) + 1)
        x = x + tf.sign(x) + tf.sin(x) + tf.cos(x) + tf.acos(tf.tanh(x)) + tf.math.erf(x) + tf.math.reciprocal(tf.exp(x))
        x = x + tf.nn.relu(x) + tf.nn.relu6(x) + tf.nn.softplus(x) + tf.nn.softsign(x) + tf.nn.selu(x)
        x = tf.concat([x, tf.nn.l2_normalize(a, axis=-1)], axis=-1) + tf.cast(1.0, "float32")
        x = x + tf.reduce_min(x, axis=-1, keepdims=True) + tf.reduce_prod(tf.tanh(a), axis=-1, keepdims=True)
        x = x + tf.math.reduce_euclidean_norm(a, axis=-1, keepdims=True) + tf.math.divide(tf.math.add(x, 2.0), 3.0)
        return tf.expand_dims(1 - tf.reduce_sum(x, axis=1), -1)
    return siamese(twin, head)


def twin_alone():
    return tf_keras.Sequential([layers.Conv2D(4, 3, input_shape=SIZE), layers.Flatten(), layers.Dense(3)])


def newer():
    """Of Keras 3: layers and operations of one name in files that do not tell them apart."""
    images = keras.Input(SIZE, name="images")
    x = keras.layers.Conv2D(3, 2)(images)
    y = keras.layers.BatchNormalization()(x)
    x = keras.layers.Conv2D(3, 2, trainable=False)(keras.layers.Maximum()([ops.multiply(x, y), keras.layers.Subtract()([x, y])]))
    twin = keras.Model(images, keras.layers.Dense(4)(keras.layers.Flatten()(keras.layers.BatchNormalization()(x))), name="twin")
    a, b = keras.Input(SIZE, name="image1"), keras.Input(SIZE, name="image2")
    return keras.Model([a, b], keras.layers.Dense(1, activation="sigmoid")(ops.absolute(twin(a) - twin(b))))


def newest():
    """What Keras 2 has not."""
    twin = keras.Sequential([keras.Input(SIZE), keras.layers.Conv2D(4, 3, activation="hard_sigmoid"), keras.layers.Flatten(),
                             keras.layers.LayerNormalization(rms_scaling=True), keras.layers.Dense(3)])
    a, b = keras.Input(SIZE, name="image1"), keras.Input(SIZE, name="image2")
    return keras.Model([a, b], ops.norm(twin(a) - twin(b), axis=-1, keepdims=True))


def newer_sequential():
    return keras.Sequential([keras.Input(SIZE), keras.layers.Conv2D(4, 3), keras.layers.Flatten(), keras.layers.Dense(3)])


MODELS = {make.__name__: make for make in (reference, keras_io, koch, shared_layers, three_levels, frozen, many_layers,
                                           residual, functions, twin_alone)}
NEWER = {make.__name__: make for make in (newer, newest, newer_sequential)}
