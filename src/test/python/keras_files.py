"""Models of all kinds of layers in Keras's files.

usage: keras_files.py save FOLDER     makes the models, and saves each in every form with its arrays beside it
       keras_files.py check FOLDER    loads what Java wrote of them, and fails when it is not the same
"""

import json
import sys
from pathlib import Path

from quiet_tensorflow import tf

import h5py
import keras
import numpy as np
from keras import layers

from keras_file_models import SIZE, makers, random_graph

COMMAND, FOLDER = sys.argv[1], Path(sys.argv[2])
generator = np.random.default_rng(7)

OPTIMIZERS = {
    "adam": keras.optimizers.Adam(0.004, beta_1=0.7, epsilon=1e-5),
    "adam_by_name": "adam",
    "average": keras.optimizers.Adam(use_ema=True),
}


def make(name):
    """The model with the names that it has in a program of its own, and weights that no initializer gives."""
    keras.utils.clear_session(free_memory=False)
    model = makers()[name]()
    for variable in model.weights:
        if variable.dtype == "float32":
            positive = generator.uniform(0.5, 1.5, variable.shape)
            variable.assign(positive if "variance" in variable.path else generator.normal(0, 0.2, variable.shape))
    return model


def dump(name, variables):
    arrays = [np.asarray(variable).astype("<f4").ravel() for variable in variables]
    np.concatenate(arrays).tofile(FOLDER / name)


def save(name, model):
    model.save(FOLDER / f"{name}.keras")
    model.save_weights(FOLDER / f"{name}.weights.h5")
    (FOLDER / f"{name}.json").write_text(model.to_json())
    dump(f"{name}-weights.bin", model.weights)


def all_layers():
    """One of each layer and operation that Java knows, each of its settings among the others."""
    from keras.src.activations import activations as functions
    from keras.src.ops import linalg, nn, numpy

    arguments = {
        "Conv2D": dict(filters=2, kernel_size=3), "SeparableConv2D": dict(filters=2, kernel_size=3), "DepthwiseConv2D": dict(kernel_size=3),
        "AveragePooling2D": dict(pool_size=2), "Reshape": dict(target_shape=(2, -1)), "Permute": dict(dims=(2, 1)), "Dense": dict(units=3),
        "Dropout": dict(rate=0.5), "SpatialDropout2D": dict(rate=0.5), "GaussianNoise": dict(stddev=0.1),
        "Activation": dict(activation="relu"), "Rescaling": dict(scale=0.1), "Dot": dict(axes=-1)}
    names = ("Conv2D DepthwiseConv2D SeparableConv2D Dense MaxPooling2D AveragePooling2D GlobalMaxPooling2D "
             "GlobalAveragePooling2D ZeroPadding2D Cropping2D Flatten Permute Reshape Identity Rescaling Activation ReLU LeakyReLU "
             "ELU Softmax PReLU BatchNormalization LayerNormalization GroupNormalization UnitNormalization Normalization Add "
             "Subtract Multiply Average Maximum Minimum Concatenate Dot Dropout SpatialDropout2D GaussianNoise").split()
    objects = [getattr(layers, name)(**arguments.get(name, {})) for name in names]
    objects += [reduce(axis=-1, keepdims=True) for reduce in
                (numpy.Sum, numpy.Mean, numpy.Max, numpy.Min, numpy.Prod, numpy.Amax, numpy.Amin)]
    objects += [linalg.Norm(axis=-1, keepdims=True), numpy.ExpandDims(1), numpy.Squeeze(1), numpy.Clip(0.0, 1.0),
                nn.Softmax(), nn.Elu(), nn.LeakyRelu(), nn.Gelu(approximate=False), nn.HardTanh(), nn.Normalize(),
                functions.ReLU(), numpy.Concatenate(axis=-1), numpy.Reshape((-1, 3))]
    configs = [keras.saving.serialize_keras_object(layer) for layer in objects]
    return "[\n" + ",\n".join(json.dumps(config) for config in configs) + "\n]\n"


def random_graphs():
    """Models whose layers stand in another order than Keras's, each with that order."""
    graphs = []
    for _ in range(60):
        config = json.loads(random_graph().to_json())
        listed = config["config"]["layers"]
        order = [layer["name"] for layer in listed]
        generator.shuffle(listed)
        graphs.append({"order": order, "model": config})
    return json.dumps(graphs)


