"""Models as others make them with Keras, and what Keras says of two pictures.

usage: foreign_models.py GROUP FOLDER

GROUP is one of the functions at the end. FOLDER holds the two pictures as bytes in 28x28x1.bin and 32x32x3.bin; the
models are put beside them, and into answers.json what Keras says of each: of the first picture with itself and with the
second, and where it tells them, the embeddings of both.
"""

import json
import sys
from pathlib import Path

from quiet_tensorflow import tf

import keras
import numpy as np
from keras import layers, ops

import keras_reference

GROUP, FOLDER = sys.argv[1], Path(sys.argv[2])
GREY, COLOUR = (28, 28, 1), (32, 32, 3)
PICTURES = {shape: np.fromfile(FOLDER / "{}x{}x{}.bin".format(*shape), np.uint8).reshape(-1, *shape).astype("float32")
            for shape in (GREY, COLOUR)}
generator = np.random.default_rng(3)
answers = {}


def twin(*first, shape=GREY, rates=(0.0, 0.0, 0.0)):
    images = x = keras.Input(shape, name="pictures")
    for layer in first:
        x = layer(x)
    for filters, rate in zip((6, 8, 8), rates):
        x = layers.MaxPooling2D()(layers.Conv2D(filters, 2, activation="relu")(x))
        x = layers.Dropout(rate)(x)
    return keras.Model(images, layers.Dense(6)(layers.Flatten()(x)), name="twin")


def euclid(a, b):
    return ops.sqrt(ops.maximum(ops.sum(ops.square(a - b), axis=1, keepdims=True), 1e-7))


def siamese(embed, head=euclid, shape=GREY):
    a, b = keras.Input(shape, name="left"), keras.Input(shape, name="right")
    return keras.Model([a, b], head(embed(a), embed(b)))


def random(model, scale=0.4):
    """Weights that no initializer gives."""
    for variable in model.weights:
        if variable.dtype == "float32":
            positive = generator.uniform(0.5, 1.5, variable.shape)
            variable.assign(positive if "variance" in variable.path else generator.normal(0, scale, variable.shape))
    return model


def answer(name, model, values=1 / 255):
    """Notes what Keras says of the pictures, whose bytes are to be multiplied by this."""
    shape = model.input_shape if isinstance(model.input_shape, tuple) else model.input_shape[0]
    first, second = PICTURES[shape[1:]][:, None] * values
    if isinstance(model.input_shape, tuple):
        one, other = (np.float64(model.predict(image, verbose=0)) for image in (first, second))
        answers[name] = {"same": 0.0, "different": float(np.linalg.norm(one - other)),
                         "embeddings": [*one.tolist(), *other.tolist()]}
        return
    same, different = (float(model.predict([first, image], verbose=0)[0, 0]) for image in (first, second))
    answers[name] = {"same": same, "different": different}


def save(name, model, export=True, **values):
    model.save(FOLDER / f"{name}.keras")
    if export:
        model.export(FOLDER / name, verbose=False)
    answer(name, model, **values)


def heads():
    """Other distances, and similarities."""
    def cosine(a, b):
        return layers.Dot(1, normalize=True)([a, b])

    def sigmoid(a, b):
        return layers.Dense(1, activation="sigmoid", name="head")(ops.abs(a - b))

    unit = layers.UnitNormalization()
    for name, head in {
        "euclidean": euclid,
        "cosine": lambda a, b: 1 - cosine(a, b),
        "manhattan": lambda a, b: ops.sum(ops.abs(a - b), axis=1, keepdims=True),
        "squared": lambda a, b: ops.sum(ops.square(layers.Subtract()([a, b])), axis=1, keepdims=True),
        "unit": lambda a, b: euclid(unit(a), unit(b)),
        "tanh": lambda a, b: euclid(ops.tanh(a), ops.tanh(b)),
        "scaled": lambda a, b: 10 * euclid(a, b),
        "small": lambda a, b: 0.05 * euclid(a, b),
        "sigmoid": sigmoid,
        "alike": cosine,
        "inverse": lambda a, b: 1 / (1 + euclid(a, b)),
    }.items():
        model = random(siamese(twin(), head))
        if name == "sigmoid":
            model.get_layer("head").set_weights([np.full((6, 1), -1, "float32"), np.ones(1, "float32") * 2])
        save(name, model)
    for name, function in {
        "lambda_manhattan": lambda pair: ops.sum(ops.abs(pair[0] - pair[1]), axis=1, keepdims=True),
        "lambda_euclidean": lambda pair: euclid(*pair),
    }.items():
        model = random(siamese(twin(), lambda a, b: layers.Lambda(function, output_shape=(1,))([a, b])))
        save(name, model)
    save("colour", random(siamese(twin(shape=COLOUR), shape=COLOUR)))
    save("twin", random(twin()))
    collapsed = random(siamese(twin()), 1e-3)
    save("collapsed", collapsed, export=False)


