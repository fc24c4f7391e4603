"""Compares all pairs of a loss and a miner, and given pairs, by what the reference's network learns of them on MNIST:
each is trained on a fifth of the images of a run with the defaults, 192 000, with the seed 0.
"""

import json
import statistics
import sys
from typing import NamedTuple

from benchmark_programs import Failed, answer, document, history

IMAGES = 192_000
QUICK_LIMIT = 1500  # training images, in as many epochs as without --quick
GIVEN_PAIRS = {"loss": "contrastive", "mining": "none"}
IMAGES_PER_PAIR = 2
PAIRS_PER_IMAGE = 2


class Comparison(NamedTuple):
    training_images: int  # of which IMAGES are a whole number of epochs, of given pairs too
    limit: list
    options: list
    columns: dict  # title and format by figure


COMPARISONS = {
    "table": Comparison(48_000, [], [], {
        "accuracy": ("accuracy, calibrated", ".3f"), "roc_auc": ("ROC-AUC", ".4f"),
        "precision_at_1": ("precision@1", ".3f"), "seconds": ("training, s", ".0f"),
        "images_per_second": ("images/s", ".0f")}),
    "unseen": Comparison(24_000, ["--limit", 24_000], ["--held-out", "7-9"], {
        "roc_auc": ("ROC-AUC, 7–9", ".3f"), "synthetic_roc_auc": ("ROC-AUC, drawn digits", ".3f")}),
}


def measure(bench, name, quick, keep):
    """Trains with each objective, prints its row, and gives `keep` what is known after it."""
    comparison = COMPARISONS[name]
    columns = comparison.columns
    print("| loss | mining | " + " | ".join(title for title, _ in columns.values()) + " |")
    print("|---" * (2 + len(columns)) + "|", flush=True)
    objectives = [GIVEN_PAIRS, *answer(bench.java("objectives"))["objectives"]]
    rows = []
    for objective in objectives:
        print(f"{len(rows) + 1} of {len(objectives)} …", file=sys.stderr)
        row = {**objective, **train(bench, comparison, objective, quick)}
        print(f"| {row['loss']} | {row['mining']} | "
              + " | ".join(format(row[figure], form) if figure in row else "collapsed"
                           for figure, (_, form) in columns.items()) + " |", flush=True)
        rows.append(row)
        keep({"comparison": name, "objectives": rows})


def train(bench, comparison, objective, quick):
    """What one run learns, and how fast; nothing of one that ends with all embeddings alike."""
    per_sample, samples = (IMAGES_PER_PAIR, PAIRS_PER_IMAGE) if objective == GIVEN_PAIRS else (1, 1)
    epochs = IMAGES // (comparison.training_images * samples * per_sample)
    run = bench.folder / "-".join(objective.values())
    try:
        bench.siamese("train", "--out", run, "--data", "mnist", "--loss", objective["loss"], "--mining",
                      objective["mining"], "--epochs", epochs, "--seed", 0, "--threads", bench.threads,
                      *(["--limit", QUICK_LIMIT] if quick else comparison.limit), *comparison.options)
    except Failed as failed:
        if "the network has collapsed" not in failed.last_line:
            raise
        return {}
    images = json.loads((run / "config.json").read_text())["data"]["train_images"] * samples * per_sample
    metrics = json.loads((run / "metrics.json").read_text())
    speeds = [epoch["samples_per_second"] * per_sample for epoch in history(run)]
    figures = {"accuracy": metrics["test"]["accuracy_at_threshold"], "roc_auc": metrics["test"]["roc_auc"],
               "precision_at_1": metrics["retrieval"]["precision_at_1"], "images": images * epochs,
               "seconds": sum(images / speed for speed in speeds), "images_per_second": statistics.median(speeds)}
    if "synthetic_roc_auc" in comparison.columns:
        lines, _ = bench.siamese("evaluate", run, "--data", "synthetic", "--json")
        figures["synthetic_roc_auc"] = document(lines)["test"]["roc_auc"]
    return figures
