"""Saves SavedModels of others into the folder given as argument: in every form of images, with several signatures, other
tags, and without variables. models.json tells, by name, what TensorFlow says with them of the images pixels.bin
(6, 28, 28), uint8: embeddings, and outputs of image i with image 5 - i.
"""

import json
import sys
from pathlib import Path

from quiet_tensorflow import tf

import keras
import numpy as np
from keras import layers, ops

v1 = tf.compat.v1
FOLDER = Path(sys.argv[1])
COUNT = 6
generator = np.random.default_rng(5)
keras.utils.set_random_seed(5)
PIXELS = generator.integers(0, 256, (COUNT, 28, 28), dtype=np.uint8)
for number, picture in enumerate(PIXELS):
    picture[:4 * number] = 0
PIXELS.tofile(FOLDER / "pixels.bin")
IMAGES = (PIXELS / np.float32(255))[..., None]
models = {}


def twin(first=()):
    """From (n, 28, 28, 1), after the first layers, to (n, 7)."""
    return keras.Sequential([
        *first, layers.Conv2D(4, 3, activation="relu"), layers.MaxPooling2D(4), layers.Flatten(), layers.Dense(7)])


def built(model):
    model(IMAGES)
    for weight in model.weights:
        weight.assign(generator.normal(0, 0.3, weight.shape))
    return model


EMBED = built(twin())
WEIGHTS = [weight.numpy() for weight in EMBED.weights]
EMBEDDINGS = EMBED(IMAGES).numpy()


def note(name, embeddings=EMBEDDINGS, outputs=None):
    """What is to be found; a twin alone is compared by the Euclidean distance."""
    embeddings = np.float64(embeddings) if embeddings is not None else None
    if outputs is None:
        outputs = np.linalg.norm(embeddings - embeddings[::-1], axis=1)
    models[name] = {"embeddings": None if embeddings is None else embeddings.tolist(),
                    "outputs": np.ravel(np.float64(outputs)).tolist()}


def export(name, inputs, images, first=()):
    """By Keras: inputs through the first layers, or a function of them, and the twin."""
    x = inputs
    for layer in first:
        x = layer(x)
    model = keras.Model(inputs, EMBED(x))
    model.export(FOLDER / name, verbose=False)
    note(name, np.concatenate([model.predict(images[i:i + 1], verbose=0) for i in range(COUNT)]))


def save(name, function, *specs, **signatures):
    """By TensorFlow: a module with a function of these inputs."""
    module = tf.Module()
    module.embed = EMBED
    module.serve = tf.function(function, input_signature=specs)
    tf.saved_model.save(module, FOLDER / name, signatures=signatures or module.serve)


def images_of_every_form():
    reshape = layers.Reshape((28, 28, 1))
    export("rank3", keras.Input((28, 28)), IMAGES[..., 0], [reshape])
    export("flat", keras.Input((784,)), IMAGES.reshape(-1, 784), [reshape])
    export("bytes", keras.Input((28, 28, 1), dtype="uint8"), PIXELS[..., None], [layers.Rescaling(1 / 255.)])
    export("double", keras.Input((28, 28, 1), dtype="float64"), IMAGES, [lambda x: ops.cast(x, "float32")])
    export("half", keras.Input((28, 28, 1), dtype="float16"), IMAGES.astype(np.float16),
           [lambda x: ops.cast(x, "float32")])
    export("channels_first", keras.Input((1, 28, 28)), IMAGES.transpose(0, 3, 1, 2), [layers.Permute((2, 3, 1))])
    export("any_size", keras.Input((None, None, 1)), IMAGES, [lambda x: x[:, :28, :28]])
    for batch in (1, 4):
        save(f"batch{batch}", lambda x: {"e": EMBED(x)}, tf.TensorSpec((batch, 28, 28, 1)))
        note(f"batch{batch}")
    save("pairs_of_4", lambda a, b: tf.norm(EMBED(a) - EMBED(b), axis=1), *2 * [tf.TensorSpec((4, 28, 28))])
    note("pairs_of_4", None, np.linalg.norm(EMBEDDINGS - EMBEDDINGS[::-1], axis=1))
    save("single", lambda x: EMBED(x[None])[0], tf.TensorSpec((28, 28, 1)))
    note("single")
    save("single_pairs", lambda a, b: tf.norm(EMBED(a[None]) - EMBED(b[None])), *2 * [tf.TensorSpec((28, 28, 1))])
    note("single_pairs", None, np.linalg.norm(EMBEDDINGS - EMBEDDINGS[::-1], axis=1))
    save("no_rank", lambda x: EMBED(tf.reshape(x, (-1, 28, 28, 1))), tf.TensorSpec(None))
    note("no_rank")
    save("integers", lambda a, b: {"likeness": tf.cast(tf.exp(-tf.norm(
        EMBED(tf.cast(a, tf.float32) / 255) - EMBED(tf.cast(b, tf.float32) / 255), axis=1)), tf.float64)},
        *2 * [tf.TensorSpec((None, 28, 28), tf.int32)])
    note("integers", None, np.exp(-np.linalg.norm(EMBEDDINGS - EMBEDDINGS[::-1], axis=1)))
    save("centred", lambda x: EMBED((x + 1) / 2), tf.TensorSpec((None, 28, 28, 1)))
    note("centred")
    save("strings", lambda x: EMBED(tf.map_fn(lambda s: tf.cast(tf.image.decode_png(s), tf.float32), x,
                                              fn_output_signature=tf.float32)), tf.TensorSpec((None,), tf.string))


