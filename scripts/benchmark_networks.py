"""Compares this program with Keras for other networks than the reference: in training, embedding and memory.

A network is one of this program's names, or one that declared_networks.py declares. A run of a moment turns it into a
.keras file, which is what Keras trains and embeds with.
"""

import json
import statistics
import sys

from benchmark_figures import Figure
from benchmark_programs import BATCH_SIZE, Training, by_batch

# Training images, of which two pairs are drawn each: as many as a program trains on in about 20 seconds.
NETWORKS = {"keras-io": 12000, "koch": 128, "rgb64": 2048, "small-mobilenet": 3072}
ROUNDS = 3
QUICK_ROUNDS = 1
EPOCHS = 3  # the first one does not count
WARM_UP_IMAGES = 64
REPEATS = 3  # of embedding in one process, of which the best counts
KINDS = {"training": ("pairs/s", 1.1, True), "embedding": ("images/s", 1.2, True), "memory": ("MB", 0.5, False)}
GOALS_OF_MEDIANS = {"training": 1.5, "embedding": 1.5}


def chosen(text):
    """The networks that `--network` names, separated by commas."""
    names = list(NETWORKS) if text == "all" else text.split(",")
    for name in names:
        if name not in NETWORKS:
            raise ValueError(f"expected all or some of {', '.join(NETWORKS)}, found {name}")
    return list(dict.fromkeys(names))


class Contender:
    """A network in both programs."""

    def __init__(self, bench, name, declared):
        self.bench, self.name, self.images = bench, name, NETWORKS[name]
        file = declared / f"{name}.json"
        self.network = file if file.exists() else name
        self.figures = {kind: Figure(f"{name}: {kind}", *settings) for kind, settings in KINDS.items()}
        run = bench.folder / f"run-{name}"
        bench.siamese("train", "--out", run, "--data", "synthetic", "--network", self.network, "--epochs", 1,
                      "--limit", WARM_UP_IMAGES)
        self.model = run / "checkpoints" / "last.keras"
        self.output = json.loads((run / "config.json").read_text())["output"]
        self.data = bench.images(self.network, self.images)

    def measure(self):
        """Adds a round; returns the versions of Keras and of what it uses."""
        training = Training(epochs=EPOCHS, limit=self.images, data="synthetic", network=self.network)
        ours, keras = self.bench.train_ours(training), self.bench.train_keras(
            training, [*self.keras("train"), "--output", self.output])
        self.figures["training"].add(ours["samples_per_second"], keras["samples_per_second"])
        self.figures["memory"].add(ours["memory"], keras["memory"])
        threads = self.bench.threads
        ours = self.bench.java("embed", self.model, self.images, threads, REPEATS, BATCH_SIZE)
        theirs, _ = self.bench.run([sys.executable, *self.keras("embed"), "--threads", threads, "--repeats", REPEATS,
                                    "--embed", BATCH_SIZE])
        self.figures["embedding"].add(*(by_batch(lines)["embed"][BATCH_SIZE] for lines in (ours, theirs)))
        return keras["versions"]

    def keras(self, task):
        return ["keras_network.py", task, "--model", self.model, "--images", self.data]

    def results(self):
        return [figure.result() for figure in self.figures.values()]


def measure(bench, names, rounds, keep):
    """Measures the networks; gives `keep` what is known after each round, so that a failure loses no more than one."""
    print("warm-up …", file=sys.stderr)
    declared = bench.folder / "declared"
    bench.run([sys.executable, "declared_networks.py", declared])
    contenders = [Contender(bench, name, declared) for name in names]
    for round_ in range(rounds):
        for contender in contenders:
            print(f"round {round_ + 1} of {rounds}, {contender.name} …", file=sys.stderr)
            versions = contender.measure()
        measured = {
            "keras_versions": versions,
            "training_images": {contender.name: contender.images for contender in contenders},
            "figures": [result for contender in contenders for result in contender.results()],
            "medians": medians(contenders),
        }
        keep(measured)
    return measured


def medians(contenders):
    """The medians of the networks' ratios."""
    return {kind: {"ratio": statistics.median(contender.figures[kind].result()["ratio"] for contender in contenders),
                   "goal": goal}
            for kind, goal in GOALS_OF_MEDIANS.items()}


def print_medians(medians):
    print("medians of the networks' ratios: "
          + ", ".join(f"{kind} {median['ratio']:.2f} (goal ≥ {median['goal']})" for kind, median in medians.items()))
