"""Writes random twins, one a line of JSON: what Keras says of their layers' shapes and of their weights.

A line is {"config": what model.to_json() says, "layers": [[name, output shape without the batch], …],
"weights": [[path, shape, trainable], …]}.
"""

import argparse
import json
from pathlib import Path

from quiet_tensorflow import tf

import keras
import numpy as np

import random_layers
from model_structure import layer_shapes


def build(generator):
    """A chain with side branches from an image to an embedding; one in six is a Sequential model."""
    height, width = (int(size) for size in generator.integers(8, 41, 2))
    images = keras.Input((height, width, int(generator.choice((1, 3)))), name="images")
    if generator.random() < 1 / 6:
        return build_sequential(generator, images)
    x = images
    for _ in range(generator.integers(2, 9)):
        x = random_layers.extend_image(generator, x)
    x = random_layers.vector_from_image(generator, x)(x)
    for _ in range(generator.integers(0, 4)):
        x = random_layers.extend_vector(generator, x)
    return keras.Model(images, keras.layers.Dense(int(generator.integers(2, 65)), name="embedding")(x))


def build_sequential(generator, images):
    model = keras.Sequential([images])
    kinds = [random_layers.image_layer] * generator.integers(2, 7) + [random_layers.vector_from_image]
    kinds += [random_layers.vector_layer] * generator.integers(1, 4)
    x = images
    for kind in kinds:
        model.add(kind(generator, x))
        x = model.outputs[0]
    return model


def describe(config):
    """Of the model that Keras makes of the configuration: paths of weights depend on how a model was built."""
    keras.backend.clear_session(free_memory=False)
    model = keras.models.model_from_json(config)
    return {
        "config": json.loads(config),
        "layers": layer_shapes(model),
        "weights": [[weight.path, list(weight.shape), weight.trainable] for weight in model.weights],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("seed", type=int, metavar="SEED")
    parser.add_argument("count", type=int, metavar="COUNT")
    arguments = parser.parse_args()
    with arguments.out.open("w") as lines:
        for index in range(arguments.count):
            keras.backend.clear_session(free_memory=False)  # names do not depend on the networks before
            model = build(np.random.default_rng((arguments.seed, index)))
            print(json.dumps(describe(model.to_json())), file=lines)


if __name__ == "__main__":
    main()
