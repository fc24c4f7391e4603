"""Random layers with random settings, always such as fit the tensor that they are called on."""

import math

from quiet_tensorflow import tf

import keras
from keras import initializers, layers, ops, regularizers

from layer_networks import activation_names


def pick(generator, *options):
    return options[generator.integers(len(options))]


def extend_image(generator, x):
    """A tensor (height, width, channels) from another one: mostly by one layer, else by branches that are joined."""
    extension = pick(generator, *[_by_layer] * 6, _residual, _dense_block, _stacked, _gated, _shared, _nested,
                     _operation)
    return extension(generator, x)


def extend_vector(generator, x):
    extension = pick(generator, *[_by_vector_layer] * 4, _operation, _dotted)
    return extension(generator, x)


def vector_from_image(generator, x):
    """Flatten only where that is not large."""
    ends = [layers.GlobalAveragePooling2D(), layers.GlobalMaxPooling2D()]
    if math.prod(x.shape[1:]) <= 4000:
        ends += [layers.Flatten(), layers.Reshape((-1,))]
    return pick(generator, *ends)


def image_layer(generator, x):
    return pick(generator, _convolution, _convolution, _depthwise, _separable, _pooling, _padding, _cropping, _reshape,
                _augmentation, *[_same_shape] * 4)(generator, x)


def vector_layer(generator, x):
    return pick(generator, _dense, _dense, _same_shape)(generator, x)


def _by_layer(generator, x):
    return image_layer(generator, x)(x)


def _by_vector_layer(generator, x):
    return vector_layer(generator, x)(x)


def _residual(generator, x):
    others = [_keeping(generator, x)(x) for _ in range(generator.integers(1, 3))]
    if len(others) == 1:
        return pick(generator, layers.Add, layers.Subtract, layers.Multiply, layers.Average, layers.Maximum,
                    layers.Minimum)()([x, *others])
    return pick(generator, layers.Add, layers.Multiply, layers.Average, layers.Maximum, layers.Minimum)()([x, *others])


def _dense_block(generator, x):
    return layers.Concatenate(axis=pick(generator, -1, 3))(
        [x, layers.Conv2D(int(generator.integers(1, 9)), 3, padding="same", **_common(generator))(x)])


def _stacked(generator, x):
    """One above the other, or side by side."""
    axis = pick(generator, 1, 2)
    cropped = layers.Cropping2D(((1, 0), (0, 0)) if axis == 1 else ((0, 0), (0, 1))) if x.shape[axis] > 1 else None
    return layers.Concatenate(axis=axis)([x, cropped(x) if cropped else _same_shape(generator, x)(x)])


def _gated(generator, x):
    """Squeeze and excite: a factor for each channel."""
    channels = x.shape[-1]
    gate = layers.Reshape((1, 1, channels))(layers.Dense(channels, activation="sigmoid")(
        layers.GlobalAveragePooling2D()(x)))
    return layers.Multiply()([x, gate])


def _shared(generator, x):
    """One layer in two places."""
    layer = _keeping(generator, x)
    return layer(layers.Activation("tanh")(layer(x)))


def _nested(generator, x):
    inner = keras.Sequential([_keeping(generator, x), _same_shape(generator, x)])
    return inner(x)


def _operation(generator, x):
    """Keras's operations as layers, which all keep the shape."""
    one = pick(generator, ops.abs, ops.square, ops.exp, ops.sign, ops.sigmoid, ops.tanh, ops.relu, ops.negative)
    constant = float(pick(generator, 0.5, -1, 2, 3))
    two = pick(generator, ops.add, ops.subtract, ops.multiply, ops.divide, ops.maximum, ops.minimum)
    reduced = pick(generator, ops.sum, ops.mean, ops.max, ops.min)
    return pick(
        generator,
        lambda: one(x),
        lambda: two(x, constant),
        lambda: two(constant, x),
        lambda: two(x, one(x)),
        lambda: ops.power(ops.abs(x), 1.5),
        lambda: ops.sqrt(ops.square(x) + 1),
        lambda: ops.log(1 + ops.abs(x)),
        lambda: x - reduced(x, axis=pick(generator, -1, 1, [1, -1] if len(x.shape) == 4 else [-1]), keepdims=True),
        lambda: ops.clip(x, -1.0, abs(constant)),
        lambda: ops.squeeze(ops.expand_dims(x, axis=1), axis=1),
        lambda: x / (ops.norm(x, axis=-1, keepdims=True) + 1),
    )()


