package dev.siamese.augmentation;

/** What is taken for the surroundings of an image, where a change brings some of them into it. */
public enum Outside {
  /** Black, the ground of handwriting. */
  GROUND,
  /** The nearest pixel of the border, which is less of an edge in photographs. */
  BORDER
}
