package dev.siamese.augmentation;

/** Checks the settings of changes. */
final class Limits {
  private Limits() {}

  /**
   * Checks a setting.
   *
   * @param what it is, for the message
   * @throws IllegalArgumentException when it is outside its range
   */
  static void require(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "expected %s of %s to %s, found %s".formatted(what, least, most, value));
    }
  }

  /**
   * Checks a setting that is a probability.
   *
   * @throws IllegalArgumentException when it is not between 0 and 1
   */
  static void requireProbability(String what, double value) {
    require("a probability " + what, value, 0, 1);
  }
}
