"""Measures siamese against the same program in Keras on this machine: in turns, on the same MNIST pairs, with the
same batch size, precision and number of threads. Prints, for each figure, the medians and the bests of both and the
median of the ratios of one round, ours against Keras's.

A full run takes two hours, as whole runs of 5 epochs are part of each round; --quick takes less than five minutes.
--network NAME,… measures other networks than the reference, each trained by both programs on the same synthetic digits
at its size: half an hour for all of them, a third of that with --quick.
--images measures how pictures are read, and how a folder of them becomes embeddings, in four minutes.
--losses compares, without Keras, what this program's losses and miners teach on full MNIST, in 15 to 30 minutes; with
unseen on digits that training did not see, and on digits in another hand; with speed it measures what mining and
augmentation cost, and how fast triplets and views are learned from beside Keras.
--growth FILE measures something else: how the time of an epoch grows with the number of images, from 3 000 to 48 000.
"""

import argparse
import json
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

import benchmark_images
import benchmark_loss_speed
import benchmark_losses
import benchmark_networks
import mnist_pairs
from benchmark_figures import Figure, print_machine, print_table
from benchmark_programs import Bench, Training, answer, cores, processor

LIMIT = 6000  # training images, where speed alone is measured
QUICK_LIMIT = 1500
EPOCHS = 3  # there; the first one does not count
QUICK_EPOCHS = 2
ROUNDS = 5
QUICK_ROUNDS = 2
REPEATS = 5  # of inference in one process, of which the best counts
QUICK_REPEATS = 1
BATCH_SIZES = (32, 64, 256, 1024, 4096)  # in which Keras embeds; ours cuts what it is given into batches of its own
QUICK_BATCH_SIZES = (256, 1024)
GROWTH_LIMITS = (3000, 12000, 48000)

# What an image's embedding depends on, in multiplications: the outputs of each layer within the receptive field, times
# its inputs. With the additions that is twice as much, and as much again for each gradient; images need none.
LAYERS = {"conv2d": 22 * 22 * 128 * 4, "conv2d_1": 10 * 10 * 128 * 4 * 128, "conv2d_2": 4 * 4 * 64 * 4 * 128,
          "dense": 64 * 128}
OPERATIONS_PER_PAIR = 2 * sum(2 * count * (2 if name == "conv2d" else 3) for name, count in LAYERS.items())
# Our program does the second convolution with 9 multiplications for 16 (WinogradConvolution).
OPERATIONS_LEFT = OPERATIONS_PER_PAIR - 2 * 2 * 3 * LAYERS["conv2d_1"] * 7 // 16


def figures_to_measure(limit, quick):
    figures = {
        "train": Figure(f"training, float32, {limit} images", "pairs/s", 2.2, True),
        "train16": Figure(f"training, bfloat16, {limit} images", "pairs/s", 2.2, True),
        "train16_32": Figure("training, bfloat16 against Keras's float32", "pairs/s", 3.0, True),
        "epoch": Figure("an epoch with its validation" + (f", {limit} images" if quick else ""), "s", 0.42, False),
        "embed": Figure("embedding 10 000 images, 256 at a time", "images/s", 2.0, True),
        "embed_best": Figure("embedding 10 000 images, at the best of each", "images/s", 1.6, True),
        # Without a goal: the one for bfloat16 is against float32.
        "embed16": Figure("embedding, bfloat16, 256 at a time", "images/s", None, True),
        "embed16_32": Figure("embedding, bfloat16 against Keras's float32", "images/s", 2.4, True),
        "distances": Figure("distances of 20 000 test pairs", "pairs/s", 5.0, True),
        "start": Figure("start to first training step", "s", 0.5, False),
    }
    if not quick:  # the peak of a short run says nothing of a whole one
        figures["memory"] = Figure("peak memory of a run of 5 epochs", "MB", 0.33, False)
    return figures


