package dev.siamese.keras;

import com.google.gson.JsonObject;
import dev.siamese.network.Network;
import io.jhdf.api.Group;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model in Keras's older format, an HDF5 file of the whole model, as Keras 2 and 3 write it for
 * names in {@code .h5} and {@code .hdf5}.
 */
public final class KerasHdf5File {
  /** The group of the weights. */
  static final String WEIGHTS = "model_weights";

  private static final String CONFIG = "model_config";
  private static final String TRAINING = "training_config";

  /** Texts of this program have names that begin so. */
  private static final String ATTACHMENTS = "siamese/";

  /** Of the Keras whose form is written: the last one of Keras 2. */
  private static final String VERSION = "2.15.0";

  private KerasHdf5File() {}

  /**
   * Whether a file holds a whole model; else it can only hold weights.
   *
   * @throws IOException when the file is missing or no HDF5 file
   */
  public static boolean holdsModel(Path file) throws IOException {
    KerasFile.requireFile(file);
    return Hdf5File.hasAttribute(file, CONFIG);
  }

  /**
   * Reads a model. No code in it is read or run.
   *
   * @param assumptions what the file may not say
   * @throws IOException when the file is missing or damaged, lacks the weights, or holds a model
   *     that this program does not know
   */
  public static KerasModel read(Path file, Assumptions assumptions) throws IOException {
    KerasFile.requireFile(file);
    String source = CONFIG + " in " + file;
    return Hdf5File.read(
        file,
        file.toString(),
        (root, arrays) -> {
          String text =
              arrays
                  .texts()
                  .text(root, CONFIG)
                  .orElseThrow(
                      () -> new IOException("expected a text as %s, found none".formatted(source)));
          JsonObject config = Json.parse(text, source);
          ReadNetwork read = KerasConfig.read(config, source, assumptions);
          requireNoThawedLayers(config, source);
          List<String> notices = new ArrayList<>(read.notices());
          CompileConfig.Compiled compiled =
              CompileConfig.read(compiled(root, arrays.texts(), file), notices);
          return KerasContent.read(
              root, arrays, read, compiled, attachments(root, arrays.texts()), notices);
        });
  }

  private static void requireNoThawedLayers(JsonObject config, String source) throws IOException {
    try {
      ModelDeclaration.requireNoThawedLayers(OlderConfig.upgraded(config));
    } catch (UnexpectedException e) {
      throw new IOException("%s in %s".formatted(e.getMessage(), source), e);
    }
  }

  /** What {@code .keras} files have as part of the configuration. */
  private static JsonObject compiled(Group root, TextAttributes texts, Path file)
      throws IOException {
    JsonObject model = new JsonObject();
    Optional<String> text = texts.text(root, TRAINING);
    if (text.isPresent()) {
      JsonObject training = Json.parse(text.get(), TRAINING + " in " + file);
      training.add("optimizer", training.remove("optimizer_config"));
      model.add("compile_config", training);
    }
    return model;
  }

  private static Map<String, String> attachments(Group root, TextAttributes texts)
      throws IOException {
    Map<String, String> attachments = new TreeMap<>();
    for (String name : root.getAttributes().keySet()) {
      if (name.startsWith(ATTACHMENTS)) {
        texts
            .text(root, name)
            .ifPresent(text -> attachments.put(name.substring(ATTACHMENTS.length()), text));
      }
    }
    return attachments;
  }

  /**
   * Writes a model. Keras 2 loads it, and Keras 3.0.5 and newer where both have all of its layers;
   * what only one of them loads is told. The state of an optimizer has no place in it.
   *
   * @param out is not closed
   * @return what is to be said of the file, a line each
   * @throws IOException when it cannot be written
   */
  public static List<String> write(OutputStream out, KerasModel model) throws IOException {
    Network network = LayersForOperations.of(model.network());
    List<String> notices = new ArrayList<>();
    JsonObject config = config(network, notices);
    Hdf5Writer hdf5 = new Hdf5Writer();
    hdf5.putText(hdf5.root(), CONFIG, config.toString());
    for (Map.Entry<String, String> text : new TreeMap<>(model.attachments()).entrySet()) {
      hdf5.putText(hdf5.root(), ATTACHMENTS + text.getKey(), text.getValue());
    }
    NamedLayerWeights.write(hdf5, WEIGHTS, network, model.weights());
    for (WritableGroup group : List.of(hdf5.root(), hdf5.group(WEIGHTS))) {
      hdf5.putText(group, "backend", "tensorflow");
      hdf5.putText(group, "keras_version", VERSION);
    }
    try (TemporaryFile file = new TemporaryFile()) {
      hdf5.writeTo(file.path());
      Files.copy(file.path(), out);
    }
    return notices;
  }

  private static JsonObject config(Network network, List<String> notices) {
    JsonObject config = ModelWriter.write(network);
    try {
      Keras2Writer writer = new Keras2Writer();
      JsonObject older = writer.write(config);
      if (!writer.olderAlone().isEmpty()) {
        notices.add(
            "Keras 2 opens it, but not Keras 3, which reads its %s in .keras alone"
                .formatted(String.join(" and ", writer.olderAlone())));
      }
      return older;
    } catch (UnexpectedException e) {
      notices.add("Keras 3 opens it, but not Keras 2: " + e.getMessage());
      return config;
    }
  }
}