def scales():
    """Models that rescale pixels themselves."""
    for name, layer in {"by255": layers.Rescaling(1 / 255), "by127": layers.Rescaling(1 / 127.5, offset=-1)}.items():
        save(name, random(siamese(twin(layer))), values=1)
        save(f"{name}_twin", random(twin(layer)), values=1)
    save("doubled", random(siamese(twin(layers.Rescaling(2.0, offset=-1)))))


def optimizers():
    """What compile and fit leave in a file."""
    images = generator.random((2, 24, *GREY), np.float32)
    labels = np.arange(24, dtype=np.float32).reshape(-1, 1) % 2
    for name, optimizer in {
        "compiled": keras.optimizers.Adam(0.002),
        "compiled_by_name": "adam",
        "adam": keras.optimizers.Adam(0.004, beta_1=0.7, epsilon=1e-5),
        "frozen": keras.optimizers.Adam(0.004),
        "amsgrad": keras.optimizers.Adam(amsgrad=True),
        "average": keras.optimizers.Adam(use_ema=True),
        "rmsprop": keras.optimizers.RMSprop(),
        "sgd": keras.optimizers.SGD(momentum=0.9),
    }.items():
        embed = random(twin())
        if name == "frozen":
            embed.layers[1].trainable = False
        model = siamese(embed)
        loss = "mse" if name == "sgd" else keras_reference.contrastive_loss()
        model.compile(optimizer, loss=loss)
        if not name.startswith("compiled"):
            model.fit(list(images), labels, batch_size=8, verbose=0)
        model.save_weights(FOLDER / f"{name}.weights.h5")
        save(name, model, export=False)
    for policy in ("mixed_bfloat16", "mixed_float16"):
        keras.config.set_dtype_policy(policy)
        model = random(siamese(twin()))
        model.compile("adam", loss="mse", metrics=["mae"])
        model.fit(list(images), labels, batch_size=8, verbose=0)
        model.save(FOLDER / f"{policy}.keras")
    keras.config.set_dtype_policy("float32")


def structures():
    """One network written in several ways."""
    save("rates", random(siamese(twin(rates=(0.1, 0.2, 0.6)))))
    convolutions = [layers.Conv2D(filters, 2, activation="relu") for filters in (6, 8, 8)]
    flatten, dense = layers.Flatten(), layers.Dense(6)

    def flat(x):
        for convolution in convolutions:
            x = layers.MaxPooling2D()(convolution(x))
        return dense(flatten(x))
    save("flat", random(siamese(flat)))

    def relu_layers(x):
        for filters in (6, 8, 8):
            x = layers.MaxPooling2D()(layers.ReLU()(layers.Conv2D(filters, 2)(x)))
        return layers.Dense(6)(layers.Flatten()(x))
    images = keras.Input(GREY)
    save("relu_layers", random(siamese(keras.Model(images, relu_layers(images)))))

    pool = layers.MaxPooling2D()

    def shared_pool(x):
        for filters in (6, 8, 8):
            x = pool(layers.Conv2D(filters, 2, activation="relu")(x))
        return layers.Dense(6)(layers.Flatten()(x))
    images = keras.Input(GREY)
    save("shared_pool", random(siamese(keras.Model(images, shared_pool(images)))))
    save("augmented", random(siamese(twin(layers.RandomFlip("horizontal"), layers.RandomRotation(0.1)))))

    @keras.saving.register_keras_serializable()
    class Twins(keras.Model):
        def __init__(self, **settings):
            super().__init__(**settings)
            self.embed = twin()

        def call(self, pair):
            return euclid(self.embed(pair[0]), self.embed(pair[1]))
    model = Twins()
    pair = [keras.Input(GREY, name="left"), keras.Input(GREY, name="right")]
    model(pair)
    random(model)
    model.save(FOLDER / "subclassed.keras")
    functional = keras.Model(pair, model(pair))
    functional.export(FOLDER / "subclassed", verbose=False)
    (FOLDER / "subclassed.json").write_text(siamese(twin()).to_json())
    answer("subclassed", functional)


def networks():
    """What to_json() says of networks to be trained."""
    embed = keras.Sequential([
        keras.Input(COLOUR), layers.RandomFlip("horizontal"), layers.Rescaling(1 / 255), layers.Conv2D(6, 3),
        layers.BatchNormalization(), layers.ReLU(), layers.MaxPooling2D(3), layers.Flatten(), layers.Dense(8)])
    (FOLDER / "twin.json").write_text(embed.to_json())
    head = layers.Dense(1, activation="sigmoid")
    model = siamese(twin(rates=(0.0, 0.3, 0.0)), lambda a, b: head(layers.Subtract()([a, b]) ** 2))
    (FOLDER / "siamese.json").write_text(model.to_json())
    unbounded = siamese(twin(), lambda a, b: layers.Dense(1)(ops.abs(a - b)))
    (FOLDER / "unbounded.json").write_text(unbounded.to_json())


{make.__name__: make for make in (heads, scales, optimizers, structures, networks)}[GROUP]()
(FOLDER / "answers.json").write_text(json.dumps(answers))
