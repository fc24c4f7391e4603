"""Saves SavedModels of siamese networks of many kinds into the folder given as argument, and what Keras says with them.

kinds/NAME is a model that compares two images of 20×24×3; kinds.json tells, by name, whether it is a distance or a
similarity ("" if not even Keras can tell), which values it takes, and what it says of the pairs first.bin, second.bin.
weights/NETWORK-FORM is a network that the Java tests have, too, with the arrays of its weights in NETWORK.bin.
"""

import json
import sys
from pathlib import Path

from quiet_tensorflow import tf

import keras
import numpy as np
from keras import layers, ops

FOLDER = Path(sys.argv[1])
SHAPE = (20, 24, 3)
PAIRS = 70  # more than a batch
generator = np.random.default_rng(1)
keras.utils.set_random_seed(1)


def randomize(model):
    for weight in model.weights:
        if weight.dtype == "float32":  # a Normalization counts in integers
            positive = weight.name.endswith("variance")
            change = generator.uniform(0.2, 1, weight.shape) if positive else generator.normal(0, 0.1, weight.shape)
            weight.assign(weight.numpy() + change.astype(np.float32))


def pair_model(twin, head, shape):
    image1, image2 = keras.Input(shape, name="image1"), keras.Input(shape, name="image2")
    return keras.Model([image1, image2], head(twin(image1), twin(image2)))


def euclidean(a, b):
    return ops.sqrt(ops.maximum(ops.sum(ops.square(a - b), axis=-1, keepdims=True), 1e-7))


def save_kinds():
    pixels = generator.integers(0, 256, (2, PAIRS, *SHAPE), dtype=np.uint8)
    pixels[0, ::2, :10] = 0
    pixels[1, ::3, :, 12:] = 255
    pixels[1, 0] = pixels[0, 0]
    pixels[0].tofile(FOLDER / "first.bin")
    pixels[1].tofile(FOLDER / "second.bin")

    def twin(*before):
        images = keras.Input(SHAPE)
        x = images
        for layer in before:
            x = layer(x)
        x = layers.MaxPooling2D(2)(layers.Conv2D(8, 3, activation="relu")(x))
        model = keras.Model(images, layers.Dense(16)(layers.Flatten()(x)))
        model.layers[-1].bias.assign(generator.normal(0, 0.3, 16))
        return model

    plain = twin()
    heads = {
        "euclidean": ("distance", euclidean),
        "squared": ("distance", lambda a, b: ops.sum(ops.square(a - b), axis=-1, keepdims=True)),
        "manhattan": ("distance", lambda a, b: ops.sum(ops.abs(a - b), axis=-1)),
        "cosine distance": ("distance", lambda a, b: 1 - layers.Dot(1, normalize=True)([a, b])),
        "mean": ("distance", lambda a, b: ops.sqrt(ops.mean(ops.square(a - b), axis=-1, keepdims=True) + 1e-12) / 20),
        "normalized": ("distance", lambda a, b: euclidean(*(layers.UnitNormalization()(x) for x in (a, b)))),
        "lambda": ("distance", lambda a, b: layers.Lambda(lambda v: euclidean(*v), output_shape=(1,))([a, b])),
        "cosine": ("similarity", lambda a, b: layers.Dot(1, normalize=True)([a, b])),
        "inverse": ("similarity", lambda a, b: 1 / (1 + euclidean(a, b))),
        "exponential": ("similarity", lambda a, b: ops.exp(-euclidean(a, b))),
        "negative": ("similarity", lambda a, b: -euclidean(a, b)),
        "sigmoid": ("similarity", lambda a, b: layers.Dense(
            1, activation="sigmoid", kernel_initializer=keras.initializers.Constant(-0.4),
            bias_initializer=keras.initializers.Constant(3))(ops.abs(a - b))),
        "untrained": ("", lambda a, b: layers.Dense(1, activation="sigmoid")(ops.abs(a - b))),
    }
    models = {name: (kind, "0..1", pair_model(plain, head, SHAPE)) for name, (kind, head) in heads.items()}
    for name, layer in (("rescaling", layers.Rescaling(1 / 255)), ("centring", layers.Rescaling(1 / 127.5, -1))):
        models[name] = ("distance", "0..255", pair_model(twin(layer), euclidean, SHAPE))
        models[name + " twin"] = ("distance", "0..255", twin(layer))
    models["random"] = ("distance", "0..1", pair_model(twin(layers.RandomFlip()), euclidean, SHAPE))
    models["twin"] = ("distance", "0..1", plain)

    told = {}
    for name, (kind, values, model) in models.items():
        model.export(FOLDER / "kinds" / name, verbose=False)
        images = [image.astype(np.float32) / (255 if values == "0..1" else 1) for image in pixels]
        if len(model.inputs) == 2:
            outputs = model.predict(images, verbose=0)
        else:
            outputs = np.linalg.norm(np.subtract(*(model.predict(image, verbose=0) for image in images)), axis=-1)
        told[name] = {"kind": kind, "values": values, "outputs": outputs.ravel().tolist()}
    (FOLDER / "kinds.json").write_text(json.dumps(told))


