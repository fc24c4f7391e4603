"""Siamese networks of all kinds of layers, as tests of Keras's files save them."""

import keras
import numpy as np
from keras import layers, ops

SIZE = (12, 12, 3)
generator = np.random.default_rng(5)


def distance(a, b):
    return ops.norm(layers.Subtract()([a, b]), axis=-1, keepdims=True)


def siamese(twin, head=distance, size=SIZE, **names):
    image1, image2 = keras.Input(size, name="image1"), keras.Input(size, name="image2")
    return keras.Model([image1, image2], head(twin(image1), twin(image2)), **names)


def functional(*chain, name="twin", size=SIZE):
    tensor = images = keras.Input(size, name="images")
    for layer in chain:
        tensor = layer(tensor)
    return keras.Model(images, tensor, name=name)


def sequential(*chain, name="twin", size=SIZE):
    return keras.Sequential([keras.Input(size), *chain], name=name)


def reference():
    twin = functional(
        layers.Conv2D(4, 2, activation="relu"), layers.MaxPooling2D(2), layers.Dropout(0.4),
        layers.Conv2D(3, 2, activation="relu"), layers.MaxPooling2D(2), layers.Dropout(0.3),
        layers.GlobalAveragePooling2D(), layers.Dense(5))
    return siamese(twin, name="siamese")


def nested_sequential():
    twin = sequential(layers.Conv2D(4, 3, strides=2, padding="same", name="first"), layers.ReLU(6.0), layers.Flatten(),
                      layers.Dense(4, use_bias=False))

    def head(a, b):
        return layers.Dense(1, activation="sigmoid")(ops.abs(a - b))
    return siamese(twin, head)


def three_levels():
    inner = functional(layers.Conv2D(3, 2), layers.BatchNormalization(), name="inner")
    middle = sequential(inner, layers.Flatten(), name="middle")
    outer = keras.Input(SIZE, name="outer")
    twin = keras.Model(outer, layers.Dense(3)(middle(outer)), name="twin")
    # The output is a nested model's, in whose reference Keras counts from 1.
    a, b = keras.Input(SIZE), keras.Input(SIZE)
    last = functional(layers.Dense(1), name="last", size=(3,))
    last(keras.Input((3,)))  # a call that is not in the model
    return keras.Model([a, b], last(ops.abs(twin(a) - twin(b))))


def shared_layers():
    a, b = keras.Input(SIZE, name="a"), keras.Input(SIZE, name="b")
    convolution, normalization, pool, dense = (
        layers.Conv2D(4, 3), layers.BatchNormalization(), layers.MaxPooling2D(), layers.Dense(5))

    def embed(x):
        x = pool(layers.ReLU()(normalization(convolution(x))))
        return dense(layers.Flatten()(pool(x)))
    return keras.Model([a, b], distance(embed(a), embed(b)))


def operations():
    twin = functional(layers.Flatten(), layers.Dense(6), size=(4, 4, 1))

    def head(a, b):
        x = ops.square(a - b) + 1e-3
        x = ops.sqrt(ops.maximum(x, 1e-6)) * 0.5 + ops.absolute(a) / (ops.exp(b) + 2) + ops.minimum(a, b) ** 2
        x = ops.clip(x, 0.0, 10.0) - ops.log(ops.negative(-ops.abs(b)) + 1)
        x = ops.squeeze(ops.expand_dims(x, axis=1), axis=1)
        x = x + ops.mean(x, axis=-1, keepdims=True) - ops.max(x, axis=[1], keepdims=True)
        x = ops.tanh(ops.log1p(ops.abs(x))) + ops.sigmoid(x) + ops.expm1(-ops.abs(x)) + ops.rsqrt(ops.abs(x) + 1)
        return ops.expand_dims(1 - ops.sum(x, axis=1), -1)
    return siamese(twin, head, size=(4, 4, 1))


