package dev.siamese.data;

/**
 * Images and the pairs drawn from them.
 *
 * @param images what the pairs point into
 * @param pairs positions in images
 */
public record PairedImages(LabeledImages images, Pairs pairs) {

  /** Draws the pairs of a run with this seed. */
  public static PairedImages draw(LabeledImages images, RandomStream stream, long seed) {
    return new PairedImages(images, Pairs.draw(images, stream.generator(seed)));
  }
}
