package dev.siamese.network;

import java.util.Locale;

/** What a siamese network says of a pair. */
public enum OutputKind {
  /** How different the images are: 0 for the same, and no limit. */
  DISTANCE,
  /** How alike they are: 1 for the same, 0 for different ones. */
  SIMILARITY;

  /**
   * Whether a pair counts as same: with a distance below the threshold, or a similarity above it.
   * One at the very threshold does not, nor does NaN.
   */
  public boolean isSame(double output, double threshold) {
    return switch (this) {
      case DISTANCE -> output < threshold;
      case SIMILARITY -> output > threshold;
    };
  }

  /** Its name in files, signatures and on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
