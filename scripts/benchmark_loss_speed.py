"""Measures what mining and augmentation cost a step, and how fast losses over whole batches are beside the same in
Keras: in turns, on MNIST, the same number of images in all epochs and steps.
"""

import sys
from typing import NamedTuple

from benchmark_figures import Figure
from benchmark_programs import Training

ROUNDS = 3
QUICK_ROUNDS = 1
EPOCHS = 4  # the first one does not count
QUICK_EPOCHS = 2
STEP = 128  # images
EPOCH = 75 * STEP
QUICK_EPOCH = 15 * STEP
MINING_GOAL, AUGMENTATION_GOAL, KERAS_GOAL = 1.15, 1.05, 2.0
COST_SIDES = ("with", "without")


class Lesson(NamedTuple):
    options: tuple  # of siamese train
    batch_size: int = STEP
    images_per_sample: int = 1
    images_per_image: int = 1  # how often an epoch takes each


GIVEN_PAIRS, ALL_PAIRS = "given pairs", "contrastive all"
SUPERVISED, SUPERVISED_CHANGED = "supcon", "supcon, changed images"
TRIPLETS, VIEWS = "triplet semi-hard", "NT-Xent of two views"
LESSONS = {
    GIVEN_PAIRS: Lesson((), batch_size=STEP // 2, images_per_sample=2, images_per_image=4),
    ALL_PAIRS: Lesson(("--loss", "contrastive", "--mining", "all")),
    TRIPLETS: Lesson(("--loss", "triplet", "--mining", "semi-hard")),
    "triplet distance-weighted": Lesson(("--loss", "triplet", "--mining", "distance-weighted")),
    "multi-similarity hard": Lesson(("--loss", "multi-similarity", "--mining", "hard")),
    SUPERVISED: Lesson(("--loss", "supcon")),
    SUPERVISED_CHANGED: Lesson(("--loss", "supcon", "--augment", "digits")),
    VIEWS: Lesson(("--loss", "nt-xent", "--unlabelled"), images_per_image=2),
}
WITHOUT_MINING = (GIVEN_PAIRS, ALL_PAIRS)
NOT_MINED = (*WITHOUT_MINING, SUPERVISED_CHANGED, VIEWS)
IN_KERAS = {TRIPLETS: "triplet", VIEWS: "nt-xent"}  # as keras_losses.py names them


def measure(bench, rounds, quick, keep):
    """Measures all lessons; gives `keep` what is known after each round, so that a failure loses no more than one."""
    costs = {(lesson, other): Figure(f"{lesson} against {other}", "ms/step", MINING_GOAL, False, COST_SIDES)
             for lesson in LESSONS if lesson not in NOT_MINED for other in WITHOUT_MINING}
    costs[SUPERVISED_CHANGED, SUPERVISED] = Figure("supcon, changed images against unchanged", "ms/step",
                                                   AUGMENTATION_GOAL, False, COST_SIDES)
    figures = {lesson: Figure(f"{lesson}, training", "images/s", KERAS_GOAL, True) for lesson in IN_KERAS}
    for round_ in range(rounds):
        speeds = {}
        for name in LESSONS:
            print(f"round {round_ + 1} of {rounds}, {name} …", file=sys.stderr)
            speeds[name] = images_per_second(bench, name, quick)
            if name in IN_KERAS:
                training = training_of(LESSONS[name], quick)
                keras = bench.train_keras(training, ["keras_losses.py", "--loss", IN_KERAS[name],
                                                     *training.limit_option()])
                figures[name].add(speeds[name], keras["samples_per_second"])
        for (lesson, other), cost in costs.items():
            cost.add(*(1000 * STEP / speeds[name] for name in (lesson, other)))
        measured = {"keras_versions": keras["versions"], "costs": [cost.result() for cost in costs.values()],
                    "figures": [figure.result() for figure in figures.values()]}
        keep(measured)
    return measured


def images_per_second(bench, name, quick):
    lesson = LESSONS[name]
    return bench.train_ours(training_of(lesson, quick))["samples_per_second"] * lesson.images_per_sample


def training_of(lesson, quick):
    images = QUICK_EPOCH if quick else EPOCH
    return Training(epochs=QUICK_EPOCHS if quick else EPOCHS, limit=images // lesson.images_per_image,
                    batch_size=lesson.batch_size, lesson=lesson.options)
