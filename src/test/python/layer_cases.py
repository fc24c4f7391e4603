"""What Keras computes for single layers: inputs, weights, outputs and gradients of random numbers.

Argument: an HDF5 file to write, with a group a case. In it, `inputs`, `weights`, `input_gradients` and
`weight_gradients` have members 0, 1, …; `output` is that of the inputs, and the gradients, of the trainable weights
only, are those of sum(output * direction). Cases whose name ends with "-training" are computed as in training;
`updated` has their weights afterwards.

LayerCases.java has the same cases under the same names.
"""

import sys
import zlib

from quiet_tensorflow import tf

import h5py
import keras
import numpy as np
from keras import layers, ops

BATCH = 3
MAPS = (7, 6, 4)
VECTOR = (6,)
NORMAL, LARGE, TINY, POSITIVE, UNIT = "normal", "large", "tiny", "positive", "unit"

CASES = {}


def case(name, build, *shapes, values=NORMAL):
    assert name not in CASES, name
    CASES[name] = (build, shapes or (MAPS,), values)


def joined(layer):
    return lambda *inputs: layer(list(inputs))


def on_windows():
    case("conv2d", layers.Conv2D(3, 3))
    case("conv2d-same", layers.Conv2D(3, 3, padding="same"))
    case("conv2d-even-same", layers.Conv2D(3, (2, 4), padding="same"))
    case("conv2d-strides-same", layers.Conv2D(3, 3, strides=2, padding="same"))
    case("conv2d-strides-valid", layers.Conv2D(3, (3, 1), strides=(3, 2)))
    case("conv2d-dilated", layers.Conv2D(3, (3, 2), dilation_rate=(2, 3)))
    case("conv2d-dilated-same", layers.Conv2D(3, 3, dilation_rate=2, padding="same"))
    case("conv2d-groups", layers.Conv2D(6, 2, groups=2))
    case("conv2d-groups-strides", layers.Conv2D(4, 3, groups=4, strides=2, padding="same"))
    case("conv2d-groups-dilated", layers.Conv2D(6, 2, groups=2, dilation_rate=2))
    case("conv2d-without-bias", layers.Conv2D(3, 2, use_bias=False))
    case("conv2d-relu", layers.Conv2D(3, 2, activation="relu"))
    case("conv2d-softmax", layers.Conv2D(3, 2, activation="softmax"))
    case("conv2d-glu", layers.Conv2D(6, 2, activation="glu"))
    case("depthwise", layers.DepthwiseConv2D(3))
    case("depthwise-strides-same", layers.DepthwiseConv2D(3, strides=2, padding="same"))
    case("depthwise-multiplier", layers.DepthwiseConv2D((2, 3), depth_multiplier=3))
    case("depthwise-dilated", layers.DepthwiseConv2D(2, dilation_rate=(3, 2), depth_multiplier=2))
    case("depthwise-dilated-same", layers.DepthwiseConv2D(3, dilation_rate=2, padding="same"))
    case("depthwise-relu6-without-bias", layers.DepthwiseConv2D(3, use_bias=False, activation="relu6"))
    case("separable", layers.SeparableConv2D(5, 3))
    case("separable-strides-same", layers.SeparableConv2D(5, 3, strides=2, padding="same", depth_multiplier=2))
    case("separable-dilated", layers.SeparableConv2D(5, 2, dilation_rate=2))
    case("separable-tanh-without-bias", layers.SeparableConv2D(5, 3, use_bias=False, activation="tanh"))
    case("max-pooling", layers.MaxPooling2D(2))
    case("max-pooling-same", layers.MaxPooling2D(3, strides=2, padding="same"))
    case("max-pooling-overlapping", layers.MaxPooling2D((2, 3), strides=(1, 2)))
    case("average-pooling", layers.AveragePooling2D(2))
    case("average-pooling-same", layers.AveragePooling2D(3, strides=2, padding="same"))
    case("average-pooling-overlapping", layers.AveragePooling2D((2, 3), strides=(2, 1), padding="same"))
    for keep in (False, True):
        suffix = "-keepdims" if keep else ""
        case("global-max" + suffix, layers.GlobalMaxPooling2D(keepdims=keep))
        case("global-average" + suffix, layers.GlobalAveragePooling2D(keepdims=keep))


