"""Reproducible random weights under which numbers stay tame, moving statistics included."""

import math

from quiet_tensorflow import tf

import numpy as np
from keras import layers

from model_structure import all_layers


def randomize(model, inputs, seed, offset=0.0):
    """Draws every weight: kernels in He's range, biases, scales and statistics that are not trivial.

    The statistics of BatchNormalization are near those of the inputs, or else deep networks make all images equal. Its
    scales are small where residuals are added, or else rounding grows from layer to layer. Its betas are near the
    offset: between the kinks of ReLU6, at 3, rounding does not turn millions of units on or off.
    """
    generator = np.random.default_rng(seed)
    set_weights(model, [_draw(generator, weight, offset) for weight in model.weights])
    normalizations = [layer for layer in all_layers(model) if isinstance(layer, layers.BatchNormalization)]
    for layer in normalizations:
        if layer.scale and _ends_residual_branch(layer):
            layer.gamma.assign(0.2 * layer.gamma)
    if normalizations:
        _settle(normalizations, model, inputs, generator)


def set_weights(model, values):
    """In the order of model.weights; layers that compute something from theirs do so."""
    model.set_weights(values)
    for layer in all_layers(model):
        if isinstance(layer, layers.Normalization):
            layer.finalize_state()


def _draw(generator, weight, offset):
    shape = tuple(weight.shape)
    match weight.name:
        case "kernel" | "pointwise_kernel":
            return _kernel(generator, shape, math.prod(shape[:-1]))
        case "depthwise_kernel":  # every channel is a convolution of its own
            return _kernel(generator, shape, math.prod(shape[:-2]))
        case "bias" | "mean" | "moving_mean":
            return generator.uniform(-0.1, 0.1, shape)
        case "beta":
            return offset + generator.uniform(-0.1, 0.1, shape)
        case "gamma":
            return generator.uniform(0.4, 0.9, shape)
        case "variance" | "moving_variance":
            return generator.uniform(0.7, 1.3, shape)
        case "alpha":
            return generator.uniform(0.05, 0.3, shape)
        case "count":
            return weight.numpy()
        case _:
            raise ValueError(f"expected a known kind of weight, found {weight.path}")


def _kernel(generator, shape, fan_in):
    """Not near 0, so that no single weight makes everything behind it alike."""
    limit = math.sqrt(6 / fan_in)
    return generator.choice((-1, 1), shape) * generator.uniform(0.2 * limit, limit, shape)


def _ends_residual_branch(layer):
    """Whether it is only added, to something that goes another way too."""
    following = layer._outbound_nodes
    return (len(following) == 1 and isinstance(following[0].operation, layers.Add)
            and any(len(tensor._keras_history.operation._outbound_nodes) > 1 for tensor in following[0].input_tensors))


def _settle(normalizations, model, inputs, generator):
    """Moving statistics near those of the second inputs' batch."""
    momenta = [layer.momentum for layer in normalizations]
    for layer in normalizations:
        layer.momentum = 0.0
    model(inputs, training=True)
    for layer, momentum in zip(normalizations, momenta):
        layer.momentum = momentum
        mean, variance = layer.moving_mean.numpy(), layer.moving_variance.numpy()
        mean += np.sqrt(variance + layer.epsilon) * generator.uniform(-0.1, 0.1, mean.shape)
        layer.moving_mean.assign(mean)
        layer.moving_variance.assign((variance + 1e-3) * generator.uniform(0.8, 1.25, mean.shape))
