package dev.siamese.keras;

/** Something in a file that is not what it should be; the reader of the file adds which one. */
final class UnexpectedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String expected;
  private final String found;

  /**
   * Says both in one line.
   *
   * @param expected for instance "a whole number"
   * @param found what is there instead
   */
  UnexpectedException(String expected, String found) {
    super("expected %s, found %s".formatted(expected, found));
    this.expected = expected;
    this.found = found;
  }

  /**
   * The same, saying where.
   *
   * @param where for instance "as units of Dense "dense""
   */
  UnexpectedException at(String where) {
    UnexpectedException whole = new UnexpectedException(expected + " " + where, found);
    whole.initCause(this);
    return whole;
  }
}
