"""The Keras side of scripts/bench for inference: prints embedded images a second and distances a second as JSON."""

import json
import sys
import time

from quiet_tensorflow import tf

import keras

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


def main(data_dir, pairs_dir, threads, repeats, *batch_sizes):
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)
    parts = mnist_pairs.load_parts(data_dir)
    pairs = mnist_pairs.load_all_pairs(pairs_dir, parts)
    images = parts["test"].images[..., None].astype("float32") / 255
    twin = keras_reference.build_twin()
    siamese = keras_reference.build_siamese(twin)

    embed = {size: best_seconds(lambda: twin.predict(images, batch_size=size, verbose=0), repeats)
             for size in batch_sizes}
    inputs, labels = mnist_pairs.pair_arrays(parts["test"], pairs["test"])
    fastest = min(embed, key=embed.get)
    distances = best_seconds(lambda: siamese.predict(inputs, batch_size=fastest, verbose=0), repeats)
    print(json.dumps({
        "batch_256": len(images) / embed[256],
        "best": len(images) / embed[fastest],
        "best_size": fastest,
        "distances": len(labels) / distances,
    }))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
