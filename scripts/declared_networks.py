"""Networks that scripts/bench compares and that this program has no name for: written as Keras's JSON into a folder."""

import sys
from pathlib import Path

from keras_reference import build_siamese, keras, layers


def build_rgb64():
    """3×3 convolutions on colour pictures."""
    return keras.Sequential([
        keras.Input((64, 64, 3)),
        *(layer for filters in (32, 64, 64)
          for layer in (layers.Conv2D(filters, 3, activation="relu"), layers.MaxPooling2D(2))),
        layers.Flatten(),
        layers.Dense(128),
    ])


def build_small_mobilenet():
    """Depthwise separable blocks and an inverted residual, as MobileNet and MobileNetV2 have them."""

    def normalized(x, activated=True):
        x = layers.BatchNormalization()(x)
        return layers.ReLU(6.0)(x) if activated else x

    def depthwise(x, strides=1):
        return normalized(layers.DepthwiseConv2D(3, strides=strides, padding="same", use_bias=False)(x))

    def pointwise(x, filters, activated=True):
        return normalized(layers.Conv2D(filters, 1, use_bias=False)(x), activated)

    def inverted_residual(x, expanded, filters):
        return layers.Add()([x, pointwise(depthwise(pointwise(x, expanded)), filters, activated=False)])

    images = keras.Input((32, 32, 3))
    x = normalized(layers.Conv2D(16, 3, strides=2, padding="same", use_bias=False)(images))
    x = pointwise(depthwise(x), 32)
    x = pointwise(depthwise(x, strides=2), 64)
    x = inverted_residual(x, 192, 64)
    x = pointwise(depthwise(x, strides=2), 128)
    return keras.Model(images, layers.Dense(64)(layers.GlobalAveragePooling2D()(x)))


TWINS = {"rgb64": build_rgb64, "small-mobilenet": build_small_mobilenet}


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True)
    for name, build in TWINS.items():
        (folder / f"{name}.json").write_text(build_siamese(build(), lambda_free=True).to_json())


if __name__ == "__main__":
    main()
