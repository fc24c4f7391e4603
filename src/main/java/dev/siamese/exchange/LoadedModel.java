package dev.siamese.exchange;

import dev.siamese.data.Preparation;
import dev.siamese.model.PairModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model that is ready to be asked.
 *
 * @param model tells embeddings, and compares
 * @param preparation of the images that it is asked about
 * @param assumed whether its files do not tell what is done to pictures
 * @param threshold below which a distance, or above which a similarity, means the same class, if
 *     the model has one
 * @param attachments texts by name that travelled along, as {@link StoredModel#attachments}
 * @param notices what the user should know of how it was understood, a line each
 */
public record LoadedModel(
    PairModel model,
    Preparation preparation,
    boolean assumed,
    OptionalDouble threshold,
    Map<String, String> attachments,
    List<String> notices)
    implements AutoCloseable {
  /** A line on what is done to pictures for want of better knowledge. */
  public Optional<String> assumption() {
    return assumed
        ? Optional.of(
            "It does not tell how its pictures were prepared: %s is assumed"
                .formatted(preparation.inWords()))
        : Optional.empty();
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    model.close();
  }
}
