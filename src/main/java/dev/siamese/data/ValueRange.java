package dev.siamese.data;

/** The numbers that a network expects for the pixels of 0 to 255 that images are stored as. */
public enum ValueRange {
  /** 0 for black to 1 for white. */
  ZERO_TO_ONE("0..1", 1 / 255.0, 0),
  /** As they are stored, for networks that rescale by themselves. */
  ZERO_TO_255("0..255", 1, 0),
  /** −1 for black to 1 for white. */
  MINUS_ONE_TO_ONE("-1..1", 1 / 127.5, -1);

  private final String text;
  private final double scale;
  private final double offset;

  ValueRange(String text, double scale, double offset) {
    this.text = text;
    this.scale = scale;
    this.offset = offset;
  }

  /** The range as the command line and files name it. */
  public String text() {
    return text;
  }

  /** What a stored pixel is multiplied by. */
  public double scale() {
    return scale;
  }

  /** What is added then. */
  public double offset() {
    return offset;
  }

  /**
   * The range of this {@link #text}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ValueRange of(String text) {
    return new NamedChoice<>(values(), ValueRange::text).require(text);
  }
}
