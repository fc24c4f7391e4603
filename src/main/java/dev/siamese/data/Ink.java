package dev.siamese.data;

/** What is done to the ink and the ground of pictures. */
public enum Ink {
  /** Nothing: pictures show what they show. */
  AS_IS("as-is"),
  /** It becomes bright on dark ground: pictures on light ground are inverted. */
  BRIGHT("bright"),
  /** Whichever of the two the pictures of a data set ask for. */
  AUTO("auto"),
  /** It is lifted from its paper, sized and centred as MNIST's makers did. */
  HANDWRITING("handwriting");

  private final String text;

  Ink(String text) {
    this.text = text;
  }

  /** As the command line and files name it. */
  public String text() {
    return text;
  }

  /**
   * The ink of this {@link #text}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Ink of(String text) {
    return new NamedChoice<>(values(), Ink::text).require(text);
  }
}
