package dev.siamese.exchange;

import dev.siamese.keras.TrainingRemarks;
import dev.siamese.model.TrainedNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * What a model file holds.
 *
 * @param model the network and its weights
 * @param checkpoint what training needs to go on
 * @param remarks what the file says of training besides
 * @param threshold below which a distance, or above which a similarity, means the same class
 * @param attachments texts by name that travel along in a {@code .keras} file, such as
 *     "history.csv"; Keras ignores them, the other formats have no room for them
 * @param assumed whether the file does not tell what is done to pictures
 * @param notices what the user should know of how the file was understood, a line each
 */
public record StoredModel(
    TrainedNetwork model,
    Optional<Checkpoint> checkpoint,
    TrainingRemarks remarks,
    OptionalDouble threshold,
    Map<String, String> attachments,
    boolean assumed,
    List<String> notices) {
  private static final Pattern ATTACHMENT_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  /**
   * Copies attachments and notices.
   *
   * @throws IllegalArgumentException when the threshold is not finite, or an attachment's name is
   *     not a plain file name
   */
  public StoredModel {
    if (threshold.isPresent() && !Double.isFinite(threshold.getAsDouble())) {
      throw new IllegalArgumentException(
          "expected a finite threshold, found " + threshold.getAsDouble());
    }
    attachments = Map.copyOf(attachments);
    notices = List.copyOf(notices);
    for (String name : attachments.keySet()) {
      if (!ATTACHMENT_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "expected a plain file name for an attachment, found \"%s\"".formatted(name));
      }
    }
  }

  /** A network and its weights alone. */
  public static StoredModel of(TrainedNetwork model) {
    return new StoredModel(
        model,
        Optional.empty(),
        TrainingRemarks.NONE,
        OptionalDouble.empty(),
        Map.of(),
        false,
        List.of());
  }

  /** The same with this checkpoint. */
  public StoredModel withCheckpoint(Checkpoint other) {
    return new StoredModel(
        model, Optional.of(other), remarks, threshold, attachments, assumed, notices);
  }

  /** The same with this threshold. */
  public StoredModel withThreshold(double value) {
    return new StoredModel(
        model, checkpoint, remarks, OptionalDouble.of(value), attachments, assumed, notices);
  }

  /** The same with these attachments instead. */
  public StoredModel withAttachments(Map<String, String> texts) {
    return new StoredModel(model, checkpoint, remarks, threshold, texts, assumed, notices);
  }
}
