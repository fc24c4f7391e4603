package dev.siamese.augmentation;

import dev.siamese.data.ImageShape;
import java.util.SplittableRandom;

/** A change of where things are, which is affine: all of them together take one resampling. */
sealed interface GeometricChange extends Change permits Shift, Rotation, Scale, Shear, Crop, Flip {

  /** Draws an amount and adds the change to those that the map has. */
  void add(AffineMap map, ImageShape shape, SplittableRandom random);
}
