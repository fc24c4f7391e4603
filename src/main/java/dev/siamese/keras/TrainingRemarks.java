package dev.siamese.keras;

import java.util.List;
import java.util.Optional;

/**
 * What a file says of its training that this program does not keep, or keeps by its options.
 *
 * @param unknownOptimizer why the optimizer cannot go on here; empty where it can, and where there
 *     is none
 * @param loss the name of the loss, whose code is not read; empty where there is none
 * @param policy the type that Keras computes in, such as "mixed_bfloat16"; empty for float32
 * @param leftOut a line each for what else is left out when training goes on
 */
public record TrainingRemarks(
    Optional<String> unknownOptimizer,
    Optional<String> loss,
    Optional<String> policy,
    List<String> leftOut) {
  /** The name of the loss with which this program trains similarities too. */
  public static final String CROSS_ENTROPY = "binary_crossentropy";

  /** Nothing to remark. */
  public static final TrainingRemarks NONE =
      new TrainingRemarks(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  /** Copies the lines. */
  public TrainingRemarks {
    leftOut = List.copyOf(leftOut);
  }

  /** The same where the optimizer cannot go on, for this reason. */
  TrainingRemarks withUnknownOptimizer(String reason) {
    return new TrainingRemarks(Optional.of(reason), loss, policy, leftOut);
  }

  /** The same of a model that computes in this type. */
  TrainingRemarks withPolicy(Optional<String> other) {
    return new TrainingRemarks(unknownOptimizer, loss, other, leftOut);
  }
}
