"""The Keras side of scripts/bench for inference: prints embedded images a second and distances a second as JSON."""

import argparse
import json
import time

from quiet_tensorflow import tf

import keras_reference
import mnist_pairs


def best_seconds(work, repeats):
    """The shortest time of some runs after a first one."""
    work()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def speeds(model, inputs, count, batch_sizes, repeats):
    """By batch size, how many of `count` inputs a second a model predicts."""
    return {size: count / best_seconds(lambda: model.predict(inputs, batch_size=size, verbose=0), repeats)
            for size in batch_sizes}


def add_embedding_options(parser):
    parser.add_argument("--repeats", type=int, required=True, metavar="N", help="of which the best counts")
    parser.add_argument("--embed", type=int, nargs="+", required=True, metavar="N", help="batch sizes")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    mnist_pairs.add_data_option(parser)
    keras_reference.add_machine_options(parser)
    parser.add_argument("--pairs", metavar="DIR", required=True, help="train.npy, validation.npy and test.npy")
    add_embedding_options(parser)
    parser.add_argument("--distances", type=int, nargs="*", default=[], metavar="N", help="batch sizes")
    arguments = parser.parse_args()
    keras_reference.apply_machine_options(arguments)

    parts = mnist_pairs.load_parts(arguments.data_dir)
    test, pairs = parts["test"], mnist_pairs.load_all_pairs(arguments.pairs, parts)["test"]
    twin = keras_reference.build_twin()
    siamese = keras_reference.build_siamese(twin)

    images = mnist_pairs.as_floats(test.images)
    embed = speeds(twin, images, len(images), arguments.embed, arguments.repeats)
    distances = {}
    if arguments.distances:
        inputs, labels = mnist_pairs.pair_arrays(test, pairs)
        distances = speeds(siamese, inputs, len(labels), arguments.distances, arguments.repeats)
    print(json.dumps({"embed": embed, "distances": distances}))


if __name__ == "__main__":
    main()
