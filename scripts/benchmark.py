"""Measures siamese against the same program in Keras on this machine: in turns, on the same MNIST pairs, with the
same batch size, precision and number of threads. Prints, for each figure, the medians and the bests of both and the
median of the ratios of one round, ours against Keras's.

A full run trains a whole epoch in every turn and takes most of an hour; --quick takes a few minutes.
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

# Multiplications and additions that an image needs: the outputs of each layer within the receptive field, times its
# inputs; twice forward for the two operations, and as much again for each gradient. Images need no gradient.
LAYERS = {"conv2d": 22 * 22 * 128 * 4, "conv2d_1": 10 * 10 * 128 * 4 * 128, "conv2d_2": 4 * 4 * 64 * 4 * 128,
          "dense": 64 * 128}
OPERATIONS_PER_PAIR = 2 * sum(2 * count * (2 if name == "conv2d" else 3) for name, count in LAYERS.items())


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
        self.data_dir, self.threads, self.limit = arguments.data_dir, arguments.threads, arguments.limit
        self.folder = folder
        self.pairs = folder / "pairs"
        self.pairs.mkdir()
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

    def write_pairs(self):
        self.java("pairs", self.pairs, self.limit or 0)
        for part in mnist_pairs.PARTS:
            np.save(self.pairs / f"{part}.npy", np.fromfile(self.pairs / f"{part}.bin", "<i4").reshape(-1, 3))

    def train_ours(self, precision, epochs=1):
        with tempfile.TemporaryDirectory(dir=self.folder) as out:
            lines, memory = self.run([SCRIPTS / "siamese", "train", "--out", out, "--epochs", epochs,
                                      "--batch-size", BATCH_SIZE, "--precision", precision,
                                      "--threads", self.threads, *(["--limit", self.limit] if self.limit else [])])
            with open(Path(out) / "history.csv") as file:
                last = list(csv.DictReader(file))[-1]
        return {"pairs_per_second": float(last["pairs_per_second"]), "epoch": float(last["seconds"]),
                "first_step": next(when for when, line in lines if line.startswith("Epoch 1")), "memory": memory}

    def train_keras(self, precision, epochs=1):
        file = self.folder / "keras.json"
        _, memory = self.run([sys.executable, "keras_reference.py", "--data-dir", self.data_dir, "--pairs", self.pairs,
                              "--epochs", epochs, "--batch-size", BATCH_SIZE, "--precision", precision,
                              "--threads", self.threads, "--json", file,
                              *(["--limit", self.limit] if self.limit else [])])
        measured = json.loads(file.read_text())
        last = measured["history"][-1]
        return {"pairs_per_second": last["pairs_per_second"], "epoch": last["seconds"],
                "first_step": measured["seconds_to_first_step"], "memory": memory}

    def infer_ours(self, precision):
        return json.loads(self.java("inference", precision, self.threads))

    def infer_keras(self, precision):
        lines, _ = self.run([sys.executable, "keras_inference.py", self.data_dir, self.pairs, precision, self.threads])
        return json.loads(lines[-1][1])

    def peak(self):
        return json.loads(self.java("peak"))["gigaflops"]


def measure(bench, rounds, whole_run):
    figures = {
        "train": Figure("training, float32", "pairs/s", 2.2, True),
        "train16": Figure("training, bfloat16", "pairs/s", 2.2, True),
        "train16_32": Figure("training, bfloat16 against Keras's float32", "pairs/s", 3.0, True),
        "epoch": Figure("an epoch with its validation", "s", 0.42, False),
        "embed": Figure("embedding 10 000 images, batch 256", "images/s", 2.0, True),
        "embed_best": Figure("embedding 10 000 images, best batch size", "images/s", 1.6, True),
        "embed16": Figure("embedding, bfloat16 against Keras's float32", "images/s", 2.4, True),
        "distances": Figure("distances of 20 000 test pairs", "pairs/s", 5.0, True),
        "memory": Figure("peak memory of a run", "MB", 0.33, False),
        "start": Figure("start to first training step", "s", 0.5, False),
    }
    shares = []
    for round_ in range(-1, rounds):  # the first round warms files and processor up and is not counted
        print("warm-up …" if round_ < 0 else f"round {round_ + 1} of {rounds} …", file=sys.stderr)
        ours, keras = bench.train_ours("float32"), bench.train_keras("float32")
        ours16, keras16 = bench.train_ours("bfloat16"), bench.train_keras("bfloat16")
        inference, keras_inference = bench.infer_ours("float32"), bench.infer_keras("float32")
        inference16 = bench.infer_ours("bfloat16")
        peak = bench.peak()
        if round_ < 0:
            continue
        figures["train"].add(ours["pairs_per_second"], keras["pairs_per_second"])
        figures["train16"].add(ours16["pairs_per_second"], keras16["pairs_per_second"])
        figures["train16_32"].add(ours16["pairs_per_second"], keras["pairs_per_second"])
        figures["epoch"].add(ours["epoch"], keras["epoch"])
        figures["embed"].add(inference["batch_256"], keras_inference["batch_256"])
        figures["embed_best"].add(inference["best"], keras_inference["best"])
        figures["embed16"].add(inference16["batch_256"], keras_inference["batch_256"])
        figures["distances"].add(inference["distances"], keras_inference["distances"])
        figures["start"].add(ours["first_step"], keras["first_step"])
        if not whole_run:
            figures["memory"].add(ours["memory"], keras["memory"])
        shares.append(ours["pairs_per_second"] * OPERATIONS_PER_PAIR / (peak * 1e9))
    if whole_run:
        figures["memory"].add(bench.train_ours("float32", 5)["memory"], bench.train_keras("float32", 5)["memory"])
    return [figure.result() for figure in figures.values()], shares


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
    parser.add_argument("--quick", action="store_true", help="2 rounds on 1 500 training images")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    arguments = parser.parse_args()
    if not arguments.data_dir:
        parser.error("expected the folder of the MNIST files in --data-dir or SIAMESE_DATA_DIR, found neither")
    arguments.limit = 1500 if arguments.quick else None
    rounds = 2 if arguments.quick else arguments.rounds

    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(arguments, Path(folder))
        bench.write_pairs()
        results, shares = measure(bench, rounds, whole_run=not arguments.quick)
    machine = {"processor": processor(), "threads": arguments.threads, "date": time.strftime("%Y-%m-%d"),
               "system": platform.platform()}
    print(f"{machine['processor']}, {machine['threads']} threads, {machine['date']}"
          + (", quick: few steps, so times are rough" if arguments.quick else ""))
    print_table(results)
    share = statistics.median(shares)
    print(f"training, float32, as a share of this machine's matrix product: {share:.2f} (goal ≥ 0.52)")
    if arguments.json:
        arguments.json.write_text(json.dumps({"machine": machine, "figures": results, "peak_share": share},
                                             indent=2) + "\n")


if __name__ == "__main__":
    main()
