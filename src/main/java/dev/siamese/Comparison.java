package dev.siamese;

import dev.siamese.network.OutputKind;

/**
 * What a model says of two pictures.
 *
 * @param output whether the value is a distance or a similarity
 * @param value how far apart, or how alike, the pictures are
 * @param threshold below which a distance, or above which a similarity, means the same class
 */
public record Comparison(OutputKind output, float value, double threshold) {

  /** Whether the pictures show the same class. */
  public boolean same() {
    return output.isSame(value, threshold);
  }
}
