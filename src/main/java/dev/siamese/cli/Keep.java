package dev.siamese.cli;

/** Which epoch of a run is measured and exported. */
enum Keep {
  /** The one with the lowest validation loss. */
  BEST,
  /** The last one, as in the reference program. */
  LAST
}
