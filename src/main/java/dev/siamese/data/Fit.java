package dev.siamese.data;

/** How pictures of other proportions become images of one shape. */
public enum Fit {
  /** The whole picture as large as fits, with ground beside it. */
  PAD("pad"),
  /** The middle of the picture, as large as fills the image. */
  CROP("crop"),
  /** The whole picture, its proportions changed. */
  STRETCH("stretch");

  private final String text;

  Fit(String text) {
    this.text = text;
  }

  /** As the command line and files name it. */
  public String text() {
    return text;
  }

  /**
   * The fit of this {@link #text}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Fit of(String text) {
    return new NamedChoice<>(values(), Fit::text).require(text);
  }
}
