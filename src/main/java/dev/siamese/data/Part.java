package dev.siamese.data;

/** What the images of a data set are for. */
enum Part {
  /** To train on, and to validate on where nothing else is there for that. */
  TRAIN("training"),
  /** To validate on. */
  VALIDATION("validation"),
  /** To test on. */
  TEST("test");

  private final String text;

  Part(String text) {
    this.text = text;
  }

  /** What messages call it. */
  String text() {
    return text;
  }
}
