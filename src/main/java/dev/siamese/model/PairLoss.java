package dev.siamese.model;

import dev.siamese.network.OutputKind;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The loss that a network is trained with: the {@linkplain ContrastiveLoss contrastive loss} of a
 * distance, the {@linkplain BinaryCrossEntropy binary cross-entropy} of a similarity.
 *
 * @param output what the network gives
 * @param margin distance beyond which pairs of two classes cost nothing, above 0
 */
public record PairLoss(OutputKind output, double margin) {

  /**
   * Adds the loss of each pair to a graph.
   *
   * @param labels (n, 1), 1 for a pair of one class, 0 otherwise
   * @param outputs (n, 1)
   * @return (n, 1)
   */
  public Operand<TFloat32> of(Ops tf, Operand<TFloat32> labels, Operand<TFloat32> outputs) {
    return switch (output) {
      case DISTANCE -> ContrastiveLoss.of(tf, labels, outputs, margin);
      case SIMILARITY -> BinaryCrossEntropy.of(tf, labels, outputs);
    };
  }
}
