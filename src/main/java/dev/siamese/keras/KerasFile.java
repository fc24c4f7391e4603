package dev.siamese.keras;

import com.google.gson.JsonObject;
import dev.siamese.network.Network;
import dev.siamese.network.Parameter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model in Keras's own format, {@code .keras}, of Keras 3 and of Keras 2.12 and newer.
 *
 * <p>{@code keras.models.load_model(file)} gives the network, with its optimizer compiled where
 * training stopped, which goes on after {@code model.compile(optimizer=model.optimizer, loss=…)}.
 */
public final class KerasFile {
  private static final String METADATA = "metadata.json";
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";

  /** Texts of this program stand in this folder. */
  private static final String ATTACHMENTS = "siamese/";

  /** An attachment beside the folder, as older versions of this program wrote it. */
  private static final String THRESHOLD = "siamese-threshold.txt";

  /** An optimizer of many variables for each weight, with room for what is around them. */
  private static final long MOST_BYTES_A_PARAMETER = 8 * Float.BYTES;

  private static final long SLACK_BYTES = 1 << 26;

  private KerasFile() {}

  /**
   * Reads a model that this class or Keras wrote. No code in it is read or run.
   *
   * @param assumptions what the file may not say
   * @throws IOException when the file is missing or damaged, lacks the weights, or holds a model
   *     that this program does not know
   */
  public static KerasModel read(Path file, Assumptions assumptions) throws IOException {
    requireFile(file);
    if (Hdf5File.isOne(file)) {
      return KerasHdf5File.read(file, assumptions); // So Keras 2.11 and older wrote it.
    }
    try (KerasArchive archive = new KerasArchive(file)) {
      String source = CONFIG + " in " + file;
      JsonObject config = Json.parse(archive.text(CONFIG), source);
      ReadNetwork read = KerasConfig.read(config, source, assumptions);
      List<String> notices = new ArrayList<>(read.notices());
      CompileConfig.Compiled compiled = CompileConfig.read(config, notices);
      Map<String, String> attachments = new TreeMap<>(archive.texts(ATTACHMENTS));
      archive.optionalText(THRESHOLD).ifPresent(text -> attachments.put(THRESHOLD, text));
      try (TemporaryFile weights = new TemporaryFile()) {
        archive.copy(WEIGHTS, weights.path(), mostBytes(read.network()));
        return Hdf5File.read(
            weights.path(),
            WEIGHTS + " in " + file,
            (root, arrays) ->
                KerasContent.read(root, arrays, read, compiled, attachments, notices));
      } catch (IllegalArgumentException e) {
        throw new IOException("%s in %s".formatted(e.getMessage(), file), e);
      }
    }
  }

  private static long mostBytes(Network network) {
    long parameters = Parameter.valuesOf(network.parameters());
    return SLACK_BYTES + MOST_BYTES_A_PARAMETER * parameters;
  }

  /**
   * Checks that there is a file.
   *
   * @throws IOException when there is none, or a folder
   */
  static void requireFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "expected a file, found %s: %s"
              .formatted(Files.isDirectory(file) ? "a folder" : "none", file));
    }
  }

  /**
   * Writes a model. Keras 3.4 and newer load it, in safe mode too; the same model always gives the
   * same bytes.
   *
   * @param out is not closed
   * @throws IOException when it cannot be written
   */
  public static void write(OutputStream out, KerasModel model) throws IOException {
    JsonObject config = ModelWriter.write(model.network());
    config.add("compile_config", CompileConfig.write(model.optimizer()));
    try (TemporaryFile weights = new TemporaryFile()) {
      new WeightsWriter(model).write(weights.path(), false);
      ArchiveWriter archive = new ArchiveWriter(out);
      // Keras only shows the version; this is the oldest one that these files are checked with.
      archive.add(METADATA, "{\"keras_version\": \"3.5.0\"}");
      archive.add(CONFIG, config.toString());
      archive.add(WEIGHTS, weights.path());
      for (Map.Entry<String, String> text : new TreeMap<>(model.attachments()).entrySet()) {
        archive.add(ATTACHMENTS + text.getKey(), text.getValue());
      }
      archive.finish();
    }
  }
}
