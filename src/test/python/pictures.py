"""Pictures and pairs for tests: strokes as of handwriting, coloured before a shaded ground if there are channels."""

import numpy as np

MOTIFS, VARIANTS = 4, 2
FIRST = np.array([0, 0, 3, 4, 6, 1, 2, 7, 0, 2, 4, 6, 1, 3, 5, 7], np.int32)
SECOND = np.array([0, 1, 2, 5, 7, 0, 3, 6, 2, 4, 6, 0, 5, 7, 3, 1], np.int32)


def labels():
    """1 for each pair of two pictures of one motif, the first of them a picture with itself, (pairs, 1)."""
    return (FIRST // VARIANTS == SECOND // VARIANTS).astype(np.float32)[:, None]


def pairs(images):
    """What the model takes: the first images of the pairs and the second ones."""
    return [images[FIRST], images[SECOND]]


def draw(height, width, channels, seed=0):
    """Pictures as bytes, (8, height, width, channels): two variants each of four motifs."""
    generator = np.random.default_rng(seed)
    pictures = []
    for _ in range(MOTIFS):
        strokes = generator.uniform(0.15, 0.85, (2, 4, 2))
        ink, ground = generator.uniform(0.5, 1, channels), generator.uniform(0, 0.4, (2, channels))
        if channels == 1:
            ink, ground = np.ones(1), np.zeros((2, 1))  # as digits are
        for _ in range(VARIANTS):
            moved = strokes + generator.normal(0, 0.03, strokes.shape)
            picture = _shade(ground, height, width) + (ink - ground[0]) * _cover(moved, height, width)[..., None]
            pictures.append(np.rint(255 * np.clip(picture, 0, 1)).astype(np.uint8))
    return np.stack(pictures)


def _shade(ground, height, width):
    """From one colour in the upper left corner to another in the lower right one."""
    y, x = np.mgrid[0:1:height * 1j, 0:1:width * 1j]
    share = ((x + y) / 2)[..., None]
    return ground[0] * (1 - share) + ground[1] * share


def _cover(strokes, height, width):
    """How much of each pixel the strokes cover: cubic Bézier curves under a soft round brush."""
    t = np.linspace(0, 1, 60)[:, None]
    weights = np.concatenate([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3], axis=1)
    y, x = ((np.arange(size) + 0.5) / size for size in (height, width))
    nearest = np.full((height, width), np.inf)
    for cx, cy in (weights @ strokes).reshape(-1, 2):
        np.minimum(nearest, np.hypot(x[None, :] - cx, y[:, None] - cy), out=nearest)
    return np.clip(1.8 - nearest / 0.05, 0, 1)
