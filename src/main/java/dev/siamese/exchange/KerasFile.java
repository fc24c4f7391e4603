package dev.siamese.exchange;

import dev.siamese.model.Dropout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model in Keras's own format, {@code .keras}, of Keras 3.5 and newer.
 *
 * <p>{@code keras.models.load_model(file)} gives the siamese network: two images (n, 28, 28, 1) to
 * their distance (n, 1). With a checkpoint it is compiled with Adam where training stopped, and
 * goes on after {@code model.compile(optimizer=model.optimizer, loss=contrastive_loss)}.
 */
public final class KerasFile {
  static final String CONFIG = "config.json";
  static final String METADATA = "metadata.json";
  static final String WEIGHTS = "model.weights.h5";
  static final String ATTACHMENTS = "siamese/";
  static final String THRESHOLD = "threshold";

  private KerasFile() {}

  /**
   * Writes a model; the file appears whole or not at all.
   *
   * @throws IOException when the file cannot be written; one that was there is then as before
   */
  public static void write(Path target, StoredModel model) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    // Keras only shows the version; this is the oldest one that these files are checked with.
    entries.put(METADATA, utf8("{\"keras_version\": \"3.5.0\"}"));
    String config =
        KerasConfig.json(
            model.weights().architecture(),
            model.checkpoint().map(Checkpoint::dropout).orElse(Dropout.REFERENCE_RATE),
            model.checkpoint().map(Checkpoint::adam));
    entries.put(CONFIG, utf8(config));
    entries.put(WEIGHTS, WeightsWriter.write(model, false));
    model
        .threshold()
        .ifPresent(
            threshold -> entries.put(ATTACHMENTS + THRESHOLD, utf8(Double.toString(threshold))));
    new TreeMap<>(model.attachments())
        .forEach((name, text) -> entries.put(ATTACHMENTS + name, utf8(text)));
    FileReplacement.write(target, KerasArchive.pack(entries));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
