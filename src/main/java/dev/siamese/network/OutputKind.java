package dev.siamese.network;

import java.util.Locale;

/** What a siamese network says of a pair. */
public enum OutputKind {
  /** How different the images are: 0 for the same, and no limit. */
  DISTANCE,
  /** How alike they are: 1 for the same, 0 for different ones. */
  SIMILARITY;

  /** Its name in files, signatures and on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