def measure(bench, rounds, quick, keep):
    """Measures all figures; gives `keep` what is known after each round, so that a failure loses no more than one."""
    limit = QUICK_LIMIT if quick else LIMIT
    repeats = QUICK_REPEATS if quick else REPEATS
    figures = figures_to_measure(limit, quick)
    products, shares = [], []

    print("warm-up …", file=sys.stderr)
    bench.train_ours(Training("bfloat16", limit=QUICK_LIMIT))
    versions = bench.train_keras(Training("bfloat16", limit=QUICK_LIMIT))["versions"]
    best = best_of_each(bench, quick)
    for round_ in range(rounds):
        print(f"round {round_ + 1} of {rounds} …", file=sys.stderr)
        speed = measure_training(bench, figures, limit, quick)
        products.append(bench.matrix_product())
        shares.append(speed * OPERATIONS_PER_PAIR / (products[-1] * 1e9))
        measure_inference(bench, figures, best, repeats)
        measured = {
            "keras_versions": versions,
            "figures": [figure.result() for figure in figures.values()],
            "matrix_product": matrix_product(products, shares),
            "best_of_each": best,
        }
        keep(measured)
    return measured


def measure_training(bench, figures, limit, quick):
    """Adds a round to the figures of training; returns our pairs a second in float32."""
    float32, bfloat16 = (Training(precision, QUICK_EPOCHS if quick else EPOCHS, limit)
                         for precision in ("float32", "bfloat16"))
    ours, keras = bench.train_ours(float32), bench.train_keras(float32)
    ours16, keras16 = bench.train_ours(bfloat16), bench.train_keras(bfloat16)
    figures["train"].add(ours["samples_per_second"], keras["samples_per_second"])
    figures["train16"].add(ours16["samples_per_second"], keras16["samples_per_second"])
    figures["train16_32"].add(ours16["samples_per_second"], keras["samples_per_second"])
    speed = ours["samples_per_second"]
    if not quick:
        whole = Training(epochs=5)
        ours, keras = bench.train_ours(whole), bench.train_keras(whole)
        figures["memory"].add(ours["memory"], keras["memory"])
    figures["epoch"].add(ours["seconds"], keras["seconds"])
    figures["start"].add(ours["first_step"], keras["first_step"])
    return speed


def measure_inference(bench, figures, best, repeats):
    """Adds a round to the figures of embeddings and distances."""
    threads = bench.threads
    ours_fastest, keras_fastest = best["ours"]["threads"], best["keras"]["threads"]
    embed, distances = {256, best["keras"]["batch"]}, best["keras"]["batch_of_distances"]
    ours = {n: bench.infer_ours("float32", n, repeats) for n in {threads, ours_fastest}}
    keras = {n: bench.infer_keras("float32", n, repeats, embed, [distances] if n == threads else ())
             for n in {threads, keras_fastest}}
    ours16 = bench.infer_ours("bfloat16", threads, repeats)
    keras16 = bench.infer_keras("bfloat16", threads, repeats, [256])
    figures["embed"].add(ours[threads]["by_256"], keras[threads]["embed"][256])
    figures["embed_best"].add(ours[ours_fastest]["best"], max(keras[keras_fastest]["embed"].values()))
    figures["embed16"].add(ours16["by_256"], keras16["embed"][256])
    figures["embed16_32"].add(ours16["by_256"], keras[threads]["embed"][256])
    figures["distances"].add(ours[threads]["distances"], keras[threads]["distances"][distances])


def matrix_product(products, shares):
    """What this machine reaches in a product of float32 matrices, and which share of it training does."""
    share = statistics.median(shares)
    return {"gigaflops": statistics.median(products), "share": share,
            "share_of_operations_left": share * OPERATIONS_LEFT / OPERATIONS_PER_PAIR, "goal": 0.52,
            "rounds": {"gigaflops": products, "share": shares}}


