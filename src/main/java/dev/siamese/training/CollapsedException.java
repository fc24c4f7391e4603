package dev.siamese.training;

import dev.siamese.evaluation.PairOutputs;
import java.util.Locale;

/**
 * All pairs have the same output, so that the network tells nothing of its images: a learning rate
 * that is too high kills every unit behind a ReLU.
 */
public final class CollapsedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private CollapsedException(PairOutputs outputs) {
    super("expected outputs that differ from pair to pair, found " + told(outputs));
  }

  /**
   * Checks that outputs tell something of their pairs.
   *
   * @throws CollapsedException when they are all alike
   */
  public static void requireNone(PairOutputs outputs) {
    if (outputs.areAlike()) {
      throw new CollapsedException(outputs);
    }
  }

  /** What is to be said of outputs that are all alike. */
  public static String told(PairOutputs outputs) {
    return String.format(
        Locale.ROOT,
        "a %s of %.4f for all validation pairs: the network has collapsed; a lower learning rate or"
            + " other weights to begin with may help (--learning-rate, --seed)",
        outputs.kind().text(),
        outputs.values()[0]);
  }
}