def all_optimizers():
    """One of each optimizer and schedule that Java knows, and what a compiled model says, with all their settings."""
    from keras.optimizers import schedules

    known = [getattr(keras.optimizers, name)() for name in ("Adam", "AdamW", "Nadam", "RMSprop", "SGD")]
    known += [keras.optimizers.SGD(rate) for rate in (
        schedules.ExponentialDecay(0.1, 10, 0.5), schedules.CosineDecay(0.1, 10),
        schedules.PiecewiseConstantDecay([1, 2], [0.1, 0.2, 0.3]))]
    model = make("reference")
    model.compile("sgd")
    optimizers = [keras.saving.serialize_keras_object(optimizer) for optimizer in known]
    return json.dumps({"optimizers": optimizers, "compiled": model.get_compile_config()})


def save_optimizers():
    for name, optimizer in OPTIMIZERS.items():
        model = make("frozen" if name == "adam" else "reference")
        model.compile(optimizer, loss="mse")
        model.save(FOLDER / f"compiled-{name}.keras")
        model.save_weights(FOLDER / f"compiled-{name}.weights.h5")
        images = generator.random((2, 24, *SIZE), np.float32)
        model.fit(list(images), np.ones((24, 1), np.float32), batch_size=8, verbose=0)
        save(f"trained-{name}", model)
        if name == "adam":
            dump("trained-adam-first.bin", model.optimizer.variables[2::2])
            dump("trained-adam-second.bin", model.optimizer.variables[3::2])


def save_bad(name, edit):
    """A copy of the reference's weights, changed in its first bias."""
    copy = FOLDER / f"bad-{name}.weights.h5"
    copy.write_bytes((FOLDER / "reference.weights.h5").read_bytes())
    with h5py.File(copy, "r+") as file:
        variables = file["layers/functional/layers/conv2d/vars"]
        del variables["1"]
        edit(variables)


def save_all_bad():
    save_bad("huge", lambda variables: variables.create_dataset("1", (2**40,), "<f4", chunks=(2**20,)))
    save_bad("compressed", lambda variables: variables.create_dataset("1", data=np.ones(4, "<f4"), compression="gzip"))
    save_bad("double", lambda variables: variables.create_dataset("1", data=np.ones(4)))
    save_bad("half", lambda variables: variables.create_dataset("1", data=np.ones(4, "<f2")))
    save_bad("external", lambda variables: variables.create_dataset(
        "1", (4,), "<f4", external=[(str(FOLDER / "reference-weights.bin"), 0, 16)]))
    save_bad("link", lambda variables: variables.__setitem__(
        "1", h5py.ExternalLink(str(FOLDER / "reference.weights.h5"), "/layers/functional/layers/conv2d/vars/1")))
    save_bad("soft-link", lambda variables: variables.__setitem__("1", h5py.SoftLink("/layers/functional/layers/dense/vars/1")))
    save_bad("group", lambda variables: variables.create_group("1"))
    save_bad("circle", lambda variables: variables.__setitem__("1", variables.file["layers"]))
    make("reference").save(FOLDER / "bad-keras2.h5")


# What Java leaves out of a configuration; see the notes in the functions.
LEFT_OUT = {"build_config", "compile_config", "build_input_shape", "seed", "input_axes", "output_axes", "dtype",
            "shared_object_id", "noise_shape", "name"}
# Operations that are read as the layer that does the same.
AS_LAYERS = {"Softmax", "Concatenate", "ReLU", "Reshape"}


