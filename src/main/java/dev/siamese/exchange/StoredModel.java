package dev.siamese.exchange;

import dev.siamese.model.Weights;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * What a model file holds.
 *
 * @param weights of the network
 * @param checkpoint what training needs to go on, with the same weights
 * @param threshold the distance below which a pair is taken for the same class
 * @param attachments texts by name that travel along in a {@code .keras} file, such as
 *     "history.csv"; Keras ignores them, the other formats have no room for them
 */
public record StoredModel(
    Weights weights,
    Optional<Checkpoint> checkpoint,
    OptionalDouble threshold,
    Map<String, String> attachments) {
  private static final Pattern ATTACHMENT_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  /**
   * Copies the attachments.
   *
   * @throws IllegalArgumentException when the checkpoint has other weights, the threshold is no
   *     distance, or an attachment's name is not a plain file name
   */
  public StoredModel {
    if (checkpoint.isPresent() && !checkpoint.get().state().weights().equals(weights)) {
      throw new IllegalArgumentException("expected a checkpoint of the same weights, found others");
    }
    if (threshold.isPresent() && !(threshold.getAsDouble() >= 0)) {
      throw new IllegalArgumentException(
          "expected a threshold of 0 or greater, found " + threshold.getAsDouble());
    }
    attachments = Map.copyOf(attachments);
    for (String name : attachments.keySet()) {
      if (!ATTACHMENT_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "expected a plain file name for an attachment, found \"%s\"".formatted(name));
      }
    }
  }

  /** Weights alone. */
  public static StoredModel of(Weights weights) {
    return new StoredModel(weights, Optional.empty(), OptionalDouble.empty(), Map.of());
  }

  /** A checkpoint alone. */
  public static StoredModel of(Checkpoint checkpoint) {
    return new StoredModel(
        checkpoint.state().weights(), Optional.of(checkpoint), OptionalDouble.empty(), Map.of());
  }

  /** The same with this threshold. */
  public StoredModel withThreshold(double distance) {
    return new StoredModel(weights, checkpoint, OptionalDouble.of(distance), attachments);
  }

  /** The same with these attachments instead. */
  public StoredModel withAttachments(Map<String, String> texts) {
    return new StoredModel(weights, checkpoint, threshold, texts);
  }
}