def _dotted(generator, x):
    a, b = (layers.Dense(8)(x) for _ in range(2))
    product = layers.Dot(axes=pick(generator, 1, -1), normalize=bool(generator.integers(2)))([a, b])
    return layers.Concatenate()([x, product])


def _keeping(generator, x):
    """A layer with weights that keeps the shape."""
    height, width, channels = x.shape[1:]
    return pick(
        generator,
        lambda: layers.Conv2D(channels, 3, padding="same", **_common(generator)),
        lambda: layers.Conv2D(channels, (1, 2), padding="same", dilation_rate=(1, 2), **_common(generator)),
        lambda: layers.DepthwiseConv2D(3, padding="same", **_common(generator, "depthwise")),
        lambda: layers.SeparableConv2D(channels, pick(generator, 2, 3), padding="same", use_bias=False),
        lambda: layers.Dense(channels, **_common(generator)),
    )()


def _common(generator, kernel="kernel"):
    """Settings of everything that has a kernel, a bias and an activation; most stay as they are."""
    settings = {
        "use_bias": bool(generator.integers(2)),
        "activation": _activation(generator),
        f"{kernel}_initializer": pick(generator, "glorot_uniform", "he_normal", "lecun_uniform", "zeros",
                                      initializers.RandomNormal(stddev=0.02), initializers.TruncatedNormal(0.1, 0.2),
                                      initializers.VarianceScaling(2.0, "fan_out"),
                                      initializers.RandomUniform(-0.1, 0.1)),
        f"{kernel}_regularizer": _regularizer(generator),
        "bias_initializer": pick(generator, "zeros", "ones", initializers.Constant(0.1)),
        "bias_regularizer": _regularizer(generator),
        "trainable": bool(generator.random() < 0.9),
    }
    return {name: value for name, value in settings.items() if generator.random() < 0.4}


def _activation(generator):
    chosen = pick(generator, *activation_names(), *[None] * 3)
    return chosen or pick(generator, layers.LeakyReLU, layers.ELU, layers.ReLU)(0.5)


def _regularizer(generator):
    return pick(generator, None, "l1", "l2", "l1l2", regularizers.L2(0.001), regularizers.L1L2(0.001, 0.002))


def _window(generator, x):
    """Kernel size and padding, such that the window fits the tensor."""
    height, width = x.shape[1:3]
    padding = pick(generator, "valid", "same")
    limits = (5, 5) if padding == "same" else (min(5, height), min(5, width))
    size = tuple(int(generator.integers(1, limit + 1)) for limit in limits)
    return size, padding


def _moved(generator, x, size, padding, square=False):
    """Strides or dilation; the depthwise operations take only square ones."""
    if generator.random() < 0.3:
        dilation = int(generator.integers(1, 4))
        if padding == "same" or all((one - 1) * dilation < room for one, room in zip(size, x.shape[1:3])):
            return {"dilation_rate": dilation}
    if square:
        return {"strides": int(generator.integers(1, 4))}
    return {"strides": tuple(int(stride) for stride in generator.integers(1, 4, 2))}


