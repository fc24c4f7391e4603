"""Runs this program and Keras, each in a process of its own, and reads what they measured."""

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


class Failed(SystemExit):
    """Ends this program too, unless it is caught."""

    def __init__(self, command, lines):
        super().__init__(f"{command} failed:\n" + "\n".join(lines[-20:]))
        self.last_line = lines[-1] if lines else ""


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
            raise Failed(command[0], [line for _, line in lines])
        return lines, usage.ru_maxrss / 1024

    def java(self, *arguments):
        classpath = f"{PROJECT / 'target' / 'siamese.jar'}:{(PROJECT / 'target' / 'classpath').read_text().strip()}"
        java = Path(os.environ["JAVA_HOME"]) / "bin" / "java" if os.environ.get("JAVA_HOME") else "java"
        lines, _ = self.run([java, "--enable-native-access=ALL-UNNAMED", "-cp", classpath,
                             SCRIPTS / "Benchmark.java", *arguments])
        return lines

    def pairs(self, limit=None):
        """A folder of the pairs that our program trains on with this limit, for Keras to train on the same."""
        return self.drawn(f"pairs-{limit}", "pairs", limit or 0)

    def images(self, network, limit):
        """A folder of the images at the network's size and of the pairs that our program trains on with this limit."""
        return self.drawn(f"images-{Path(network).stem}-{limit}", "images", network, limit)

    def drawn(self, name, task, *arguments):
        folder = self.folder / name
        if not folder.exists():
            folder.mkdir()
            self.java(task, folder, *arguments)
            for part in mnist_pairs.PARTS:
                np.save(folder / f"{part}.npy", np.fromfile(folder / f"{part}.bin", "<i4").reshape(-1, 3))
        return folder

    def siamese(self, *arguments):
        return self.run([SCRIPTS / "siamese", *arguments])

    def train_ours(self, training):
        with tempfile.TemporaryDirectory(dir=self.folder) as out:
            lines, memory = self.siamese("train", "--out", out, *training.data_options(),
                                         *training.options(self.threads))
            epochs = history(out)
        return {**after_the_first(epochs), "memory": memory,
                "first_step": next(when for when, line in lines if line.startswith("Epoch 1"))}

    def train_keras(self, training, program=None):
        """Trains in a program of the options of keras_reference.py; it is the default."""
        program = program or ["keras_reference.py", "--pairs", self.pairs(training.limit), *training.limit_option()]
        file = self.folder / "keras.json"
        _, memory = self.run([sys.executable, *program, "--json", file, *training.options(self.threads)])
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
        return by_batch(lines)

    def matrix_product(self):
        return answer(self.java("product", self.threads))["gigaflops"]


def answer(lines):
    """The JSON that a program printed last, whatever was said on its standard error."""
    return json.loads([line for _, line in lines if line.startswith("{")][-1])


def document(lines):
    """The JSON of several lines that a program printed, whatever was said on its standard error."""
    lines = [line for _, line in lines]
    return json.loads("\n".join(lines[lines.index("{"):lines.index("}") + 1]))


def by_batch(lines):
    """A program's answer of speeds by name and batch size."""
    return {name: {int(size): speed for size, speed in speeds.items()} for name, speeds in answer(lines).items()}


def history(folder):
    """The epochs of one of our runs, each with its seconds and its samples_per_second."""
    with open(Path(folder) / "history.csv") as file:
        return [{name: float(value) for name, value in epoch.items()} for epoch in csv.DictReader(file)]


def after_the_first(epochs):
    """The medians of an epoch's seconds and samples a second; in the first one all is still being set up."""
    return {name: statistics.median(epoch[name] for epoch in epochs[1:]) for name in ("seconds", "samples_per_second")}


class Training:
    """What is trained in a turn, for at least 2 epochs."""

    def __init__(self, precision="float32", epochs=2, limit=None, data="mnist", network="reference",
                 batch_size=BATCH_SIZE, lesson=()):
        self.precision, self.epochs, self.limit, self.data, self.network = precision, epochs, limit, data, network
        self.batch_size, self.lesson = batch_size, lesson

    def options(self, threads):
        """Of all programs."""
        return ["--precision", self.precision, "--epochs", self.epochs, "--batch-size", self.batch_size,
                "--threads", threads]

    def data_options(self):
        """Of our program, which finds data and network by itself, and has the lesson as options."""
        return ["--data", self.data, "--network", self.network, *self.lesson, *self.limit_option()]

    def limit_option(self):
        return ["--limit", self.limit] if self.limit else []


def cores():
    """The processors that this process may use, as Java counts them too."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def processor():
    try:
        names = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
        return names[0]
    except (OSError, IndexError):
        return platform.processor()
