"""Measures siamese against the same program in Keras on this machine: in turns, on the same MNIST pairs, with the
same batch size, precision and number of threads. Prints, for each figure, the medians and the bests of both and the
median of the ratios of one round, ours against Keras's.

A full run takes two hours, as whole runs of 5 epochs are part of each round; --quick takes less than five minutes.
--growth FILE measures something else: how the time of an epoch grows with the number of images, from 3 000 to 48 000.
"""

import argparse
import csv
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import mnist_pairs

PROJECT = Path(__file__).resolve().parent.parent
SCRIPTS = PROJECT / "scripts"
BATCH_SIZE = 64
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


class Figure:
    """What is measured in both programs; `higher` says which way is better, `goal` which ratio is wanted, if any."""

    def __init__(self, title, unit, goal, higher):
        self.title, self.unit, self.goal, self.higher = title, unit, goal, higher
        self.ours, self.keras = [], []

    def add(self, ours, keras):
        self.ours.append(ours)
        self.keras.append(keras)

    def result(self):
        best = max if self.higher else min
        return {
            "figure": self.title, "unit": self.unit, "higher_is_better": self.higher,
            "ours": {"median": statistics.median(self.ours), "best": best(self.ours), "rounds": self.ours},
            "keras": {"median": statistics.median(self.keras), "best": best(self.keras), "rounds": self.keras},
            "ratio": statistics.median(a / b for a, b in zip(self.ours, self.keras)), "goal": self.goal,
        }


class Bench:
    def __init__(self, arguments, folder):
        self.threads = arguments.threads
        self.folder = folder
        self.environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "2", "OMP_NUM_THREADS": str(self.threads)}
        if arguments.data_dir:
            self.environment["SIAMESE_DATA_DIR"] = str(Path(arguments.data_dir).resolve())

    def run(self, command):
        """Runs a command; returns its output, its peak memory in MB, and when each line came, in seconds."""
        started = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], cwd=SCRIPTS, env=self.environment, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        lines = [(time.perf_counter() - started, line.rstrip()) for line in process.stdout]
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            sys.exit(f"{command[0]} failed:\n" + "\n".join(line for _, line in lines[-20:]))
        return lines, usage.ru_maxrss / 1024

    def java(self, *arguments):
        classpath = f"{PROJECT / 'target' / 'siamese.jar'}:{(PROJECT / 'target' / 'classpath').read_text().strip()}"
        java = Path(os.environ["JAVA_HOME"]) / "bin" / "java" if os.environ.get("JAVA_HOME") else "java"
        lines, _ = self.run([java, "--enable-native-access=ALL-UNNAMED", "-cp", classpath,
                             SCRIPTS / "Benchmark.java", *arguments])
        return lines

    def pairs(self, limit=None):
        """A folder of the pairs that our program trains on with this limit, for Keras to train on the same."""
        folder = self.folder / f"pairs-{limit}"
        if not folder.exists():
            folder.mkdir()
            self.java("pairs", folder, limit or 0)
            for part in mnist_pairs.PARTS:
                np.save(folder / f"{part}.npy", np.fromfile(folder / f"{part}.bin", "<i4").reshape(-1, 3))
        return folder

    def train_ours(self, training):
        with tempfile.TemporaryDirectory(dir=self.folder) as out:
            lines, memory = self.run([SCRIPTS / "siamese", "train", "--out", out, "--data", training.data,
                                      *training.options(self.threads)])
            epochs = history(out)
        return {**after_the_first(epochs), "memory": memory,
                "first_step": next(when for when, line in lines if line.startswith("Epoch 1"))}

    def train_keras(self, training):
        file = self.folder / "keras.json"
        _, memory = self.run([sys.executable, "keras_reference.py", "--pairs", self.pairs(training.limit),
                              "--json", file, *training.options(self.threads)])
        measured = json.loads(file.read_text())
        return {**after_the_first(measured["history"]), "memory": memory,
                "first_step": measured["seconds_to_first_step"], "versions": measured["versions"]}

    def infer_ours(self, precision, threads, repeats):
        return answer(self.java("inference", precision, threads, repeats))

    def infer_keras(self, precision, threads, repeats, embed, distances=()):
        """Embeds in batches of all the sizes `embed`, and takes distances in batches of all the sizes `distances`."""
        lines, _ = self.run([sys.executable, "keras_inference.py", "--pairs", self.pairs(), "--precision", precision,
                             "--threads", threads, "--repeats", repeats, "--embed", *embed,
                             *(["--distances", *distances] if distances else [])])
        return {name: {int(size): speed for size, speed in speeds.items()}
                for name, speeds in answer(lines).items()}

    def matrix_product(self):
        return answer(self.java("product", self.threads))["gigaflops"]