def operations_as_layers():
    """Operations that Java reads as the layers that do the same."""
    twin = functional(layers.Flatten(), layers.Dense(6), layers.Activation(layers.ReLU(3.0)), size=(4, 4, 1))

    def head(a, b):
        x = keras.activations.relu(a - b, max_value=9.0) + ops.softmax(a) + ops.normalize(b) + ops.reshape(a, (-1, 6))
        x = x + ops.amax(x, axis=-1, keepdims=True) + ops.leaky_relu(a) + ops.elu(b) + ops.gelu(a, approximate=False)
        x = ops.concatenate([x, keras.activations.hard_tanh(x)], axis=-1)
        return ops.sum(x, axis=-1, keepdims=True)
    return siamese(twin, head, size=(4, 4, 1))


def augmented():
    twin = functional(layers.Rescaling(1 / 127.5, offset=-1), layers.RandomFlip("horizontal"), layers.RandomRotation(0.1),
                      layers.RandomZoom(0.2), layers.RandomContrast(0.1), layers.GaussianNoise(0.05),
                      layers.Conv2D(4, 3), layers.SpatialDropout2D(0.2), layers.GlobalMaxPooling2D())
    return siamese(twin)


def activations():
    names = [name for name in ("relu leaky_relu relu6 softmax celu elu selu softplus softsign squareplus soft_shrink "
                               "sparse_plus silu gelu tanh tanh_shrink sigmoid sparse_sigmoid exponential hard_sigmoid "
                               "hard_silu hard_tanh hard_shrink linear mish log_softmax log_sigmoid sparsemax").split()]
    chain = [layer for name in names for layer in (layers.Dense(4, activation=name), layers.Activation(name))]
    chain += [layers.Dense(4, activation=layers.LeakyReLU(0.1)), layers.Dense(4, activation=layers.ReLU(6.0, 0.1, 0.2)),
              layers.Dense(4, activation=layers.Softmax()), layers.Dense(4, activation=keras.activations.tanh),
              layers.PReLU(), layers.ELU(0.5), layers.Softmax(axis=-1),
              layers.Dense(8), layers.Activation("glu")]
    return siamese(functional(layers.Flatten(), *chain))


def settings():
    """Whatever a layer can be set to."""
    twin = functional(
        layers.ZeroPadding2D(((1, 2), (0, 3))),
        layers.Conv2D(4, (2, 3), dilation_rate=(1, 2), kernel_initializer="he_normal", bias_initializer="ones",
                      kernel_regularizer="l2", bias_regularizer=keras.regularizers.L1(0.02)),
        layers.Cropping2D(((1, 0), (2, 1))),
        layers.DepthwiseConv2D(3, depth_multiplier=2, padding="same", activation="relu6",
                               depthwise_initializer=keras.initializers.RandomNormal(0.1, 0.2, seed=3)),
        layers.SeparableConv2D(6, 3, padding="same", use_bias=False,
                               pointwise_initializer=keras.initializers.VarianceScaling(2.0, "fan_out", "uniform"),
                               pointwise_regularizer=keras.regularizers.L1L2(0.01, 0.02)),
        layers.Conv2D(6, 1, groups=3, kernel_initializer=keras.initializers.Orthogonal(0.5)),
        layers.AveragePooling2D((2, 1), strides=(1, 2), padding="same"),
        layers.PReLU(shared_axes=[1, 2], alpha_initializer=keras.initializers.Constant(0.25)),
        layers.GlobalAveragePooling2D(keepdims=True),
        layers.Reshape((3, -1)), layers.Identity(), layers.Flatten(),
        layers.Dense(7, kernel_initializer=keras.initializers.TruncatedNormal(0.0, 0.3),
                     bias_initializer=keras.initializers.RandomUniform(-0.1, 0.2)))
    return siamese(twin, lambda a, b: layers.Dot(axes=1, normalize=True)([a, b]))


