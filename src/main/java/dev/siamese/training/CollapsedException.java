package dev.siamese.training;

import dev.siamese.evaluation.PairOutputs;
import dev.siamese.loss.BatchObjective;
import java.util.Locale;

/**
 * All pairs have the same output, so that the network tells nothing of its images: a learning rate
 * that is too high kills every unit behind a ReLU, or draws all embeddings to one point.
 */
public final class CollapsedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * The mean distance of unit embeddings below which they are noise around one point. They can be 2
   * apart; networks that were drawn to a point had 0.001 to 0.012, and before their first step 0.19
   * for digits and 0.03 for images as good as the same.
   */
  private static final double UNIT_MEAN = 0.015;

  private CollapsedException(PairOutputs outputs) {
    super("expected outputs that differ from pair to pair, found " + told(outputs));
  }

  /**
   * Checks that outputs tell something of their pairs.
   *
   * @param supervision what the network learned from
   * @throws CollapsedException when they are all alike
   */
  public static void requireNone(PairOutputs outputs, Supervision supervision) {
    if (isSeen(outputs, supervision)) {
      throw new CollapsedException(outputs);
    }
  }

  /**
   * Whether outputs are all alike: but for rounding, or, where the embeddings are of length 1, so
   * that distances have a scale, in their mean near 0.
   */
  public static boolean isSeen(PairOutputs outputs, Supervision supervision) {
    boolean unit =
        supervision
            .objective()
            .map(BatchObjective::loss)
            .filter(loss -> loss.takesUnitEmbeddings())
            .isPresent();
    return outputs.areAlike() || unit && outputs.mean() < UNIT_MEAN;
  }

  /** What is to be said of outputs that are all alike. */
  public static String told(PairOutputs outputs) {
    String values =
        outputs.areAlike()
            ? String.format(Locale.ROOT, "of %.4f", outputs.values()[0])
            : String.format(Locale.ROOT, "of %.4f to %.4f", outputs.least(), outputs.most());
    return "a %s %s for all validation pairs: the network has collapsed; a lower learning rate or"
            .formatted(outputs.kind().text(), values)
        + " other weights to begin with may help (--learning-rate, --seed)";
  }
}
