"""Measures how fast pictures are read and prepared, here and by keras.utils.image_dataset_from_directory: 10 000 PNG of
28×28 and 2 000 JPEG of 640×480, and whole processes from a folder of those PNG to their embeddings."""

import sys
import time

import numpy as np
from PIL import Image

from benchmark_figures import Figure
from benchmark_programs import PROJECT, SCRIPTS, answer

ROUNDS = 3
REPEATS = 3  # in one process, of which the best counts
PNGS, JPEGS = 10_000, 2_000
HEIGHT, WIDTH = 480, 640


def write_pictures(folder):
    """Smooth figures on black as PNG, waves with and without grain as JPEG."""
    random = np.random.default_rng(0)
    rows, columns = np.mgrid[0:28, 0:28]
    (folder / "png" / "all").mkdir(parents=True)
    for i in range(PNGS):
        x, y, turn = random.uniform(10, 18), random.uniform(10, 18), random.uniform(0, 3)
        line = abs((columns - x) * np.sin(turn) + (rows - y) * np.cos(turn))
        inside = (np.hypot(columns - 14, rows - 14) < 10) * 255
        Image.fromarray((inside * np.clip(2 - line / 1.5, 0, 1)).astype(np.uint8)).save(folder / f"png/all/{i:05}.png")
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    (folder / "jpeg" / "all").mkdir(parents=True)
    for i in range(JPEGS):
        if i % 20 == 0:
            waves = np.dstack([127 + 60 * np.sin(columns / random.uniform(5, 60)) + 60 * np.cos(rows / random.uniform(5, 60))
                               for _ in range(3)])
        picture = np.roll(waves, 7 * i, axis=1)
        if i % 2:
            picture = picture + random.normal(0, 6, (HEIGHT, WIDTH, 1))
        Image.fromarray(picture.clip(0, 255).astype(np.uint8)).save(folder / f"jpeg/all/{i:05}.jpg", quality=85)


def measure(bench, rounds, keep):
    """Measures all figures, and gives `keep` what is known after each round."""
    figures = {
        "png": Figure(f"reading {PNGS} PNG of 28×28", "images/s", 1.5, True),
        "jpeg": Figure(f"reading {JPEGS} JPEG of {WIDTH}×{HEIGHT} to 64×64", "images/s", 1.5, True),
        "embed": Figure(f"{PNGS} PNG to e.npy, whole processes", "images/s", 2.5, True),
    }
    print("pictures …", file=sys.stderr)
    write_pictures(bench.folder)
    model = bench.folder / "model.keras"
    bench.siamese("convert", PROJECT / "savedmodel", model)
    png, jpeg = bench.folder / "png", bench.folder / "jpeg"
    for round_ in range(rounds):
        print(f"round {round_ + 1} of {rounds} …", file=sys.stderr)
        for name, folder, count in (("png", png, PNGS), ("jpeg", jpeg, JPEGS)):
            shape = ("28", "28", "1") if name == "png" else ("64", "64", "3")
            ours = answer(bench.java("read", folder, *shape, REPEATS))["seconds"]
            keras = answer(bench.run([sys.executable, "keras_images.py", "read", folder, *shape, REPEATS])[0])
            figures[name].add(count / ours, count / keras["seconds"])
        ours, _ = whole(lambda: bench.siamese("embed", model, png, "--out", bench.folder / "ours.npy"))
        keras, lines = whole(lambda: bench.run(
            [sys.executable, "keras_images.py", "embed", model, png, bench.folder / "keras.npy"])[0])
        figures["embed"].add(PNGS / ours, PNGS / keras)
        if round_ == 0:
            difference = abs(np.load(bench.folder / "ours.npy") - np.load(bench.folder / "keras.npy")).max()
            if difference > 1e-4:
                sys.exit(f"expected the same embeddings, found a difference of {difference}")
        measured = {"keras_versions": answer(lines), "figures": [figure.result() for figure in figures.values()]}
        keep(measured)
    return measured


def whole(work):
    started = time.perf_counter()
    lines = work()
    return time.perf_counter() - started, lines