def answer(lines):
    """The JSON that a program printed last, whatever was said on its standard error."""
    return json.loads([line for _, line in lines if line.startswith("{")][-1])


def history(folder):
    """The epochs of one of our runs, each with its seconds and its pairs_per_second."""
    with open(Path(folder) / "history.csv") as file:
        return [{name: float(value) for name, value in epoch.items()} for epoch in csv.DictReader(file)]


def after_the_first(epochs):
    """The medians of an epoch's seconds and pairs a second; in the first one all is still being set up."""
    return {name: statistics.median(epoch[name] for epoch in epochs[1:]) for name in ("seconds", "pairs_per_second")}


class Training:
    """What is trained in a turn, for at least 2 epochs."""

    def __init__(self, precision="float32", epochs=2, limit=None, data="mnist"):
        self.precision, self.epochs, self.limit, self.data = precision, epochs, limit, data

    def options(self, threads):
        return ["--precision", self.precision, "--epochs", self.epochs, "--batch-size", BATCH_SIZE,
                "--threads", threads, *(["--limit", self.limit] if self.limit else [])]


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
    figures["train"].add(ours["pairs_per_second"], keras["pairs_per_second"])
    figures["train16"].add(ours16["pairs_per_second"], keras16["pairs_per_second"])
    figures["train16_32"].add(ours16["pairs_per_second"], keras["pairs_per_second"])
    speed = ours["pairs_per_second"]
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


def cores():
    """The processors that this process may use, as Java counts them too."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def processor():
    try:
        names = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
        return names[0]
    except (OSError, IndexError):
        return platform.processor()


def print_table(results):
    print(f"{'figure':44} {'unit':9} {'ours':>9} {'best':>9} {'Keras':>9} {'best':>9} {'ratio':>6}  goal")
    for result in results:
        ours, keras = result["ours"], result["keras"]
        goal = "" if result["goal"] is None else f"{'≥' if result['higher_is_better'] else '≤'} {result['goal']}"
        print(f"{result['figure']:44} {result['unit']:9} {ours['median']:9.4g} {ours['best']:9.4g} "
              f"{keras['median']:9.4g} {keras['best']:9.4g} {result['ratio']:6.2f}  {goal}")


def print_machine(machine, arguments):
    print(", ".join(f"{name} {value}" for name, value in machine.items()) + f"; {arguments.rounds} rounds"
          + (": quick, so times are rough; goals are those of the full run" if arguments.quick else ""))


def print_matrix_product(product):
    print(f"training, float32: as fast as {product['share']:.2f} of this machine's matrix product of "
          f"{product['gigaflops']:.0f} GFLOP/s (goal ≥ {product['goal']}) if the operations of the network's "
          f"layers are counted; {product['share_of_operations_left']:.2f}, counting those left by Winograd's filtering")


def print_best(best):
    ours, keras = best["ours"], best["keras"]
    print(f"best of each: threads {ours['threads']} here; threads {keras['threads']}, batch {keras['batch']} in Keras, "
          f"and batch {keras['batch_of_distances']} for its distances")


def parse_arguments():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    mnist_pairs.add_data_option(parser)
    parser.add_argument("--rounds", type=int, metavar="N", help=f"default: {ROUNDS}, with --quick {QUICK_ROUNDS}")
    parser.add_argument("--threads", type=int, default=cores(), metavar="N", help="of each program; default: all")
    parser.add_argument("--quick", action="store_true", help=f"few rounds on {QUICK_LIMIT} training images")
    parser.add_argument("--growth", type=Path, metavar="FILE",
                        help="measure epochs on 3 000, 12 000 and 48 000 synthetic digits and draw them into this PNG")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here, after each round")
    arguments = parser.parse_args()
    if not arguments.data_dir and not arguments.growth:
        parser.error("expected the folder of the MNIST files in --data-dir or SIAMESE_DATA_DIR, found neither "
                     "(siamese train keeps what it downloads in ~/.cache/siamese/mnist)")
    if arguments.growth and arguments.quick:
        parser.error("expected --growth or --quick, found both")
    if arguments.rounds is None:
        arguments.rounds = QUICK_ROUNDS if arguments.quick else ROUNDS
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
        else:
            measured = measure(bench, arguments.rounds, arguments.quick, keep)
            print_machine({**machine, **measured["keras_versions"]}, arguments)
            print_table(measured["figures"])
            print_matrix_product(measured["matrix_product"])
            print_best(measured["best_of_each"])


if __name__ == "__main__":
    main()
