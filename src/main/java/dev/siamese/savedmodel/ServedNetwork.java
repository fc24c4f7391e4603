package dev.siamese.savedmodel;

import dev.siamese.model.Images;
import dev.siamese.model.TrainedNetwork;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a SavedModel folder holds.
 *
 * @param trained the network and its weights
 * @param threshold below which a distance, or above which a similarity, calls two images the same
 * @param attachments texts by file name that travel along, which TensorFlow ignores
 */
public record ServedNetwork(
    TrainedNetwork trained, double threshold, Map<String, String> attachments) {
  private static final Pattern ATTACHMENT_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  /**
   * Copies the attachments.
   *
   * @throws IllegalArgumentException when the network's images have neither 1 nor 3 channels, the
   *     threshold is not finite, or an attachment's name is not a plain file name or taken
   */
  public ServedNetwork {
    attachments = Map.copyOf(attachments);
    if (!Double.isFinite(threshold)) {
      throw new IllegalArgumentException("expected a finite threshold, found " + threshold);
    }
    Images.shape(trained.network().image());
    for (String name : attachments.keySet()) {
      if (!ATTACHMENT_NAME.matcher(name).matches() || name.equals(GoldenPairs.FILE_NAME)) {
        throw new IllegalArgumentException(
            "expected a plain file name for an attachment, found \"%s\"".formatted(name));
      }
    }
  }
}
