"""Models of Keras 2 in all of its files, and of Keras 3 in its HDF5 files and in other types of numbers.

usage: older_files.py save FOLDER     makes the models, each with its weights and what it says of pictures beside it
       older_files.py check FOLDER    loads what Java wrote of them, and fails when it is not the same
"""

import json
import sys
from pathlib import Path

from quiet_tensorflow import tf

import h5py
import keras as keras3
import numpy as np
import tf_keras as keras2

from older_file_models import SIZE, MODELS, NEWER

COMMAND, FOLDER = sys.argv[1], Path(sys.argv[2])
generator = np.random.default_rng(11)
PICTURES = FOLDER / "pictures.bin"


def pictures():
    """Pairs of pictures, all bytes of them."""
    first, second = np.frombuffer(PICTURES.read_bytes(), np.uint8).reshape((2, -1, *SIZE)) / np.float32(255)
    return [first, second]


def randomize(model):
    """Weights that no initializer gives, but for the statistics of Normalization, which are given."""
    for variable in model.weights:
        name = variable.name.split("/")[-1].split(":")[0]
        if name not in ("mean", "variance", "count"):
            positive = generator.uniform(0.5, 1.5, variable.shape)
            variable.assign(positive if name == "moving_variance" else generator.normal(0, 0.3, variable.shape))


def in_order(layer):
    """All weights, layer by layer and not the trained ones first."""
    if hasattr(layer, "layers"):
        return [weight for inner in layer.layers for weight in in_order(inner)]
    if hasattr(layer, "_trainable_weights"):  # of Keras 2
        return layer._trainable_weights + layer._non_trainable_weights
    return layer.weights


def dump(name, model):
    arrays = [np.asarray(weight).astype("<f4").ravel() for weight in in_order(model)]
    np.concatenate(arrays).tofile(FOLDER / f"{name}-weights.bin")
    np.asarray(answer(model), "<f4").tofile(FOLDER / f"{name}-answer.bin")


def answer(model):
    images = pictures()
    inputs = images if len(model.inputs) == 2 else images[0]
    return np.asarray(model(inputs, training=False)).astype(np.float32)


def save(name, model):
    dump(name, model)
    model.save(FOLDER / f"{name}.keras")
    model.save(FOLDER / f"{name}.h5")
    model.save_weights(FOLDER / f"{name}.weights.h5")
    (FOLDER / f"{name}.json").write_text(model.to_json())
    if isinstance(model, keras2.Model):
        model.save_weights(FOLDER / f"{name}-alone.h5")


def make(name, policy="float32"):
    keras2.backend.clear_session()
    keras3.utils.clear_session()
    keras3.config.set_dtype_policy(policy)
    return (MODELS | NEWER)[name]()


def optimizers():
    """Of Keras 2."""
    kinds = keras2.optimizers
    return {"adam": kinds.Adam(0.004, beta_1=0.7), "amsgrad": kinds.Adam(amsgrad=True), "adamw": kinds.AdamW(0.002),
            "momentum": kinds.SGD(0.01, momentum=0.9), "rmsprop": kinds.RMSprop(momentum=0.5, centered=True),
            "schedule": kinds.Adam(kinds.schedules.ExponentialDecay(0.01, 10, 0.9)),
            "legacy": kinds.legacy.Adam(), "nadam": kinds.Nadam()}


def save_optimizers():
    for name, optimizer in optimizers().items():
        model = make("koch")
        model.compile(optimizer, loss="mse")
        model.fit(pictures(), np.ones((16, 1), np.float32), batch_size=8, epochs=2, verbose=0)
        model.save(FOLDER / f"optimizer-{name}.keras")
        model.save(FOLDER / f"optimizer-{name}.h5")
        if name not in ("legacy", "nadam"):
            arrays = [np.asarray(variable).ravel() for variable in optimizer.variables[1:]]
            np.concatenate(arrays).tofile(FOLDER / f"optimizer-{name}.bin")


def check_optimizer(name):
    """Keras 3 goes on with all that Keras 2 remembered."""
    optimizer = keras3.models.load_model(FOLDER / f"java-optimizer-{name}.keras").optimizer
    slots = optimizer.variables[1 if name == "schedule" else 2:]
    found = np.concatenate([np.asarray(variable).ravel() for variable in slots])
    assert int(optimizer.iterations.numpy()) == 4, name
    assert found.tobytes() == (FOLDER / f"optimizer-{name}.bin").read_bytes(), name


def save_types():
    """Weights of 16 and 64 bits, and all numbers of 16 bits."""
    for policy in ("bfloat16", "float16", "float64", "mixed_bfloat16", "mixed_float16"):
        model = make("newer", policy)
        randomize(model)
        model.save(FOLDER / f"{policy}.keras")
        model.save(FOLDER / f"{policy}.h5")
        model.save_weights(FOLDER / f"{policy}.weights.h5")
        widened = make("newer")
        widened.set_weights([np.asarray(weight).astype("float32") for weight in model.get_weights()])
        dump(policy, widened)
    bits = np.arange(2**16, dtype=np.uint16)
    with h5py.File(FOLDER / "halves.h5", "w") as file:
        for name, values in (("float16", bits.view(np.float16)), ("bfloat16", bits.view(tf.bfloat16.as_numpy_dtype))):
            file[name] = values
            values.astype("<f4").tofile(FOLDER / f"{name}-all.bin")


def check(name, keras, file):
    """A library opens the file, which holds every bit and computes the same."""
    keras.backend.clear_session()
    model = keras.models.load_model(FOLDER / file, compile=False)
    arrays = [np.asarray(weight).astype("<f4").ravel() for weight in in_order(model)]
    assert np.concatenate(arrays).tobytes() == (FOLDER / f"{name}-weights.bin").read_bytes(), file
    expected = np.fromfile(FOLDER / f"{name}-answer.bin", "<f4").reshape((-1, *model.output_shape[1:]))
    np.testing.assert_allclose(answer(model), expected, rtol=1e-5, atol=1e-5 * np.abs(expected).max(), err_msg=file)


if COMMAND == "save":
    generator.integers(0, 256, (2, 16, *SIZE), np.uint8).tofile(PICTURES)
    for model_name in MODELS | NEWER:
        made = make(model_name)
        randomize(made)
        save(model_name, made)
    save_types()
    save_optimizers()
else:
    for model_name, where in json.loads((FOLDER / "written.json").read_text()).items():
        check(model_name, keras3, f"java-{model_name}.keras")
        for library in where:
            check(model_name, {"2": keras2, "3": keras3}[library], f"java-{model_name}.h5")
    for file in FOLDER.glob("optimizer-*.bin"):
        check_optimizer(file.stem.removeprefix("optimizer-"))
