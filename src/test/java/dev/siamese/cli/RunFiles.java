package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.data.AtomicFolder;
import dev.siamese.exchange.Checkpoint;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.model.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is in the folder of a run. */
final class RunFiles {
  private RunFiles() {}

  /** The paths of all files below the folder. */
  static List<Path> of(Path run) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      return files.filter(Files::isRegularFile).map(run::relativize).sorted().toList();
    }
  }

  static void delete(Path run) throws IOException {
    AtomicFolder.delete(run);
  }

  /** The lines of history.csv without the times. */
  static List<String> history(Path run) throws IOException {
    return Files.readAllLines(run.resolve("history.csv")).stream()
        .map(line -> line.replaceFirst(",[^,]*,[^,]*$", ""))
        .toList();
  }

  static TrainedNetwork model(Path run, String checkpoint) throws IOException {
    return checkpoint(run, checkpoint).model();
  }

  static TrainedNetwork exported(Path run) throws IOException {
    return read(run.resolve("savedmodel"));
  }

  static TrainedNetwork read(Path model) throws IOException {
    return ModelStore.read(model, ModelHints.NONE).model();
  }

  private static StoredModel checkpoint(Path run, String name) throws IOException {
    return ModelStore.read(run.resolve("checkpoints").resolve(name + ".keras"), ModelHints.NONE);
  }

  /** Checks that two runs have come to the same, bit by bit, but for the times. */
  static void assertSame(Path expected, Path found) throws IOException {
    assertEquals(history(expected), history(found));
    for (String name : List.of("last", "best")) {
      assertEquals(model(expected, name), model(found, name), name);
      Optional<Checkpoint> state = checkpoint(expected, name).checkpoint();
      assertEquals(state, checkpoint(found, name).checkpoint(), name);
    }
    assertEquals(config(expected), config(found));
    StoredModel exported = ModelStore.read(expected.resolve("savedmodel"), ModelHints.NONE);
    StoredModel again = ModelStore.read(found.resolve("savedmodel"), ModelHints.NONE);
    assertEquals(exported.model(), again.model());
    assertEquals(exported.threshold(), again.threshold());
    List<Path> files = of(expected).stream().filter(file -> !varies(file)).toList();
    assertEquals(files, of(found).stream().filter(file -> !varies(file)).toList());
    for (Path file : files) {
      assertArrayEquals(
          Files.readAllBytes(expected.resolve(file)),
          Files.readAllBytes(found.resolve(file)),
          file.toString());
    }
  }

  /** Whether a file tells times, or holds what does, as checkpoints do. */
  private static boolean varies(Path file) {
    String name = file.toString();
    return name.matches("config.json|history.csv|report.html|checkpoints.*");
  }

  private static JsonObject config(Path run) throws IOException {
    JsonObject config =
        JsonParser.parseString(Files.readString(run.resolve("config.json"))).getAsJsonObject();
    config.remove("started");
    config.remove(RunArguments.NAME);
    return config;
  }
}