def shapings():
    case("zero-padding", layers.ZeroPadding2D(((1, 2), (0, 3))))
    case("cropping", layers.Cropping2D(((1, 2), (0, 3))))
    case("flatten", layers.Flatten())
    case("permute", layers.Permute((3, 1, 2)))
    case("reshape", layers.Reshape((3, 8)), (6, 4))
    case("reshape-rest", layers.Reshape((2, -1, 3)))
    case("expand-dims-1", lambda x: ops.expand_dims(x, 1), (6, 4))
    case("expand-dims-last", lambda x: ops.expand_dims(x, -1), (6, 4))
    case("squeeze", lambda x: ops.squeeze(x, (1, -1)), (1, 5, 1))


def dense():
    case("dense", layers.Dense(5), VECTOR)
    case("dense-without-bias", layers.Dense(5, use_bias=False), VECTOR)
    case("dense-tanh", layers.Dense(5, activation="tanh"), (3, 6))
    case("dense-softmax", layers.Dense(5, activation="softmax"), (3, 6))
    case("dense-glu", layers.Dense(4, activation="glu"))


def without_effect():
    case("identity", layers.Identity())
    case("dropout", layers.Dropout(0.3))
    case("spatial-dropout", layers.SpatialDropout2D(0.3))
    case("noise", layers.GaussianNoise(0.3))
    case("augmentation", layers.RandomFlip())


def activations():
    for function in (
        "linear relu relu6 leaky_relu elu celu selu exponential sigmoid hard_sigmoid log_sigmoid sparse_sigmoid tanh"
        " hard_tanh softplus sparse_plus squareplus softsign soft_shrink hard_shrink tanh_shrink gelu silu hard_silu"
        " mish glu softmax log_softmax sparsemax"
    ).split():
        case("activation-" + function, layers.Activation(function))
        case("activation-" + function + "-vector", layers.Activation(function), VECTOR)
    for function in "log_sigmoid softplus mish softmax log_softmax sparsemax".split():
        case("activation-" + function + "-large", layers.Activation(function), values=LARGE)
    case("relu", layers.ReLU())
    case("relu-max", layers.ReLU(max_value=1.5))
    case("relu-max-6", layers.ReLU(max_value=6))
    case("relu-slope", layers.ReLU(negative_slope=0.1))
    case("relu-threshold", layers.ReLU(threshold=0.5))
    case("relu-max-slope", layers.ReLU(max_value=1.5, negative_slope=0.1))
    case("relu-max-threshold", layers.ReLU(max_value=1.5, threshold=0.5))
    case("relu-slope-threshold", layers.ReLU(negative_slope=0.1, threshold=0.5))
    case("relu-all", layers.ReLU(max_value=1.5, negative_slope=0.1, threshold=0.5))
    case("leaky-relu", layers.LeakyReLU(0.25))
    case("elu", layers.ELU())
    case("elu-alpha", layers.ELU(0.5))
    case("prelu", layers.PReLU())
    case("prelu-shared", layers.PReLU(shared_axes=[1, 2]))
    case("prelu-shared-negative", layers.PReLU(shared_axes=[-1]))
    case("softmax", layers.Softmax())
    case("softmax-1", layers.Softmax(axis=1))
    case("softmax-maps", layers.Softmax(axis=[1, 2]))
    case("softmax-maps-large", layers.Softmax(axis=[1, 2]), values=LARGE)
    case("softmax-last-two", layers.Softmax(axis=[-1, -2]))


