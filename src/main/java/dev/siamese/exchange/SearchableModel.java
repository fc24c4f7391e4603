package dev.siamese.exchange;

import dev.siamese.model.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model that is ready to be searched with.
 *
 * @param loaded to be asked
 * @param network with its weights; empty of a SavedModel of others whose layers are not told
 */
public record SearchableModel(LoadedModel loaded, Optional<TrainedNetwork> network)
    implements AutoCloseable {

  /**
   * A SHA-256 checksum of what the embeddings of pictures depend on: the weights of the model, the
   * layers of its twin with their settings, and how pictures are prepared. It is the same in every
   * form that keeps these. Where the layers are not told, it is one of the files, and of how the
   * user says that pictures are prepared.
   *
   * @param source from which it was loaded
   * @param hints by which
   * @return in lower-case hexadecimal
   * @throws IOException when the files cannot be read
   */
  public String checksum(Path source, ModelHints hints) throws IOException {
    return network.isPresent()
        ? ModelChecksum.of(network.get())
        : ModelChecksum.ofFiles(source, hints);
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    loaded.close();
  }
}