def plain(value, names):
    """A configuration without what Java leaves out; operations are numbered, for Keras names them anew."""
    if isinstance(value, (list, tuple)):
        if len(value) == 3 and isinstance(value[0], str):  # a reference to a layer
            return [names.get(value[0], value[0]), *value[1:]]
        items = [plain(item, names) for item in value]
        return items[0] if len(items) == 1 and not isinstance(items[0], dict) else items  # axis [-1] is -1
    if not isinstance(value, dict):
        return float(np.float32(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
    if value.get("class_name") in ("Functional", "Sequential"):
        names = {layer["name"]: f"operation {i}" for i, layer in enumerate(value["config"]["layers"])
                 if layer["module"].startswith("keras.src.")} if value["class_name"] == "Functional" else {}
    result = {}
    for key, item in value.items():
        if key not in LEFT_OUT:
            result[key] = plain(item, names)
    if value.get("use_bias") is False:
        result.pop("bias_initializer", None)
    if value.get("rms_scaling"):
        result.pop("center", None)
    if "inbound_nodes" in value:
        result["name"] = names.get(value["name"], value["name"])
        for node in result["inbound_nodes"]:
            node["kwargs"] = {}  # "training", which fit and predict overrule
    return result


def differences(found, expected, path=""):
    """Where two configurations differ."""
    if isinstance(found, dict) and isinstance(expected, dict):
        return [line for key in sorted(found.keys() | expected.keys())
                for line in differences(found.get(key), expected.get(key), f"{path}/{key}")]
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        return [line for i in range(len(found)) for line in differences(found[i], expected[i], f"{path}/{i}")]
    return [] if found == expected else [f"{path}: {found} instead of {expected}"]


def assert_same_bits(name, found, expected):
    assert len(found) == len(expected), (name, len(found), len(expected))
    for mine, theirs in zip(found, expected):
        mine, theirs = np.asarray(mine), np.asarray(theirs)
        assert mine.dtype == theirs.dtype and mine.tobytes() == theirs.tobytes(), (name, mine, theirs)


def check(name):
    original = make(name)
    original.load_weights(FOLDER / f"{name}.weights.h5")
    ours = keras.models.load_model(FOLDER / f"java-{name}.keras")  # in safe mode
    assert_same_bits(name, ours.weights, original.weights)
    if name not in ("operations_as_layers", "lambda_distance", "twin_alone", "any_size", "by_name"):
        lines = differences(plain(json.loads(ours.to_json()), {}), plain(json.loads(original.to_json()), {}))
        assert not lines, "\n".join([name, *lines])
    for layer in ours.layers:
        if isinstance(layer, keras.Model):  # a tensor, and no list of one
            assert isinstance(layer(keras.Input(layer.input_shape[1:])), keras.KerasTensor), layer.name
    other = make(name)
    other.load_weights(FOLDER / f"java-{name}.weights.h5")
    assert_same_bits(name, other.weights, original.weights)
    images = [generator.normal(0, 0.5, (3, *shape[1:])) for shape in np.atleast_2d(ours.input_shape)]
    if name == "by_name":
        images = dict(zip(("left", "right"), images))
    expected, found = original.predict(images, verbose=0), ours.predict(images, verbose=0)
    np.testing.assert_allclose(found, expected["distance"] if name == "by_name" else expected, rtol=1e-5, atol=1e-6)


def check_adam():
    """Adam is where Keras left it."""
    theirs = keras.models.load_model(FOLDER / "trained-adam.keras")
    ours = keras.models.load_model(FOLDER / "java-trained-adam.keras")
    assert_same_bits("adam", ours.optimizer.variables, theirs.optimizer.variables)
    for setting in ("beta_1", "beta_2", "epsilon", "amsgrad", "weight_decay", "clipnorm"):
        assert getattr(ours.optimizer, setting) == getattr(theirs.optimizer, setting), setting
    weights = make("frozen")
    weights.compile(keras.optimizers.Adam())
    weights.optimizer.build(weights.trainable_variables)
    weights.load_weights(FOLDER / "java-trained-adam.weights.h5")
    assert_same_bits("adam", weights.optimizer.variables, theirs.optimizer.variables)
    images = list(generator.random((2, 24, *SIZE), np.float32))
    for model in (theirs, ours):
        model.compile(optimizer=model.optimizer, loss="mse")
        model.fit(images, np.ones((24, 1), np.float32), batch_size=8, shuffle=False, verbose=0)
    assert int(ours.optimizer.iterations.numpy()) == 6
    for mine, other in zip(ours.weights, theirs.weights):
        np.testing.assert_allclose(mine, other, rtol=1e-6, atol=1e-7)


if COMMAND == "save":
    for model_name in makers():
        save(model_name, make(model_name))
    save_optimizers()
    save_all_bad()
    keras.utils.clear_session(free_memory=False)
    (FOLDER / "layers.json").write_text(all_layers())
    keras.utils.clear_session(free_memory=False)
    (FOLDER / "optimizers.json").write_text(all_optimizers())
    (FOLDER / "graphs.json").write_text(random_graphs())
else:
    for model_name in makers():
        check(model_name)
    check_adam()
    twin, whole = make("reference").get_layer("twin"), make("reference")
    whole.load_weights(FOLDER / "reference.weights.h5")
    twin.load_weights(FOLDER / "java-reference.weights.h5")  # in the same file as the whole
    assert_same_bits("twin", twin.weights, whole.weights)