def _convolution(generator, x):
    size, padding = _window(generator, x)
    groups = pick(generator, *[count for count in _divisors(x.shape[-1]) if count <= 8])
    filters = groups * int(generator.integers(1, 16 // groups + 1))
    return layers.Conv2D(filters, size, padding=padding, groups=groups, **_moved(generator, x, size, padding),
                         **_common(generator))


def _depthwise(generator, x):
    size, padding = _window(generator, x)
    multiplier = int(generator.integers(1, 4)) if x.shape[-1] <= 16 else 1
    return layers.DepthwiseConv2D(size, padding=padding, depth_multiplier=multiplier,
                                  **_moved(generator, x, size, padding, square=True),
                                  **_common(generator, "depthwise"))


def _separable(generator, x):
    size, padding = _window(generator, x)
    return layers.SeparableConv2D(int(generator.integers(1, 17)), size, padding=padding,
                                  depth_multiplier=int(generator.integers(1, 3)),
                                  **_moved(generator, x, size, padding, square=True),
                                  **_common(generator, pick(generator, "depthwise", "pointwise")))


def _pooling(generator, x):
    size, padding = _window(generator, x)
    kind = pick(generator, layers.MaxPooling2D, layers.AveragePooling2D)
    strides = pick(generator, None, 1, 2, tuple(int(stride) for stride in generator.integers(1, 4, 2)))
    return kind(size, strides=strides, padding=padding)


def _padding(generator, x):
    sides = [[int(side) for side in pair] for pair in generator.integers(0, 4, (2, 2))]
    return layers.ZeroPadding2D(pick(generator, 1, (1, 2), sides))


def _cropping(generator, x):
    rooms = [size - 1 for size in x.shape[1:3]]
    return layers.Cropping2D([[int(generator.integers(min(room // 2, 3) + 1)) for _ in range(2)] for room in rooms])


def _reshape(generator, x):
    height, width, channels = x.shape[1:]
    return layers.Reshape(pick(generator, (width, height, channels), (-1, width, channels), (height, -1, channels),
                               (1, height * width, channels), (height, width, channels)))


def _augmentation(generator, x):
    return pick(
        generator,
        lambda: layers.RandomFlip(pick(generator, "horizontal", "vertical", "horizontal_and_vertical")),
        lambda: layers.RandomRotation(0.1, fill_mode=pick(generator, "reflect", "constant")),
        lambda: layers.RandomTranslation(0.1, (-0.2, 0.1)),
        lambda: layers.RandomZoom(0.2),
        lambda: layers.RandomContrast(0.3),
        lambda: layers.RandomBrightness(0.2, value_range=(0.0, 1.0)),
    )()


def _dense(generator, x):
    return layers.Dense(int(generator.integers(1, 33)), **_common(generator))


def _same_shape(generator, x):
    """Activations, normalizations and what acts while training only, for images and vectors."""
    rank, channels = len(x.shape), x.shape[-1]
    axis = int(generator.integers(1, rank))
    axes = pick(generator, axis, -1, list(range(1, rank)))
    learned = {"scale": bool(generator.integers(2)), "center": bool(generator.integers(2))}
    options = [
        lambda: layers.Activation(_activation(generator)),
        lambda: layers.ReLU(pick(generator, None, 6.0), pick(generator, 0.0, 0.1), pick(generator, 0.0, 0.5)),
        lambda: layers.LeakyReLU(pick(generator, 0.3, 0.1)),
        lambda: layers.PReLU(shared_axes=pick(generator, None, list(range(1, rank - 1)) or None)),
        lambda: layers.ELU(pick(generator, 1.0, 0.5)),
        lambda: layers.Softmax(axis=axes),
        lambda: layers.BatchNormalization(axis=pick(generator, -1, axis), momentum=pick(generator, 0.99, 0.9),
                                          gamma_regularizer=_regularizer(generator), **learned),
        lambda: layers.LayerNormalization(axis=axes, epsilon=pick(generator, 1e-3, 1e-5), **learned),
        lambda: layers.GroupNormalization(groups=pick(generator, -1, *_divisors(channels)), **learned),
        lambda: layers.UnitNormalization(axis=axes),
        lambda: layers.Normalization(axis=pick(generator, -1, axis), invert=bool(generator.integers(2))),
        lambda: layers.Normalization(axis=None),
        lambda: layers.Normalization(mean=0.3, variance=0.5),
        lambda: layers.Rescaling(pick(generator, 1 / 255, 2.0, [0.5] * channels), offset=pick(generator, 0.0, -1.0)),
        lambda: layers.Dropout(pick(generator, 0.0, 0.4), seed=pick(generator, None, 7)),
        lambda: layers.GaussianNoise(0.1),
        lambda: layers.Identity(),
    ]
    if rank == 4:
        options.append(lambda: layers.SpatialDropout2D(0.2))
    return pick(generator, *options)()


def _divisors(count):
    return [number for number in range(1, count + 1) if count % number == 0]
