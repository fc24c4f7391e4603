"""Loads what Java wrote into the folder given as argument, and fails when it is not what Java says it is."""

import sys
import warnings
from pathlib import Path

from quiet_tensorflow import tf

import keras
import numpy as np

import keras_reference

FOLDER = Path(sys.argv[1])
MODEL = FOLDER / "model.keras"
WEIGHTS = FOLDER / "model.weights.h5"
LEARNING_RATE, BETA_1, BETA_2, EPSILON, STEPS = 0.002, 0.8, 0.99, 1e-6, 77


def read(name, like):
    """The arrays that Java wrote one after the other, in the shapes of the variables."""
    values = np.fromfile(FOLDER / name, "<f4")
    assert len(values) == sum(variable.numpy().size for variable in like)
    arrays = np.split(values, np.cumsum([variable.numpy().size for variable in like])[:-1])
    return [array.reshape(variable.shape) for array, variable in zip(arrays, like)]


def dump(name, variables):
    np.concatenate([variable.numpy().ravel() for variable in variables]).tofile(FOLDER / name)


def assert_same_bits(variables, arrays):
    for variable, array in zip(variables, arrays, strict=True):
        assert np.array_equal(variable.numpy().view(np.uint32), array.view(np.uint32)), variable.path


def pixels(name):
    return (np.fromfile(FOLDER / name, np.uint8).reshape(-1, 28, 28, 1) / 255).astype(np.float32)


image1, image2 = pixels("image1.bin"), pixels("image2.bin")
distances = np.fromfile(FOLDER / "distances.bin", "<f4")


def check_distances(model):
    found = model.predict({"image1": image1, "image2": image2}, verbose=0)
    assert found.shape == (len(distances), 1)
    assert np.abs(found.ravel() - distances).max() <= 1e-5, np.abs(found.ravel() - distances).max()
    assert distances.max() > 0.01
    assert (model.predict([image1, image1], verbose=0) == 0).all()


def check_checkpoint(model):
    """Adam is where Java left it, and takes the step that its formula says."""
    adam, weights = model.optimizer, model.trainable_variables
    first, second = read("first.bin", weights), read("second.bin", weights)
    assert int(adam.iterations.numpy()) == STEPS
    assert (adam.learning_rate.numpy(), adam.beta_1, adam.beta_2, adam.epsilon) == (
        np.float32(LEARNING_RATE), BETA_1, BETA_2, EPSILON)
    assert_same_bits(adam.variables[2::2], first)
    assert_same_bits(adam.variables[3::2], second)

    model.compile(optimizer=model.optimizer, loss=keras_reference.contrastive_loss())
    labels = tf.constant(np.arange(len(distances)).reshape(-1, 1) % 2, tf.float32)
    before = [weight.numpy().astype(np.float64) for weight in weights]
    with tf.GradientTape() as tape:
        loss = keras_reference.contrastive_loss()(labels, model([image1, np.concatenate([image1[:9], image2[9:]])]))
    gradients = [gradient.numpy().astype(np.float64) for gradient in tape.gradient(loss, weights)]
    adam.apply(gradients)
    assert all(np.abs(gradient).max() > 0 for gradient in gradients[:-1])  # the last bias cancels in a difference
    for weight, old, gradient, m, v in zip(weights, before, gradients, first, second):
        assert np.isfinite(gradient).all()
        m = BETA_1 * m + (1 - BETA_1) * gradient
        v = BETA_2 * v + (1 - BETA_2) * gradient ** 2
        rate = LEARNING_RATE * np.sqrt(1 - BETA_2 ** (STEPS + 1)) / (1 - BETA_1 ** (STEPS + 1))
        expected = old - rate * m / (np.sqrt(v) + EPSILON)
        assert np.abs(expected - weight.numpy()).max() <= 1e-4 * np.abs(expected - old).max()

    history = model.fit([image1, image2], labels, batch_size=64, epochs=1, verbose=0).history
    assert np.isfinite(history["loss"]).all()
    assert int(adam.iterations.numpy()) == STEPS + 1 + len(distances) // 64
    model.save(FOLDER / "trained-on.keras")
    dump("trained-on-weights.bin", weights)
    dump("trained-on-first.bin", adam.variables[2::2])
    dump("trained-on-second.bin", adam.variables[3::2])


def built_by_user(lambda_free):
    twin = keras_reference.build_twin()
    return keras_reference.build_siamese(twin, lambda_free), twin


with warnings.catch_warnings():
    warnings.filterwarnings("error", module="keras")
    checkpoint = keras.models.load_model(MODEL)
    plain = keras.models.load_model(FOLDER / "plain.keras")
assert [layer.name for layer in checkpoint.layers[:3]] == ["image1", "image2", "functional"]
assert checkpoint.get_layer("functional").get_layer("dropout_2").rate == 0.3
assert plain.get_layer("functional").get_layer("dropout_2").rate == 0.4
assert not plain.compiled
expected = read("weights.bin", checkpoint.trainable_variables)
for model in (checkpoint, plain):
    assert_same_bits(model.weights, expected)
    check_distances(model)

for file in (WEIGHTS, MODEL):
    for lambda_free in (False, True):
        model, twin = built_by_user(lambda_free)
        model.load_weights(file)
        assert_same_bits(twin.weights, expected)
twin = keras_reference.build_twin()
twin.load_weights(WEIGHTS)
assert_same_bits(twin.weights, expected)

model, twin = built_by_user(True)
model.compile(optimizer=keras.optimizers.Adam(), loss=keras_reference.contrastive_loss())
model.optimizer.build(model.trainable_variables)
model.load_weights(WEIGHTS)
assert int(model.optimizer.iterations.numpy()) == STEPS
assert_same_bits(model.optimizer.variables[3::2], read("second.bin", twin.weights))

check_checkpoint(checkpoint)