def several_signatures():
    image = tf.TensorSpec((None, 28, 28, 1))

    @tf.function(input_signature=[image])
    def encode(x):
        return {"e": EMBED(x)}

    @tf.function(input_signature=[image])
    def pixels(x):
        return {"p": tf.reshape(x, (-1, 784))}

    @tf.function(input_signature=[image])
    def both(x):
        return {"features": EMBED(x), "logits": EMBED(x)[:, :3]}

    @tf.function(input_signature=[image, image])
    def euclidean(a, b):
        return {"d": tf.norm(EMBED(a) - EMBED(b), axis=1, keepdims=True)}

    @tf.function(input_signature=[image, image])
    def cosine(a, b):
        return {"d": 1 + keras.losses.cosine_similarity(EMBED(a), EMBED(b))}
    distances = np.linalg.norm(EMBEDDINGS - EMBEDDINGS[::-1], axis=1)
    for name, signatures in {
        "fitting": dict(encode=encode, pairs=euclidean, a_pixels=pixels),
        "unfitting": dict(serving_default=euclidean, a_pixels=pixels),
        "twice": dict(serving_default=euclidean, again=euclidean, encode=encode),
        "two": dict(euclidean=euclidean, cosine=cosine, encode=encode),
        "default": dict(serving_default=euclidean, cosine=cosine, encode=encode),
        "outputs": dict(encode=both),
        "embeddings": dict(encode=encode, pixels=pixels),
        "none": None,
    }.items():
        module = tf.Module()
        module.embed = EMBED
        module.functions = [encode, pixels, both, euclidean, cosine]
        tf.saved_model.save(module, FOLDER / name, signatures=signatures)
        note(name, EMBEDDINGS, distances)
    noise = keras.Sequential([keras.Input((28, 28, 1)), layers.RandomRotation(0.5), EMBED])
    noise.export(FOLDER / "random", verbose=False)


def tensorflow_1():
    def write(name, tags, variable):
        with v1.Graph().as_default(), v1.Session() as session:
            images = v1.placeholder(tf.float32, (None, 28, 28, 1), "images")
            kernel, bias, dense, offset = (variable(f"v{i}", weight) for i, weight in enumerate(WEIGHTS))
            x = tf.nn.max_pool2d(tf.nn.relu(tf.nn.conv2d(images, kernel, 1, "VALID") + bias), 4, 4, "VALID")
            embeddings = tf.matmul(tf.reshape(x, (-1, 144)), dense) + offset
            session.run(v1.global_variables_initializer())
            builder = v1.saved_model.Builder(str(FOLDER / name))
            signature = v1.saved_model.predict_signature_def({"images": images}, {"embedding": embeddings})
            for i, some in enumerate(tags):
                if i == 0:
                    builder.add_meta_graph_and_variables(session, some, {"serving_default": signature})
                else:
                    builder.add_meta_graph(some, {"serving_default": signature})
            builder.save()
        note(name)
    v1.disable_resource_variables()
    write("v1", [["serve"]], lambda name, value: v1.get_variable(name, initializer=value))
    write("v1_resource", [["serve"]],
          lambda name, value: v1.get_variable(name, initializer=value, use_resource=True))
    write("v1_frozen", [["serve"]], lambda name, value: v1.constant(value))
    write("v1_mine", [["mine"]], lambda name, value: v1.get_variable(name, initializer=value))
    write("v1_graphs", [["train"], ["serve", "gpu"]],
          lambda name, value: v1.get_variable(name, initializer=value))


images_of_every_form()
several_signatures()
tensorflow_1()
(FOLDER / "models.json").write_text(json.dumps(models))
