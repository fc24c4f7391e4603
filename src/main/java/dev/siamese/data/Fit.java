package dev.siamese.data;

import java.util.Arrays;
import java.util.stream.Collectors;

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
    return Arrays.stream(values())
        .filter(fit -> fit.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected %s, found %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(Fit::text)
                                .collect(Collectors.joining(", ")),
                            text)));
  }
}
