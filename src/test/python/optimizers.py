"""Trains a small siamese network with every optimizer of a table.

usage: optimizers.py write FOLDER
       optimizers.py check FOLDER

write: NAME/before.keras is a model after BEFORE steps, NAME/after.keras and after.h5 the same after AFTER more, and
NAME/oracle.h5 has the pairs, and the weights and what the optimizer remembers before and after. check: NAME/java.keras,
which Java made of after.keras, is the same model for Keras, which goes on with it.
"""

import io
import sys
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path

from quiet_tensorflow import tf

import h5py
import keras
import numpy as np
import tf_keras
from keras import layers
from keras.optimizers import Adam, AdamW, Nadam, RMSprop, SGD
from keras.optimizers.schedules import CosineDecay, ExponentialDecay, PiecewiseConstantDecay
from keras.regularizers import L1, L1L2, L2

import keras_reference
import pair_training
import pictures
from network_table import euclidean, functional, probability_of_same, siamese

BEFORE, AFTER = 3, 5
EPSILON = 1e-5  # at Keras's own, gradients that are 0 but for rounding would make full steps
SHAPE = (20, 20, 1)
MARGIN = 3.0

OPTIMIZERS = {
    "adam": lambda: Adam(0.002, beta_1=0.8, beta_2=0.99, epsilon=EPSILON),
    "adam-amsgrad": lambda: Adam(0.02, beta_2=0.5, epsilon=EPSILON, amsgrad=True),
    "adam-decay": lambda: Adam(0.01, epsilon=EPSILON, weight_decay=0.5),
    "adam-clipnorm": lambda: Adam(0.01, epsilon=0.01, clipnorm=0.05),
    "adam-global": lambda: Adam(0.01, epsilon=0.01, global_clipnorm=0.1),
    "adam-clipvalue": lambda: Adam(0.01, epsilon=0.01, clipvalue=0.02),
    "adam-exponential": lambda: Adam(ExponentialDecay(0.02, 3, 0.5), epsilon=EPSILON),
    "adamw": lambda: AdamW(0.005, weight_decay=0.3, epsilon=EPSILON),
    "adamw-all": lambda: AdamW(CosineDecay(0.01, 6, alpha=0.1), epsilon=EPSILON, amsgrad=True, clipnorm=0.5),
    "nadam": lambda: Nadam(0.005, beta_1=0.8, epsilon=EPSILON),
    "nadam-of-older-keras": lambda: Nadam(0.005, epsilon=EPSILON),
    "nadam-all": lambda: Nadam(PiecewiseConstantDecay([4, 6], [0.01, 0.003, 0.02]), epsilon=EPSILON, weight_decay=0.1,
                               global_clipnorm=0.5),
    "rmsprop": lambda: RMSprop(0.002, rho=0.7, epsilon=EPSILON),
    "rmsprop-momentum": lambda: RMSprop(0.002, momentum=0.6, epsilon=EPSILON, clipvalue=0.1),
    "rmsprop-centered": lambda: RMSprop(0.002, epsilon=EPSILON, centered=True, weight_decay=0.2),
    "rmsprop-all": lambda: RMSprop(0.002, rho=0.8, momentum=0.5, epsilon=EPSILON, centered=True, clipnorm=0.3),
    "sgd": lambda: SGD(0.05),
    "sgd-momentum": lambda: SGD(0.02, momentum=0.9, weight_decay=0.1),
    "sgd-nesterov": lambda: SGD(0.02, momentum=0.8, nesterov=True, global_clipnorm=1.0),
    "sgd-clipnorm": lambda: SGD(0.1, clipnorm=0.1),
    "sgd-exponential": lambda: SGD(ExponentialDecay(0.1, 4, 0.1, staircase=True)),
    "sgd-cosine": lambda: SGD(CosineDecay(0.1, 6, alpha=0.2)),
    "sgd-warmup": lambda: SGD(CosineDecay(0.01, 3, warmup_target=0.1, warmup_steps=5), momentum=0.5),
    "sgd-piecewise": lambda: SGD(PiecewiseConstantDecay([4, 6], [0.1, 0.01, 0.05])),
}


@dataclass(frozen=True)
class Case:
    optimizer: callable
    network: callable


def side(convolution=None, normalization=None, dense=None):
    def apply(x):
        x = layers.Conv2D(4, 3, activation="relu", **convolution or {})(x)
        x = layers.MaxPooling2D()(layers.BatchNormalization(**normalization or {})(x))
        return layers.Dense(6, activation="tanh", **dense or {})(layers.Flatten()(x))
    return apply


