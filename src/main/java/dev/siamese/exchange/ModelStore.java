package dev.siamese.exchange;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Reads and writes models in every form, which it tells by the name and what is there. */
public final class ModelStore {
  private static final List<String> CHECKPOINTS =
      List.of("checkpoints/best.keras", "checkpoints/last.keras");

  private ModelStore() {}

  /**
   * Reads a SavedModel folder, a {@code .keras} or {@code .weights.h5} file, or the best checkpoint
   * of a run folder.
   *
   * @throws IOException when there is none of these, or it cannot be read
   */
  public static StoredModel read(Path source) throws IOException {
    if (Files.isDirectory(source)) {
      for (String checkpoint : CHECKPOINTS) {
        if (Files.exists(source.resolve(checkpoint))) {
          return readRun(source, source.resolve(checkpoint));
        }
      }
      throw new IOException(
          "expected a SavedModel (saved_model.pb) or a run (%s), found neither in %s"
              .formatted(String.join(" or ", CHECKPOINTS), source));
    }
    String name = lowerCaseName(source);
    if (name.endsWith(".keras")) {
      return KerasFile.read(source);
    }
    if (name.endsWith(".h5")) {
      return WeightsFile.read(source);
    }
    WholeFile.require(source);
    throw new IOException("expected a name in .keras or .weights.h5, found " + source);
  }

  /** A run's weights with the threshold that was chosen for them on the validation pairs. */
  private static StoredModel readRun(Path run, Path checkpoint) throws IOException {
    StoredModel model = KerasFile.read(checkpoint);
    OptionalDouble threshold = threshold(run.resolve("metrics.json"));
    return threshold.isPresent() ? model.withThreshold(threshold.getAsDouble()) : model;
  }

  private static OptionalDouble threshold(Path metrics) throws IOException {
    if (!Files.exists(metrics)) {
      return OptionalDouble.empty();
    }
    try {
      JsonObject test =
          JsonParser.parseString(Files.readString(metrics))
              .getAsJsonObject()
              .getAsJsonObject("test");
      return OptionalDouble.of(test.get("threshold").getAsDouble());
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | NullPointerException
        | NumberFormatException e) {
      throw new IOException("expected test.threshold, found none in " + metrics, e);
    }
  }

  /**
   * Writes a model: {@code .keras}, {@code .weights.h5}, or under any other name a SavedModel
   * folder.
   *
   * @throws IOException when it cannot be written; what was there is then as before
   * @throws IllegalArgumentException when the name is one that only other formats have
   */
  public static void write(Path target, StoredModel model) throws IOException {
    String name = lowerCaseName(target);
    if (name.endsWith(".keras")) {
      KerasFile.write(target, model);
    } else if (name.endsWith(".weights.h5")) {
      WeightsFile.write(target, model);
    } else {
      throw new IllegalArgumentException(
          "expected a name in .keras or .weights.h5, found " + target);
    }
  }

  private static String lowerCaseName(Path path) {
    return path.toAbsolutePath().normalize().getFileName().toString().toLowerCase(Locale.ROOT);
  }
}