def best_of_each(bench, quick):
    """The numbers of threads and the batch sizes with which the programs are fastest at inference."""
    threads = bench.threads
    tried = {threads} if quick else {1, threads}
    sizes = QUICK_BATCH_SIZES if quick else BATCH_SIZES
    ours = {n: bench.infer_ours("float32", n, QUICK_REPEATS)["best"] for n in tried}
    keras = {n: bench.infer_keras("float32", n, QUICK_REPEATS, sizes, sizes if n == threads else ()) for n in tried}
    keras_fastest = max(tried, key=lambda n: max(keras[n]["embed"].values()))
    return {"ours": {"threads": fastest(ours)},
            "keras": {"threads": keras_fastest, "batch": fastest(keras[keras_fastest]["embed"]),
                      "batch_of_distances": fastest(keras[threads]["distances"])}}


def fastest(speeds):
    """The key of the greatest speed."""
    return max(speeds, key=speeds.get)


def measure_growth(bench, rounds):
    """Seconds of an epoch, the first one left out, by number of images: the median of the rounds."""
    seconds = {limit: [] for limit in GROWTH_LIMITS}
    for round_ in range(rounds):
        print(f"round {round_ + 1} of {rounds} …", file=sys.stderr)
        for limit in GROWTH_LIMITS:
            seconds[limit].append(bench.train_ours(Training(limit=limit, data="synthetic"))["seconds"])
    return {limit: statistics.median(measured) for limit, measured in seconds.items()}


def print_growth(seconds):
    (smallest, shortest), *_ = seconds.items()
    print("images  seconds  images × seconds of the smallest")
    for limit, measured in seconds.items():
        print(f"{limit:6}  {measured:7.2f}  {measured / shortest / (limit / smallest):5.3f}")


def print_matrix_product(product):
    print(f"training, float32: as fast as {product['share']:.2f} of this machine's matrix product of "
          f"{product['gigaflops']:.0f} GFLOP/s (goal ≥ {product['goal']}) if the operations of the network's "
          f"layers are counted; {product['share_of_operations_left']:.2f}, counting those left by Winograd's filtering")


def print_best(best):
    ours, keras = best["ours"], best["keras"]
    print(f"best of each: threads {ours['threads']} here; threads {keras['threads']}, batch {keras['batch']} in Keras, "
          f"and batch {keras['batch_of_distances']} for its distances")


def default_rounds(arguments):
    if arguments.images:
        return benchmark_images.ROUNDS
    if arguments.losses in benchmark_losses.COMPARISONS:
        return 1
    if arguments.networks:
        rounds, quick_rounds = benchmark_networks.ROUNDS, benchmark_networks.QUICK_ROUNDS
    elif arguments.losses:
        rounds, quick_rounds = benchmark_loss_speed.ROUNDS, benchmark_loss_speed.QUICK_ROUNDS
    else:
        rounds, quick_rounds = ROUNDS, QUICK_ROUNDS
    return quick_rounds if arguments.quick else rounds