def plain():
    return siamese(SHAPE, functional(SHAPE, side()), euclidean)


def frozen_layers():
    frozen = {"trainable": False}
    return siamese(SHAPE, functional(SHAPE, side(frozen, frozen)), euclidean)


def frozen_twin():
    twin = functional(SHAPE, side())
    twin.trainable = False
    return siamese(SHAPE, twin, probability_of_same)


def partly_frozen_twin():
    twin = functional(SHAPE, side())
    twin.trainable = False
    twin.layers[-1].trainable = True
    return siamese(SHAPE, twin, euclidean)


def regularized():
    convolution = {"kernel_regularizer": L2(0.1), "bias_regularizer": L1(0.2), "activity_regularizer": L1L2(0.002, 0.01)}
    normalization = {"gamma_regularizer": L1L2(0.1, 0.2), "beta_regularizer": L2(0.3)}
    dense = {"kernel_regularizer": L1(0.01), "activity_regularizer": "l2"}
    return siamese(SHAPE, functional(SHAPE, side(convolution, normalization, dense)), euclidean)


def regularized_and_frozen():
    convolution = {"kernel_regularizer": L2(0.1), "activity_regularizer": L2(0.01), "trainable": False}
    head = layers.Dense(1, activation="sigmoid", activity_regularizer=L1(0.05))
    return siamese(SHAPE, functional(SHAPE, side(convolution)), lambda a, b: head(keras.ops.abs(a - b)))


def older():
    """Of Keras 2, without BatchNormalization, whose variances it moves by the sample's."""
    images = tf_keras.Input(SHAPE)
    x = tf_keras.layers.MaxPooling2D()(tf_keras.layers.Conv2D(4, 3, activation="relu")(images))
    twin = tf_keras.Model(images, tf_keras.layers.Dense(6, activation="tanh")(tf_keras.layers.Flatten()(x)))
    image1, image2 = tf_keras.Input(SHAPE, name="image1"), tf_keras.Input(SHAPE, name="image2")
    head = tf_keras.layers.Dense(1, activation="sigmoid")
    return tf_keras.Model([image1, image2], head(tf.abs(twin(image1) - twin(image2))))


def optimizers_of_keras_2():
    kinds = tf_keras.optimizers
    exponential, cosine = kinds.schedules.ExponentialDecay(0.02, 3, 0.5), kinds.schedules.CosineDecay(0.1, 6, alpha=0.2)
    return {
        "adam": lambda: kinds.Adam(0.002, beta_1=0.8, beta_2=0.99, epsilon=EPSILON),
        "adam-amsgrad": lambda: kinds.Adam(0.02, beta_2=0.5, epsilon=EPSILON, amsgrad=True),
        "adam-clipnorm": lambda: kinds.Adam(0.01, epsilon=0.01, clipnorm=0.05),
        "adam-exponential": lambda: kinds.Adam(exponential, epsilon=EPSILON),
        "adamw": lambda: kinds.AdamW(0.005, weight_decay=0.3, epsilon=EPSILON),
        "sgd": lambda: kinds.SGD(0.05),
        "sgd-cosine": lambda: kinds.SGD(cosine, momentum=0.5),
        "sgd-momentum": lambda: kinds.SGD(0.02, momentum=0.9, weight_decay=0.1),
        "sgd-nesterov": lambda: kinds.SGD(0.02, momentum=0.8, nesterov=True, global_clipnorm=1.0),
        "rmsprop": lambda: kinds.RMSprop(0.002, rho=0.7, epsilon=EPSILON, clipvalue=0.1),
        "rmsprop-centered": lambda: kinds.RMSprop(0.002, momentum=0.5, epsilon=EPSILON, centered=True),
    }


OLDER = "keras-2-"  # names the cases of Keras 2, which goes on with no file of Java's here
CASES = {name: Case(optimizer, plain) for name, optimizer in OPTIMIZERS.items()}
CASES.update((OLDER + name, Case(optimizer, older)) for name, optimizer in optimizers_of_keras_2().items())
CASES.update((network.__name__.replace("_", "-"), Case(lambda: AdamW(0.01, weight_decay=0.3, epsilon=EPSILON), network))
             for network in (frozen_layers, frozen_twin, partly_frozen_twin, regularized, regularized_and_frozen))

SLOTS = {"momentum": ("_momentums", "momentums"), "velocity": ("_velocities",), "velocity_hat": ("_velocity_hats",),
         "average_gradient": ("_average_gradients",)}