def normalizations():
    adapted = layers.Normalization(axis=-1)
    adapted.adapt(generator.normal(3, 2, (20, *SIZE)).astype("float32"))
    twin = functional(
        adapted, layers.Normalization(axis=None, mean=0.5, variance=2.0), layers.Conv2D(6, 3),
        layers.Normalization(axis=3, mean=list(range(6)), variance=[1.0] * 6, invert=True),
        layers.BatchNormalization(momentum=0.9, epsilon=1e-4), layers.BatchNormalization(center=False, axis=1),
        layers.BatchNormalization(scale=False), layers.LayerNormalization(axis=[1, 2, 3]),
        layers.LayerNormalization(center=False), layers.LayerNormalization(rms_scaling=True),
        layers.GroupNormalization(3), layers.GroupNormalization(-1, scale=False), layers.Flatten(), layers.Dense(4),
        layers.UnitNormalization())
    return siamese(twin)


def residual():
    """Branches, made in another order than Keras has them."""
    images = keras.Input(SIZE, name="images")
    late = layers.Conv2D(4, 1, name="late")
    x = layers.Conv2D(4, 3, padding="same", name="early")(images)
    y = layers.Conv2D(4, 3, padding="same", name="middle")(layers.BatchNormalization()(x))
    y = layers.Add()([late(x), y, x])
    y = layers.Concatenate()([y, layers.Conv2D(2, 1, name="beside")(images)])
    gate = layers.Dense(6, activation="sigmoid")(layers.GlobalAveragePooling2D(keepdims=True)(y))
    y = layers.Multiply()([y, gate])
    y = layers.Average()([layers.Maximum()([y, gate]), layers.Minimum()([y, gate])])
    return siamese(keras.Model(images, layers.Dense(3)(layers.Flatten()(y)), name="twin"))


def frozen():
    base = functional(layers.Conv2D(3, 2), layers.BatchNormalization(), layers.Flatten(), name="base")
    base.trainable = False
    images = keras.Input(SIZE)
    twin = keras.Model(images, layers.Dense(4)(layers.Dense(5, trainable=False)(base(images, training=False))))
    return siamese(twin)


def lambda_distance():
    twin = functional(layers.Flatten(), layers.Dense(4))

    def head(a, b):
        return layers.Lambda(lambda pair: ops.sqrt(ops.sum(ops.square(pair[0] - pair[1]), axis=1, keepdims=True)))([a, b])
    return siamese(twin, head)


def any_size():
    twin = functional(layers.Conv2D(4, 3), layers.GlobalAveragePooling2D(), size=(None, None, 3))
    return siamese(twin, size=(None, None, 3))


def by_name():
    image = {"right": keras.Input(SIZE, name="right"), "left": keras.Input(SIZE, name="left")}
    twin = functional(layers.Flatten(), layers.Dense(4))
    return keras.Model(image, {"distance": distance(twin(image["left"]), twin(image["right"]))})


def twin_alone():
    return sequential(layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(3))


def random_graph():
    """Layers joined at random, some of them several times and in front of themselves."""
    tensors = [keras.Input((4,), name=f"input{i}") for i in range(generator.integers(1, 4))]
    inputs, shared = list(tensors), [layers.Dense(4) for _ in range(3)]
    for _ in range(generator.integers(4, 16)):
        a, b = (tensors[generator.integers(max(0, len(tensors) - 5), len(tensors))] for _ in range(2))
        kind = generator.integers(4)
        if kind == 0:
            tensors.append(layers.Dense(4)(a))
        elif kind == 1:
            tensors.append(shared[generator.integers(3)](a))
        else:
            tensors.append(layers.Add()([a, b]) if kind == 2 else a * b)
    return keras.Model(inputs, tensors[-1])


MODELS = [reference, nested_sequential, three_levels, shared_layers, operations, operations_as_layers, augmented,
          activations, settings, normalizations, residual, frozen, lambda_distance, any_size, by_name, twin_alone]
APPLICATIONS = {"MobileNetV2": dict(alpha=0.35), "EfficientNetB0": {}, "ResNet50": {}}


def application(name):
    twin = getattr(keras.applications, name)(
        include_top=False, weights=None, pooling="avg", input_shape=(96, 96, 3), **APPLICATIONS[name])
    return siamese(twin, size=(96, 96, 3))


def makers():
    """All models by name, each as its maker."""
    return {make.__name__: make for make in MODELS} | {name: lambda name=name: application(name) for name in APPLICATIONS}