def parse_arguments():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    mnist_pairs.add_data_option(parser)
    parser.add_argument("--rounds", type=int, metavar="N",
                        help=f"default: {ROUNDS}, with --quick {QUICK_ROUNDS}; of networks "
                             f"{benchmark_networks.ROUNDS} and {benchmark_networks.QUICK_ROUNDS}; of losses' speed "
                             f"{benchmark_loss_speed.ROUNDS} and {benchmark_loss_speed.QUICK_ROUNDS}")
    parser.add_argument("--threads", type=int, default=cores(), metavar="N", help="of each program; default: all")
    parser.add_argument("--quick", action="store_true", help=f"few rounds on {QUICK_LIMIT} training images")
    parser.add_argument("--network", metavar="NAME,…", dest="networks",
                        help=f"measure these networks, or all: {', '.join(benchmark_networks.NETWORKS)}")
    parser.add_argument("--images", action="store_true", help="measure how fast picture files are read and embedded")
    parser.add_argument("--losses", nargs="?", const="table", choices=(*benchmark_losses.COMPARISONS, "speed"),
                        help="compare losses and miners: in a table of MNIST's test set, which is the default, by "
                             "digits that training did not see, or by their speed")
    parser.add_argument("--growth", type=Path, metavar="FILE",
                        help="measure epochs on 3 000, 12 000 and 48 000 synthetic digits and draw them into this PNG")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here, after each round")
    arguments = parser.parse_args()
    modes = [f"--{mode}" for mode, given in (("network", arguments.networks), ("images", arguments.images),
                                             ("losses", arguments.losses), ("growth", arguments.growth)) if given]
    if len(modes) > 1:
        parser.error(f"expected one of --network, --images, --losses and --growth, found {' and '.join(modes)}")
    if arguments.quick and (arguments.images or arguments.growth):
        parser.error(f"expected no --quick with {modes[0]}, found it")
    if arguments.losses in benchmark_losses.COMPARISONS and arguments.rounds is not None:
        parser.error(f"expected no --rounds with --losses {arguments.losses}, where each is trained once, found it")
    if not arguments.data_dir and not arguments.growth and not arguments.networks and not arguments.images:
        parser.error("expected the folder of the MNIST files in --data-dir or SIAMESE_DATA_DIR, found neither "
                     "(siamese train keeps what it downloads in ~/.cache/siamese/mnist)")
    if arguments.networks is not None:
        try:
            arguments.networks = benchmark_networks.chosen(arguments.networks)
        except ValueError as error:
            parser.error(f"{error} in --network")
    if arguments.rounds is None:
        arguments.rounds = default_rounds(arguments)
    for option in ("rounds", "threads"):
        if getattr(arguments, option) < 1:
            parser.error(f"expected at least 1 in --{option}, found {getattr(arguments, option)}")
    for file in filter(None, (arguments.growth, arguments.json)):
        if not file.resolve().parent.is_dir():
            parser.error(f"expected a folder to write {file.name} to, found none: {file.resolve().parent}")
    return arguments


def main():
    arguments = parse_arguments()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(arguments, Path(folder))
        machine = {"processor": processor(), "threads": arguments.threads, "date": time.strftime("%Y-%m-%d"),
                   "system": platform.platform(), "python": platform.python_version(),
                   **answer(bench.java("versions"))}

        def keep(measured):
            if arguments.json:
                known = {"machine": machine, "quick": arguments.quick, **measured}
                arguments.json.write_text(json.dumps(known, indent=2) + "\n")

        if arguments.growth:
            seconds = measure_growth(bench, arguments.rounds)
            keep({"seconds_by_images": seconds})
            print_machine(machine, arguments)
            print_growth(seconds)
            bench.java("growth", arguments.growth.resolve(), *(f"{n}:{taken}" for n, taken in seconds.items()))
        elif arguments.losses == "speed":
            measured = benchmark_loss_speed.measure(bench, arguments.rounds, arguments.quick, keep)
            print_machine({**machine, **measured["keras_versions"]}, arguments)
            print_table(measured["costs"], benchmark_loss_speed.COST_SIDES)
            print_table(measured["figures"])
        elif arguments.losses:
            print_machine(machine, arguments)
            benchmark_losses.measure(bench, arguments.losses, arguments.quick, keep)
        elif arguments.images:
            measured = benchmark_images.measure(bench, arguments.rounds, keep)
            print_machine({**machine, **measured["keras_versions"]}, arguments)
            print_table(measured["figures"])
        elif arguments.networks:
            measured = benchmark_networks.measure(bench, arguments.networks, arguments.rounds, keep)
            print_machine({**machine, **measured["keras_versions"]}, arguments)
            print_table(measured["figures"])
            benchmark_networks.print_medians(measured["medians"])
        else:
            measured = measure(bench, arguments.rounds, arguments.quick, keep)
            print_machine({**machine, **measured["keras_versions"]}, arguments)
            print_table(measured["figures"])
            print_matrix_product(measured["matrix_product"])
            print_best(measured["best_of_each"])


if __name__ == "__main__":
    main()
