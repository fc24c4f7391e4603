"""Measures siamese against the same program in Keras on this machine: in turns, on the same MNIST pairs, with the
same batch size, precision and number of threads. Prints, for each figure, the medians and the bests of both and the
median of the ratios of one round, ours against Keras's.

A full run trains a whole epoch in float32 in every turn and takes most of an hour; --quick takes a few minutes.
--growth FILE measures something else: how time grows with the number of images, from 3 000 to 48 000.
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
QUICK_LIMIT = 1500  # training images; a second epoch is then measured, without what the first one sets up
REPEATS = 5  # of inference in one process, of which the best counts
QUICK_REPEATS = 1
BATCH_SIZES = (64, 256, 1024, 4096)  # in which Keras embeds; ours cuts what it is given into batches of its own
QUICK_BATCH_SIZES = (256, 1024)
BFLOAT16_LIMIT = 6000  # as the figures in bfloat16 are of speed alone
GROWTH_LIMITS = (3000, 12000, 48000)

# Multiplications and additions that an image needs: the outputs of each layer within the receptive field, times its
# inputs; twice forward for the two operations, and as much again for each gradient. Images need no gradient.
LAYERS = {"conv2d": 22 * 22 * 128 * 4, "conv2d_1": 10 * 10 * 128 * 4 * 128, "conv2d_2": 4 * 4 * 64 * 4 * 128,
          "dense": 64 * 128}
OPERATIONS_PER_PAIR = 2 * sum(2 * count * (2 if name == "conv2d" else 3) for name, count in LAYERS.items())
# Our program does the second convolution with 9 multiplications for 16 (WinogradConvolution).
OPERATIONS_LEFT = OPERATIONS_PER_PAIR - 2 * 2 * 3 * LAYERS["conv2d_1"] * 7 // 16


class Figure:
    """What is measured in both programs; `higher` says which way is better."""

    def __init__(self, title, unit, goal, higher):
        self.title, self.unit, self.goal, self.higher = title, unit, goal, higher
        self.ours, self.keras = [], []

    def add(self, ours, keras):
        self.ours.append(ours)
        self.keras.append(keras)

    def result(self):
        best = max if self.higher else min
        return {
            "figure": self.title, "unit": self.unit,
            "ours": {"median": statistics.median(self.ours), "best": best(self.ours)},
            "keras": {"median": statistics.median(self.keras), "best": best(self.keras)},
            "ratio": statistics.median(a / b for a, b in zip(self.ours, self.keras)),
            "goal": self.goal, "rounds": len(self.ours),
        }


class Bench:
    def __init__(self, arguments, folder):
        self.data_dir, self.threads = arguments.data_dir, arguments.threads
        self.folder = folder
        self.environment = {**os.environ, "SIAMESE_DATA_DIR": str(Path(self.data_dir).resolve()),
                            "TF_CPP_MIN_LOG_LEVEL": "2", "OMP_NUM_THREADS": str(self.threads)}

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
        java = Path(os.environ["JAVA_HOME"]) / "bin" / "java" if "JAVA_HOME" in os.environ else "java"
        lines, _ = self.run([java, "--enable-native-access=ALL-UNNAMED", "-cp", classpath,
                             SCRIPTS / "Benchmark.java", *arguments])
        return lines[-1][1] if lines else ""

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
            seconds = history(out)
        return {**seconds[-1], "memory": memory,
                "first_step": next(when for when, line in lines if line.startswith("Epoch 1"))}

    def train_keras(self, training):
        file = self.folder / "keras.json"
        _, memory = self.run([sys.executable, "keras_reference.py", "--data-dir", self.data_dir,
                              "--pairs", self.pairs(training.limit), "--json", file,
                              *training.options(self.threads)])
        measured = json.loads(file.read_text())
        self.keras_versions = measured["versions"]
        return {**measured["history"][-1], "memory": memory, "first_step": measured["seconds_to_first_step"]}

    def infer_ours(self, precision, threads, repeats):
        return json.loads(self.java("inference", precision, threads, repeats))

    def infer_keras(self, threads, repeats, batch_sizes):
        lines, _ = self.run([sys.executable, "keras_inference.py", self.data_dir, self.pairs(), threads, repeats,
                             *batch_sizes])
        return json.loads(lines[-1][1])

    def peak(self):
        return json.loads(self.java("peak"))["gigaflops"]


def history(folder):
    """The epochs of one of our runs, each with its seconds and its pairs_per_second."""
    with open(Path(folder) / "history.csv") as file:
        return [{name: float(value) for name, value in epoch.items()} for epoch in csv.DictReader(file)]


class Training:
    """What is trained in a turn; its last epoch is what counts."""

    def __init__(self, precision="float32", epochs=1, limit=None, data="mnist"):
        self.precision, self.epochs, self.limit, self.data = precision, epochs, limit, data

    def options(self, threads):
        return ["--precision", self.precision, "--epochs", self.epochs, "--batch-size", BATCH_SIZE,
                "--threads", threads, *(["--limit", self.limit] if self.limit else [])]


def measure(bench, rounds, quick):
    figures = {
        "train": Figure("training, float32", "pairs/s", 2.2, True),
        "train16": Figure("training, bfloat16", "pairs/s", 2.2, True),
        "train16_32": Figure("training, bfloat16 against Keras's float32", "pairs/s", 3.0, True),
        "epoch": Figure("an epoch with its validation", "s", 0.42, False),
        "embed": Figure("embedding 10 000 images, batch 256", "images/s", 2.0, True),
        "embed_best": Figure("embedding 10 000 images, at the best of each", "images/s", 1.6, True),
        "embed16": Figure("embedding, bfloat16 against Keras's float32", "images/s", 2.4, True),
        "distances": Figure("distances of 20 000 test pairs", "pairs/s", 5.0, True),
        "memory": Figure("peak memory of a run", "MB", 0.33, False),
        "start": Figure("start to first training step", "s", 0.5, False),
    }
    peaks, shares = [], []
    repeats = QUICK_REPEATS if quick else REPEATS
    float32 = Training("float32", 2, QUICK_LIMIT) if quick else Training("float32")
    bfloat16 = Training("bfloat16", 2, QUICK_LIMIT if quick else BFLOAT16_LIMIT)

    print("warm-up …", file=sys.stderr)
    bench.train_ours(Training("bfloat16", 1, QUICK_LIMIT))
    bench.train_keras(Training("bfloat16", 1, QUICK_LIMIT))
    threads = bench.threads
    tried = {threads} if quick else {1, threads}
    ours_warm = {n: bench.infer_ours("float32", n, QUICK_REPEATS) for n in tried}
    keras_warm = {n: bench.infer_keras(n, QUICK_REPEATS, QUICK_BATCH_SIZES if quick else BATCH_SIZES) for n in tried}
    ours_fastest = max(tried, key=lambda n: ours_warm[n]["best"])
    keras_fastest = max(tried, key=lambda n: keras_warm[n]["best"])
    keras_sizes = {256, keras_warm[keras_fastest]["best_size"]}

    for round_ in range(rounds):
        print(f"round {round_ + 1} of {rounds} …", file=sys.stderr)
        ours, keras = bench.train_ours(float32), bench.train_keras(float32)
        ours16, keras16 = bench.train_ours(bfloat16), bench.train_keras(bfloat16)
        inference = {n: bench.infer_ours("float32", n, repeats) for n in {threads, ours_fastest}}
        keras_inference = {n: bench.infer_keras(n, repeats, keras_sizes) for n in {threads, keras_fastest}}
        inference16 = bench.infer_ours("bfloat16", threads, repeats)
        peaks.append(bench.peak())
        figures["train"].add(ours["pairs_per_second"], keras["pairs_per_second"])
        figures["train16"].add(ours16["pairs_per_second"], keras16["pairs_per_second"])
        figures["train16_32"].add(ours16["pairs_per_second"], keras["pairs_per_second"])
        figures["epoch"].add(ours["seconds"], keras["seconds"])
        figures["embed"].add(inference[threads]["batch_256"], keras_inference[threads]["batch_256"])
        figures["embed_best"].add(inference[ours_fastest]["best"], keras_inference[keras_fastest]["best"])
        figures["embed16"].add(inference16["batch_256"], keras_inference[threads]["batch_256"])
        figures["distances"].add(inference[threads]["distances"], keras_inference[threads]["distances"])
        figures["start"].add(ours["first_step"], keras["first_step"])
        shares.append(ours["pairs_per_second"] * OPERATIONS_PER_PAIR / (peaks[-1] * 1e9))
    if quick:
        del figures["memory"]  # that of a short run says nothing of a whole one
    else:
        five = Training(epochs=5)
        figures["memory"].add(bench.train_ours(five)["memory"], bench.train_keras(five)["memory"])
    product = {"gigaflops": statistics.median(peaks), "share": statistics.median(shares),
               "share_of_operations_left": statistics.median(shares) * OPERATIONS_LEFT / OPERATIONS_PER_PAIR}
    return [figure.result() for figure in figures.values()], product


def measure_growth(bench, rounds):
    """Seconds of an epoch, the first one left out, by number of images: the median of the rounds."""
    seconds = {limit: [] for limit in GROWTH_LIMITS}
    for round_ in range(rounds):
        print(f"round {round_ + 1} of {rounds} …", file=sys.stderr)
        for limit in GROWTH_LIMITS:
            seconds[limit].append(bench.train_ours(Training(epochs=2, limit=limit, data="synthetic"))["seconds"])
    return {limit: statistics.median(measured) for limit, measured in seconds.items()}


def print_growth(seconds):
    (smallest, shortest), *_ = seconds.items()
    print("images  seconds  images × seconds of the smallest")
    for limit, measured in seconds.items():
        print(f"{limit:6}  {measured:7.2f}  {measured / shortest / (limit / smallest):5.3f}")


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
        sign = "≥" if result["goal"] > 1 else "≤"
        print(f"{result['figure']:44} {result['unit']:9} {ours['median']:9.4g} {ours['best']:9.4g} "
              f"{keras['median']:9.4g} {keras['best']:9.4g} {result['ratio']:6.2f}  {sign} {result['goal']}")


def main():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    mnist_pairs.add_data_option(parser)
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), metavar="N")
    parser.add_argument("--quick", action="store_true", help=f"2 rounds on {QUICK_LIMIT} training images")
    parser.add_argument("--growth", type=Path, metavar="FILE",
                        help="measure synthetic epochs of 3 000, 12 000 and 48 000 images and draw them into FILE.png")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    arguments = parser.parse_args()
    if not arguments.data_dir:
        parser.error("expected the folder of the MNIST files in --data-dir or SIAMESE_DATA_DIR, found neither")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(arguments, Path(folder))
        if arguments.growth:
            seconds = measure_growth(bench, arguments.rounds)
            print_growth(seconds)
            bench.java("growth", arguments.growth.resolve(), *(f"{n}:{taken}" for n, taken in seconds.items()))
            return
        results, product = measure(bench, 2 if arguments.quick else arguments.rounds, arguments.quick)
    machine = {"processor": processor(), "threads": arguments.threads, "date": time.strftime("%Y-%m-%d"),
               "system": platform.platform(), "python": platform.python_version(), **bench.keras_versions,
               **json.loads(bench.java("versions"))}
    print(", ".join(f"{name} {value}" for name, value in machine.items())
          + (": quick, so times are rough" if arguments.quick else ""))
    print_table(results)
    print(f"training, float32: {product['share']:.2f} of this machine's matrix product of {product['gigaflops']:.0f} "
          "GFLOP/s (goal ≥ 0.52), counting the operations of the network's layers; "
          f"{product['share_of_operations_left']:.2f}, counting those left by Winograd's filtering")
    if arguments.json:
        arguments.json.write_text(json.dumps({"machine": machine, "figures": results, "matrix_product": product},
                                             indent=2) + "\n")


if __name__ == "__main__":
    main()
