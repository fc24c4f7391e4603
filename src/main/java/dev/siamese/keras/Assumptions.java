package dev.siamese.keras;

import dev.siamese.network.Distance;
import dev.siamese.network.TensorShape;
import java.util.Optional;

/**
 * What the reader of a file knows and the file may not say.
 *
 * @param distance what a Lambda layer of two embeddings computes, whose code is not read; empty for
 *     the Euclidean distance, of which a notice tells
 * @param image (height, width, channels) where the model takes images of any size
 */
public record Assumptions(Optional<Distance> distance, Optional<TensorShape> image) {
  /** Nothing is known. */
  public static final Assumptions NONE = new Assumptions(Optional.empty(), Optional.empty());
}
