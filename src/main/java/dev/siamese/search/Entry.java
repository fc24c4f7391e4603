package dev.siamese.search;

import java.util.Objects;
import java.util.Optional;

/**
 * What an index holds of a picture. The arrays must not be changed afterwards.
 *
 * @param name by which it is found again and removed; an index has each once
 * @param label its class, if that is known
 * @param embedding (size)
 * @param picture what it looks like, in bytes that mean something to who adds it, if it is kept
 */
public record Entry(
    String name, Optional<String> label, float[] embedding, Optional<byte[]> picture) {
  private static final int LONGEST_NAME = 4096;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when it is empty or of more than 4096 characters
   */
  public Entry {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "expected a name of 1 to %d characters, found %d".formatted(LONGEST_NAME, name.length()));
    }
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(embedding, "embedding");
    Objects.requireNonNull(picture, "picture");
  }

  /** One without a class or a picture. */
  public static Entry of(String name, float[] embedding) {
    return new Entry(name, Optional.empty(), embedding, Optional.empty());
  }
}
