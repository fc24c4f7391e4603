package dev.siamese.exchange;

import dev.siamese.model.AdamSettings;
import dev.siamese.model.Dropout;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Weights in Keras's own format, {@code .weights.h5}, of Keras 3.5 and newer.
 *
 * <p>One file serves both {@code model.load_weights(file)} of the siamese network and {@code
 * twin.load_weights(file)}: the two look in different places, and the weights are in both.
 */
final class WeightsFile {
  private WeightsFile() {}

  /**
   * Writes a model's weights, and Adam's memory if there is any; the file appears whole or not at
   * all.
   *
   * @throws IOException when the file cannot be written; one that was there is then as before
   */
  static void write(Path target, StoredModel model) throws IOException {
    WholeFile.replace(target, WeightsWriter.write(model, true));
  }

  /**
   * Reads weights that this class or Keras wrote, of a siamese network or of a twin alone.
   *
   * <p>The layout of an optimizer's variables does not tell its settings: those that lie as Adam's
   * are taken for Adam's with Keras's defaults and the file's learning rate.
   *
   * @throws IOException when the file is missing or damaged or holds another network
   */
  static StoredModel read(Path file) throws IOException {
    WeightsReader.Content content = WeightsReader.read(WholeFile.read(file), file.toString());
    if (content.adam().isEmpty()) {
      return StoredModel.of(content.weights());
    }
    try {
      AdamSettings adam = AdamSettings.withLearningRate(content.learningRate());
      return StoredModel.of(new Checkpoint(content.adam().get(), adam, Dropout.REFERENCE_RATE));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s in %s".formatted(e.getMessage(), file), e);
    }
  }
}
