package dev.siamese.data;

/** What pictures that belong together are painted on: decided once for all of them. */
enum Ground {
  /** Bright ink on dark ground. */
  DARK("bright ink on dark ground"),
  /** Dark ink on light ground. */
  LIGHT("dark ink on light ground"),
  /** The very images that the network knows, which stay as they are. */
  READY("as the network knows them");

  private final String text;

  Ground(String text) {
    this.text = text;
  }

  /** What pictures are said to be. */
  String text() {
    return text;
  }
}
