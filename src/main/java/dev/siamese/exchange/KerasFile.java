package dev.siamese.exchange;

import dev.siamese.model.AdamSettings;
import dev.siamese.model.Dropout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
  static final String THRESHOLD = "siamese-threshold.txt";

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
        .ifPresent(threshold -> entries.put(THRESHOLD, utf8(Double.toString(threshold))));
    new TreeMap<>(model.attachments())
        .forEach((name, text) -> entries.put(ATTACHMENTS + name, utf8(text)));
    WholeFile.replace(target, KerasArchive.pack(entries));
  }

  /**
   * Reads a model that this class or Keras wrote. A Lambda layer's code is neither read nor run.
   *
   * <p>The network may be a siamese one or a twin alone. What Keras keeps of its optimizer is a
   * checkpoint if that was Adam, and had taken a step.
   *
   * @throws IOException when the file is missing or damaged, lacks the weights, or holds another
   *     network
   */
  public static StoredModel read(Path file) throws IOException {
    Map<String, byte[]> entries =
        KerasArchive.read(
            file,
            name ->
                List.of(CONFIG, WEIGHTS, THRESHOLD).contains(name) || name.startsWith(ATTACHMENTS));
    for (String needed : List.of(CONFIG, WEIGHTS)) {
      if (!entries.containsKey(needed)) {
        throw new IOException("expected %s, found none in %s".formatted(needed, file));
      }
    }
    WeightsReader.Content content =
        WeightsReader.read(entries.remove(WEIGHTS), WEIGHTS + " in " + file);
    String source = CONFIG + " in " + file;
    KerasConfigReader config = KerasConfigReader.parse(text(entries.remove(CONFIG)), source);
    KerasNetworkCheck.require(config, source);
    try {
      Optional<AdamSettings> adam = config.adam(content.learningRate());
      Optional<Checkpoint> checkpoint = Optional.empty();
      if (content.adam().isPresent() && adam.isPresent()) {
        checkpoint =
            Optional.of(new Checkpoint(content.adam().get(), adam.get(), config.dropout()));
      }
      byte[] threshold = entries.remove(THRESHOLD);
      Map<String, String> attachments = new TreeMap<>();
      entries.forEach(
          (name, bytes) -> attachments.put(name.substring(ATTACHMENTS.length()), text(bytes)));
      return new StoredModel(
          content.weights(),
          checkpoint,
          threshold == null
              ? OptionalDouble.empty()
              : OptionalDouble.of(Double.parseDouble(text(threshold))),
          attachments);
    } catch (IllegalArgumentException e) {
      throw new IOException("%s in %s".formatted(e.getMessage(), file), e);
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
