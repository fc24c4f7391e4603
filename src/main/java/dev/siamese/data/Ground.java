package dev.siamese.data;

/** What pictures that belong together are painted on: decided once for all of them. */
enum Ground {
  /** Bright ink on dark ground. */
  DARK,
  /** Dark ink on light ground. */
  LIGHT,
  /** The very images that the network knows, which stay as they are. */
  READY
}