def normalizations():
    for training in ("", "-training"):
        case("batch-normalization" + training, layers.BatchNormalization())
        case("batch-normalization-vector" + training, layers.BatchNormalization(momentum=0.9, epsilon=0.1), VECTOR)
        case("batch-normalization-axis" + training, layers.BatchNormalization(axis=1))
        case("batch-normalization-center" + training, layers.BatchNormalization(scale=False))
        case("batch-normalization-scale" + training, layers.BatchNormalization(center=False))
        case("batch-normalization-plain" + training, layers.BatchNormalization(scale=False, center=False))
    case("layer-normalization", layers.LayerNormalization())
    case("layer-normalization-maps", layers.LayerNormalization(axis=[1, 2]))
    case("layer-normalization-apart", layers.LayerNormalization(axis=[1, -1], epsilon=0.1))
    case("layer-normalization-all", layers.LayerNormalization(axis=[1, 2, 3]))
    case("layer-normalization-center", layers.LayerNormalization(scale=False))
    case("layer-normalization-scale", layers.LayerNormalization(center=False))
    case("layer-normalization-rms", layers.LayerNormalization(axis=[1, 3], rms_scaling=True))
    case("group-normalization", layers.GroupNormalization(2))
    case("group-normalization-instance", layers.GroupNormalization(-1))
    case("group-normalization-one", layers.GroupNormalization(1, epsilon=0.1, scale=False))
    case("group-normalization-rows", layers.GroupNormalization(3, axis=2, center=False))
    case("group-normalization-columns", layers.GroupNormalization(3, axis=-2))
    case("group-normalization-vector", layers.GroupNormalization(3), VECTOR)
    case("unit-normalization", layers.UnitNormalization())
    case("unit-normalization-tiny", layers.UnitNormalization(), values=TINY)
    case("unit-normalization-maps", layers.UnitNormalization(axis=[1, 2]))
    case("rescaling", layers.Rescaling(1 / 255, -0.5))
    case("rescaling-lists", layers.Rescaling([0.5, 2, 3, 4], [1, 0, -1, 5]))
    case("normalization", layers.Normalization())
    case("normalization-one", layers.Normalization(axis=None))
    case("normalization-apart", layers.Normalization(axis=(1, 3)))
    case("normalization-inverse", layers.Normalization(axis=2, invert=True))
    case("normalization-given-one", layers.Normalization(mean=0.5, variance=4))
    case("normalization-given", layers.Normalization(mean=[1, 2, 3, 4], variance=[1, 0, 4, 0.5], invert=True))


def merges():
    for layer in ("Add", "Multiply", "Average", "Maximum", "Minimum"):
        case("merge-" + layer.lower(), joined(getattr(layers, layer)()), VECTOR, VECTOR, VECTOR)
    case("merge-subtract", joined(layers.Subtract()), VECTOR, VECTOR)
    case("merge-repeated", joined(layers.Multiply()), (3, 1), (1, 4), (3, 4))
    case("concatenate", joined(layers.Concatenate()), (3, 1), (3, 4), (3, 2))
    case("concatenate-1", joined(layers.Concatenate(axis=1)), (1, 4), (3, 4))
    case("dot", joined(layers.Dot(-1)), VECTOR, VECTOR)
    case("dot-normalized", joined(layers.Dot(1, normalize=True)), VECTOR, VECTOR)
    case("dot-normalized-tiny", joined(layers.Dot(1, normalize=True)), VECTOR, VECTOR, values=TINY)
    case("dot-matrices", joined(layers.Dot((2, 1))), (3, 5), (5, 4))
    case("dot-matrices-normalized", joined(layers.Dot((1, -1), normalize=True)), (5, 3), (4, 5))
    case("dot-vector-matrix", joined(layers.Dot((1, 2))), (5,), (4, 5))
    case("dot-maps", joined(layers.Dot((1, 2))), (5, 2, 3), (4, 5))


