"""One step of training on pairs, by hand, without anything that is drawn."""

from contextlib import contextmanager

from quiet_tensorflow import tf

import keras

from model_structure import all_layers

LEARNING_RATE, EPSILON = 0.001, 1e-5  # at Keras's epsilon Adam makes full steps of what is 0 but for rounding


def compile_for(network, model):
    model.compile(optimizer=keras.optimizers.Adam(LEARNING_RATE, epsilon=EPSILON), loss=network.loss())


def step(network, model, inputs, labels):
    """Takes one step of the compiled model's optimizer; returns the loss and the gradients before it."""
    with tf.GradientTape() as tape:
        loss = network.loss()(labels, model(inputs, training=True))
        loss = tf.add_n([loss, *model.losses])
    gradients = tape.gradient(loss, model.trainable_variables)
    model.optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss, gradients


@contextmanager
def nothing_drawn(model):
    """Meanwhile no layer drops, disturbs or augments; BatchNormalization still takes the batch's statistics."""
    restore = []
    for layer in all_layers(model):
        if type(layer).__name__.startswith("Random"):
            layer.call = lambda images, training=None: images
            restore.append((delattr, layer, "call"))
        for setting in ("rate", "stddev"):
            if hasattr(layer, setting):
                restore.append((setattr, layer, setting, getattr(layer, setting)))
                setattr(layer, setting, 0.0)
    try:
        yield
    finally:
        for undo, *arguments in restore:
            undo(*arguments)
