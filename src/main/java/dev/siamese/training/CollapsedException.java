package dev.siamese.training;

import dev.siamese.evaluation.PairOutputs;
import dev.siamese.network.OutputKind;
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

  /**
   * The share of their distance before the first step that is left of embeddings drawn together, at
   * most; those of some networks are near one point before they learn.
   */
  private static final double LEFT = 0.25;

  private static final String WAY_OUT =
      "the network has collapsed; a lower learning rate or other weights to begin with may help"
          + " (--learning-rate, --seed)";

  private CollapsedException(String found) {
    super("expected outputs that differ from pair to pair, found " + found);
  }

  /**
   * Checks that outputs tell something of their pairs.
   *
   * @param supervision what the network learned from
   * @param before the mean output of the same pairs before the first step
   * @throws CollapsedException when they are all alike
   */
  public static void requireNone(PairOutputs outputs, Supervision supervision, double before) {
    if (isSeen(outputs, supervision, before)) {
      throw new CollapsedException(told(outputs));
    }
  }

  /**
   * Checks that at a threshold for distances an image is the same as itself. It is not where the
   * embeddings of nearly all images are one, so that the best that can be done is to call all pairs
   * different.
   *
   * @throws CollapsedException when it is different from itself
   */
  public static void requireSameAsItself(PairOutputs outputs, double threshold) {
    if (outputs.kind() == OutputKind.DISTANCE && threshold <= 0) {
      throw new CollapsedException(
          "so many of 0 that at no threshold an image would be the same as itself: " + WAY_OUT);
    }
  }

  /**
   * Whether outputs are all alike: but for rounding, or, where the embeddings are of length 1, so
   * that distances have a scale, in their mean near 0 and much nearer than before.
   *
   * @param before the mean output of the same pairs before the first step
   */
  public static boolean isSeen(PairOutputs outputs, Supervision supervision, double before) {
    return outputs.areAlike()
        || supervision.isOfUnitEmbeddings() && outputs.mean() < Math.min(UNIT_MEAN, LEFT * before);
  }

  /** What is to be said of outputs that are all alike. */
  public static String told(PairOutputs outputs) {
    String values =
        outputs.areAlike()
            ? String.format(Locale.ROOT, "of %.4f", outputs.values()[0])
            : String.format(Locale.ROOT, "of %.4f to %.4f", outputs.least(), outputs.most());
    return "a %s %s for all validation pairs: ".formatted(outputs.kind().text(), values) + WAY_OUT;
  }
}
