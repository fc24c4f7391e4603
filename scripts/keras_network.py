"""The Keras side of scripts/bench --network: trains a siamese model of a .keras file on the images and pairs that
Benchmark.java has written, or embeds with its twin and prints the images a second as JSON.
"""

import argparse
import json
from pathlib import Path

import keras_reference  # first, as it quietens TensorFlow
import keras
import numpy as np

import keras_inference
import mnist_pairs

LOSSES = {  # and what counts as correct, by what the model says of a pair
    "distance": lambda: (keras_reference.contrastive_loss(), keras_reference.accuracy),
    "similarity": lambda: (keras.losses.BinaryCrossentropy(), keras.metrics.BinaryAccuracy(name="accuracy")),
}


def load_parts(folder, image_shape):
    """Returns {part: LabeledImages} of the images (n, height, width, channels)."""
    return {part: mnist_pairs.LabeledImages(
                np.fromfile(folder / f"{part}.images", np.uint8).reshape(-1, *image_shape),
                np.fromfile(folder / f"{part}.labels", np.uint8))
            for part in mnist_pairs.PARTS}


def train(model, parts, arguments):
    pairs = mnist_pairs.load_all_pairs(arguments.images, parts)
    loss, accuracy = LOSSES[arguments.output]()
    history, stopwatch = keras_reference.train(model, parts, pairs, arguments.epochs, arguments.batch_size, loss,
                                               accuracy)
    keras_reference.write_json(arguments.json, keras_reference.measured(history, stopwatch))


def embed(model, images, arguments):
    twin = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    speeds = keras_inference.speeds(twin, mnist_pairs.as_floats(images), len(images), arguments.embed,
                                    arguments.repeats)
    print(json.dumps({"embed": speeds}))


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    tasks = parser.add_subparsers(dest="task", required=True)
    training, embedding = tasks.add_parser("train"), tasks.add_parser("embed")
    for task in (training, embedding):
        task.add_argument("--model", type=Path, required=True, metavar="FILE", help="a .keras file without a Lambda")
        task.add_argument("--images", type=Path, required=True, metavar="DIR", help="what Benchmark.java has written")
        keras_reference.add_machine_options(task)
    training.add_argument("--output", choices=LOSSES, required=True, help="what the model says of a pair")
    keras_reference.add_training_options(training)
    keras_inference.add_embedding_options(embedding)
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    keras_reference.apply_machine_options(arguments)
    model = keras.models.load_model(arguments.model, compile=False, safe_mode=True)
    parts = load_parts(arguments.images, model.input_shape[0][1:])
    if arguments.task == "train":
        train(model, parts, arguments)
    else:
        embed(model, parts["train"].images, arguments)


if __name__ == "__main__":
    main()
