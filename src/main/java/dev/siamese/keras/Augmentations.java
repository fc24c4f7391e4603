package dev.siamese.keras;

import java.util.List;

/** Keras's layers that change images while training and do nothing otherwise. */
final class Augmentations {
  static final List<String> CLASSES =
      List.of(
          "AugMix",
          "CutMix",
          "Equalization",
          "MixUp",
          "RandAugment",
          "RandomBrightness",
          "RandomColorDegeneration",
          "RandomColorJitter",
          "RandomContrast",
          "RandomElasticTransform",
          "RandomErasing",
          "RandomFlip",
          "RandomGaussianBlur",
          "RandomGrayscale",
          "RandomHue",
          "RandomInvert",
          "RandomPerspective",
          "RandomPosterization",
          "RandomRotation",
          "RandomSaturation",
          "RandomSharpness",
          "RandomShear",
          "RandomTranslation",
          "RandomZoom",
          "Solarization");

  private Augmentations() {}
}