def small():
    convolutions = [layer for filters in (4, 3)
                    for layer in (layers.Conv2D(filters, 2, activation="relu"), layers.MaxPooling2D(2))]
    return keras.Sequential([keras.Input((28, 28, 1)), *convolutions, layers.GlobalAveragePooling2D(),
                             layers.Dense(5)]), euclidean


def keras_io():
    images = keras.Input((28, 28, 1))
    x = layers.BatchNormalization()(images)
    for filters in (4, 16):
        x = layers.AveragePooling2D(2)(layers.Conv2D(filters, 5, activation="tanh")(x))
    x = layers.Dense(10, activation="tanh")(layers.BatchNormalization()(layers.Flatten()(x)))
    return keras.Model(images, x), lambda a, b: layers.Dense(1, activation="sigmoid")(
        layers.BatchNormalization()(euclidean(a, b)))


def colour():
    images = keras.Input((32, 32, 3))
    x = layers.ReLU()(layers.BatchNormalization()(layers.Conv2D(4, 3)(images)))
    x = layers.Dense(6, activation="tanh")(layers.Flatten()(layers.MaxPooling2D(2)(x)))
    return keras.Model(images, x), lambda a, b: layers.Dense(1, activation="sigmoid")(
        ops.absolute(layers.Subtract()([a, b])))


def adapted():
    images = keras.Input((8, 8, 3))
    normalization = layers.Normalization()
    normalization.adapt(generator.uniform(0, 255, (5, 8, 8, 3)).astype(np.float32))
    model = keras.Model(images, layers.Dense(4)(layers.Flatten()(normalization(images))))
    return model, lambda a, b: ops.sum(ops.absolute(a - b), axis=-1, keepdims=True)


def branches():
    images = keras.Input((16, 12, 3))
    x = layers.BatchNormalization()(images)
    separable, pointwise = layers.SeparableConv2D(4, 1)(x), layers.Conv2D(4, 1)(x)
    x = layers.PReLU()(layers.Add()([separable, pointwise, layers.Conv2D(4, 1)(x)]))
    return keras.Model(images, layers.Dense(5)(layers.Dropout(0.3)(layers.Flatten()(x)))), euclidean


def save_weights():
    for build in (small, keras_io, colour, adapted, branches):
        twin, head = build()
        model = pair_model(twin, head, twin.inputs[0].shape[1:])
        randomize(model)
        name = build.__name__.upper()
        np.concatenate([weight.numpy().astype(np.float32).ravel() for weight in model.weights]).tofile(
            FOLDER / f"{name}.bin")
        model.export(FOLDER / "weights" / f"{name}-export", verbose=False)
        twin.export(FOLDER / "weights" / f"{name}-twin", verbose=False)
        tf.saved_model.save(model, str(FOLDER / "weights" / f"{name}-save"))
        model.compile("adam", "mse")
        model.optimizer.build(model.trainable_variables)
        tf.saved_model.save(model, str(FOLDER / "weights" / f"{name}-compiled"))


save_kinds()
save_weights()
