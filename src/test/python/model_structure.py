"""What a model is made of: its layers, its twin, its embeddings, its shapes."""

from quiet_tensorflow import tf

import keras


def all_layers(model):
    """The layers of a model and of the models in it, each once."""
    found = {}
    for layer in model.layers:
        found[id(layer)] = layer
        if isinstance(layer, keras.Model):
            found.update((id(inner), inner) for inner in all_layers(layer))
    return list(found.values())


def nodes_of(model):
    """The calls that the model is made of, by operation as in its configuration: [(operation, its nodes), …]."""
    graph = getattr(model, "_functional", model)  # of a Sequential model
    own = {id(node) for nodes in graph._nodes_by_depth.values() for node in nodes}
    return [(operation, [node for node in operation._inbound_nodes if id(node) in own])
            for operation in graph.operations]


def layer_shapes(model):
    """[name, output shape without the batch], for a layer in several places one after the other."""
    return [[operation.name, list(node.output_tensors[0].shape[1:])]
            for operation, nodes in nodes_of(model) for node in nodes]


def twin_of(model):
    """The nested model that both images go through, or None where layers are shared one by one."""
    return next((layer for layer in model.layers if isinstance(layer, keras.Model)), None)


def embeddings_of(model):
    """The tensors of the two embeddings: the twin's, or what the first operation that sees both images takes."""
    twin = twin_of(model)
    if twin is not None:
        return [node.output_tensors[0] for operation, nodes in nodes_of(model) if operation is twin for node in nodes]
    sides = {id(tensor): {side} for side, tensor in enumerate(model.inputs)}
    for depth in sorted(model._nodes_by_depth, reverse=True):
        for node in model._nodes_by_depth[depth]:
            if node.is_input:
                continue
            seen = set().union(*(sides[id(tensor)] for tensor in node.input_tensors))
            if len(seen) == 2:
                return node.input_tensors
            sides.update((id(tensor), seen) for tensor in node.output_tensors)
    raise ValueError(f"expected an operation on both images, found none in {model.name}")