def operations():
    constant = 1.5
    for function in ("add", "subtract", "multiply", "divide", "true_divide", "power", "maximum", "minimum"):
        operation = getattr(ops, function)
        case("binary-" + function, operation, VECTOR, VECTOR, values=POSITIVE)
        case("binary-" + function + "-left", lambda x, f=operation: f(constant, x), VECTOR, values=POSITIVE)
        case("binary-" + function + "-right", lambda x, f=operation: f(x, constant), VECTOR, values=POSITIVE)
    case("binary-repeated", ops.add, (3, 1), (1, 4))
    for function in "sqrt rsqrt reciprocal log log1p".split():
        case("unary-" + function, getattr(ops, function), values=POSITIVE)
    for function in (
        "absolute abs negative square exp expm1 sign sin cos erf sigmoid tanh relu relu6 softplus softsign silu selu"
        " log_sigmoid hard_sigmoid"
    ).split():
        case("unary-" + function, getattr(ops, function))
    case("unary-arccos", ops.arccos, values=UNIT)
    for function in ("sum", "mean", "max", "min", "prod", "norm"):
        operation = getattr(ops, function)
        case("reduction-" + function, lambda x, f=operation: f(x, axis=-1))
        case("reduction-" + function + "-keepdims", lambda x, f=operation: f(x, axis=(1, 2), keepdims=True))
    case("clip", lambda x: ops.clip(x, -0.5, 1))


def draw(generator, shape, values):
    if values == POSITIVE:
        return generator.uniform(0.2, 3, shape).astype(np.float32)
    if values == UNIT:
        return generator.uniform(-0.9, 0.9, shape).astype(np.float32)
    deviation = {NORMAL: 2, LARGE: 100, TINY: 1e-13}[values]
    return generator.normal(0, deviation, shape).astype(np.float32)


def draw_weight(generator, variable):
    if "variance" in variable.path:
        return draw(generator, variable.shape, POSITIVE)
    if variable.path.endswith("/count"):
        return np.zeros((), np.float32)
    return generator.normal(0, 0.5, variable.shape).astype(np.float32)


def write(file, name, build, shapes, values):
    generator = np.random.default_rng(zlib.crc32(name.encode()))
    placeholders = [keras.Input(shape) for shape in shapes]
    model = keras.Model(placeholders, build(*placeholders))
    model.set_weights([draw_weight(generator, variable) for variable in model.weights])
    for layer in model.layers:
        if isinstance(layer, layers.Normalization):
            layer.finalize_state()
    weights = [np.asarray(weight, np.float32) for weight in model.get_weights()]
    inputs = [tf.constant(draw(generator, (BATCH, *shape), values)) for shape in shapes]
    training = name.endswith("-training")
    trained = [variable.value for variable in model.trainable_variables]
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        output = model(inputs, training=training)
        direction = tf.constant(generator.normal(0, 1, output.shape).astype(np.float32))
        total = tf.reduce_sum(output * direction)
    gradients = tape.gradient(total, inputs + trained, unconnected_gradients="zero")
    updated = [np.asarray(weight, np.float32) for weight in model.get_weights()]
    arrays = {
        "inputs": inputs,
        "weights": weights,
        "updated": updated,
        "input_gradients": gradients[: len(inputs)],
        "weight_gradients": gradients[len(inputs) :],
    }
    group = file.create_group(name)
    group["output"] = output.numpy()
    group["direction"] = direction.numpy()
    for kind, members in arrays.items():
        for position, array in enumerate(members):
            group[f"{kind}/{position}"] = np.asarray(array)


for declare in (on_windows, shapings, dense, without_effect, activations, normalizations, merges, operations):
    declare()
with h5py.File(sys.argv[1], "w") as file:
    for name, (build, shapes, values) in CASES.items():
        try:
            write(file, name, build, shapes, values)
        except Exception as error:
            raise RuntimeError(f"case {name}") from error