class Training:
    """Steps on one batch of pairs."""

    def __init__(self, network):
        similarity = network in (frozen_twin, regularized_and_frozen, older)
        self.output = "similarity" if similarity else "distance"
        self._loss = keras.losses.BinaryCrossentropy() if similarity else keras_reference.contrastive_loss(MARGIN)
        self.drawn = pictures.draw(*SHAPE)
        self.inputs = pictures.pairs(self.drawn.astype("float32") / 255)
        self.labels = pictures.labels()

    def loss(self):
        return self._loss

    def steps(self, model, count):
        for _ in range(count):
            pair_training.step(self, model, self.inputs, self.labels)


def remember(group, model):
    for index, weight in enumerate(model.weights):
        group[f"weights/{index}"] = weight.numpy()
    optimizer = model.optimizer
    for slot, attributes in SLOTS.items():
        if slot == "momentum" and getattr(optimizer, "momentum", None) == 0:
            continue  # Keras 2 has some that it never uses
        for variables in (getattr(optimizer, attribute, []) for attribute in attributes):
            for index, variable in enumerate(variables):
                group[f"{slot}/{index}"] = variable.numpy()
    if hasattr(optimizer, "_u_product"):
        group["momentum_product/0"] = optimizer._u_product.numpy()


def reorder(path):
    """As Keras 3.0 has it, Nadam's product of factors stands in front of what is kept of each parameter."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    weights = io.BytesIO(members["model.weights.h5"])
    with h5py.File(weights, "r+") as file:
        variables = file["optimizer/vars"]
        arrays = [variables[str(index)][()] for index in range(len(variables))]
        for index, array in enumerate([*arrays[:2], arrays[-1], *arrays[2:-1]]):
            del variables[str(index)]
            variables[str(index)] = array
    members["model.weights.h5"] = weights.getvalue()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def write(folder):
    for name, case in CASES.items():
        keras.backend.clear_session()
        keras.utils.set_random_seed(3)
        (folder / name).mkdir()
        training = Training(case.network)
        model = case.network()
        model.compile(case.optimizer(), loss=training.loss())
        with h5py.File(folder / name / "oracle.h5", "w") as file:
            file.attrs.update(values="0..1", output=training.output, margin=MARGIN, tolerance=1e-5)
            file["images"] = training.drawn
            file["first"], file["second"], file["labels"] = pictures.FIRST, pictures.SECOND, training.labels
            training.steps(model, BEFORE)
            model.save(folder / name / "before.keras")
            if name == "nadam-of-older-keras":
                reorder(folder / name / "before.keras")
            remember(file.create_group("before"), model)
            training.steps(model, AFTER)
            model.save(folder / name / "after.keras")
            remember(file.create_group("after"), model)
            model.save(folder / name / "after.h5")  # last: afterwards Keras forgets how the model was compiled


def same_bits(name, expected, found):
    assert len(expected) == len(found), f"{name}: {len(expected)} and {len(found)} variables"
    for one, other in zip(expected, found):
        one_value, other_value = np.asarray(one), np.asarray(other)
        assert one_value.dtype == other_value.dtype and one_value.tobytes() == other_value.tobytes(), \
            f"{name}: {one.path} differs"


def check(folder):
    for name, case in CASES.items():
        if name.startswith(OLDER):
            continue
        training = Training(case.network)
        theirs = keras.models.load_model(folder / name / "after.keras", custom_objects={"loss": training.loss()})
        with warnings.catch_warnings():
            warnings.filterwarnings("error", module="keras")
            ours = keras.models.load_model(folder / name / "java.keras")
        same_bits(name, theirs.weights, ours.weights)
        same_bits(name, theirs.optimizer.variables, ours.optimizer.variables)
        assert type(theirs.optimizer) is type(ours.optimizer), name
        assert int(ours.optimizer.iterations) == BEFORE + AFTER, name
        configurations = [{**model.optimizer.get_config(), "name": ""} for model in (theirs, ours)]
        assert configurations[0] == configurations[1], f"{name}: {configurations}"
        assert [v.path.split("/")[-2:] for v in theirs.trainable_variables] == \
            [v.path.split("/")[-2:] for v in ours.trainable_variables], name
        for model in (theirs, ours):
            model.compile(optimizer=model.optimizer, loss=training.loss(), run_eagerly=True)
            model.fit(training.inputs, training.labels, batch_size=len(training.labels), epochs=2, shuffle=False,
                      verbose=0)
        for one, other in zip(theirs.weights, ours.weights):
            np.testing.assert_allclose(other, one, rtol=1e-5, atol=1e-6, err_msg=f"{name}: {one.path} after fit")


if __name__ == "__main__":
    {"write": write, "check": check}[sys.argv[1]](Path(sys.argv[2]))
