package dev.siamese.augmentation;

import java.util.SplittableRandom;

/** A change of values rather than of places, made after all geometric ones. */
sealed interface ValueChange extends Change permits Brightness, Contrast, Colour, Blur, Erase {

  /** Draws an amount and changes the workspace's image by it. */
  void apply(Workspace work, SplittableRandom random);
}
