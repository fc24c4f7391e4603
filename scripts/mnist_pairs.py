"""MNIST from its IDX files, split as the reference program splits it, and the pairs to train on.

Pairs are an int32 array (n, 3) of first image, second image and label (1: same class), where an image is named by
its position in its own part (train, validation or test).
"""

import gzip
import os
from pathlib import Path
from typing import NamedTuple

import numpy as np

PARTS = ("train", "validation", "test")
VALIDATION_SPLIT = 0.2


class LabeledImages(NamedTuple):
    images: np.ndarray  # uint8 (n, 28, 28), or of another size and (n, height, width, channels)
    labels: np.ndarray  # uint8 (n,)

    def first(self, n):
        return LabeledImages(self.images[:n], self.labels[:n])


def add_data_option(parser):
    parser.add_argument("--data-dir", metavar="DIR", default=os.environ.get("SIAMESE_DATA_DIR"),
                        help="folder of the four MNIST .gz files (default: $SIAMESE_DATA_DIR)")


def load_parts(folder, limit=None):
    """Returns {part: LabeledImages}; `limit` keeps that many training images and a fifth of it of the other parts."""
    if not folder:
        raise SystemExit("expected the folder of the MNIST files in --data-dir or SIAMESE_DATA_DIR, found neither")
    development, test = _load(Path(folder), "train"), _load(Path(folder), "t10k")
    boundary = int(len(development.labels) * VALIDATION_SPLIT)
    parts = {
        "train": LabeledImages(development.images[boundary:], development.labels[boundary:]),
        "validation": development.first(boundary),
        "test": test,
    }
    if limit:
        parts = {name: part.first(limit if name == "train" else limit // 5) for name, part in parts.items()}
    return parts


def _load(folder, prefix):
    return LabeledImages(read_idx(folder / f"{prefix}-images-idx3-ubyte.gz"),
                         read_idx(folder / f"{prefix}-labels-idx1-ubyte.gz"))


def read_idx(path):
    """Reads a gzipped IDX file of unsigned bytes (format: http://yann.lecun.com/exdb/mnist/)."""
    with gzip.open(path) as file:
        content = file.read()
    if content[:3] != b"\0\0\x08":
        raise ValueError(f"expected the IDX magic of unsigned bytes, found {content[:3].hex()} in {path}")
    rank = content[3]
    shape = np.frombuffer(content, ">i4", rank, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * rank).reshape(shape)


def make_pairs(labels, generator):
    """One positive and one negative pair for every image, shuffled: (2n, 3)."""
    n = len(labels)
    by_class = np.argsort(labels, kind="stable")
    counts = np.bincount(labels)
    size = counts[labels]  # of each image's own class
    start = (np.cumsum(counts) - counts)[labels]  # of its block in by_class
    same = start + generator.integers(0, size)
    other = generator.integers(0, n - size)
    other += np.where(other >= start, size, 0)  # steps over the image's own class
    anchors = np.arange(n)
    positive = np.stack([anchors, by_class[same], np.ones(n)], axis=1)
    negative = np.stack([anchors, by_class[other], np.zeros(n)], axis=1)
    return generator.permutation(np.concatenate([positive, negative])).astype(np.int32)


def make_all_pairs(parts, seed):
    """Returns {part: pairs}, each part drawn from a sequence of its own."""
    return {name: make_pairs(parts[name].labels, np.random.default_rng([seed, stream]))
            for stream, name in enumerate(PARTS)}


def load_all_pairs(folder, parts):
    """Reads train.npy, validation.npy and test.npy, so that several programs can use the very same pairs."""
    return {name: _load_pairs(Path(folder) / f"{name}.npy", len(parts[name].labels)) for name in PARTS}


def _load_pairs(path, images):
    pairs = np.load(path)
    if pairs.dtype != np.int32 or pairs.ndim != 2 or pairs.shape[1] != 3:
        raise ValueError(f"expected int32 (n, 3), found {pairs.dtype} {pairs.shape} in {path}")
    lowest, highest = pairs[:, :2].min(), pairs[:, :2].max()
    if lowest < 0 or highest >= images:
        raise ValueError(f"expected positions from 0 to {images - 1}, found {lowest} to {highest} in {path}")
    if not np.isin(pairs[:, 2], (0, 1)).all():
        raise ValueError(f"expected labels 0 and 1, found others in {path}")
    return pairs


def save_all_pairs(folder, pairs):
    """Writes what `load_all_pairs` reads."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        np.save(Path(folder) / f"{name}.npy", pairs[name])


def pair_arrays(part, pairs):
    """The pairs as a Keras model takes them: two arrays of images, see `as_floats`, and labels (n, 1)."""
    images = as_floats(part.images)
    return (images[pairs[:, 0]], images[pairs[:, 1]]), pairs[:, 2:].astype(np.float32)


def as_floats(images):
    """Images as a Keras model takes them: float32 (n, height, width, channels) from 0 to 1."""
    images = images if images.ndim == 4 else images[..., np.newaxis]
    return images.astype(np.float32) / 255
