package dev.siamese.exchange;

import dev.siamese.model.SiameseModel;
import java.util.OptionalDouble;

/**
 * A model that is ready to be asked.
 *
 * @param model tells embeddings and distances
 * @param threshold the distance below which a pair is taken for the same class, if the model has
 *     one
 */
public record LoadedModel(SiameseModel model, OptionalDouble threshold) implements AutoCloseable {
  /** Frees the native memory. */
  @Override
  public void close() {
    model.close();
  }
}
