package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.Python;
import dev.siamese.data.Messages;
import dev.siamese.data.PairedImages;
import dev.siamese.exchange.Checkpoint;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.Slot;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every optimizer and setting of the table in src/test/python/optimizers.py, and networks that are
 * frozen or regularized: Keras takes some steps, and both programs go on from there.
 */
class OptimizerParityIT {
  private static final int BEFORE = 3;
  private static final int AFTER = 5;
  private static final double TOLERANCE = 1e-5;

  @TempDir static Path folder;

  @BeforeAll
  static void write() {
    Python.run("src/test/python/optimizers.py", "write", folder.toString());
  }

  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static StoredModel read(String name, String file, KerasOracle keras) throws IOException {
    return ModelStore.read(
        folder.resolve(name).resolve(file),
        new ModelHints(
            Optional.empty(),
            Optional.empty(),
            Optional.of(keras.values()),
            Optional.of(keras.output())));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void goesOnAsKerasDoes(String name) throws IOException {
    try (KerasOracle keras = KerasOracle.at(folder.resolve(name).resolve("oracle.h5"))) {
      StoredModel before = read(name, "before.keras", keras);
      assertEquals(List.of(), before.notices());
      Checkpoint checkpoint = before.checkpoint().orElseThrow();
      RunState start = RunState.startingFrom(before.model().weights(), checkpoint.state());
      assertState(keras, "before", BEFORE, start, 0);
      if (name.equals("partly-frozen-twin")) {
        Messages.assertFails(
            () -> read(name, "after.h5", keras),
            "expected a model frozen with all of its layers (a .keras file tells them apart)",
            "with layers that are trained",
            folder.resolve(name).resolve("after.h5"));
      } else {
        StoredModel archive = read(name, "after.keras", keras);
        StoredModel whole = read(name, "after.h5", keras);
        assertEquals(archive.model().weights(), whole.model().weights());
        assertEquals(archive.checkpoint(), whole.checkpoint());
      }

      PairedImages pairs = keras.pairs();
      TrainingSettings settings =
          new TrainingSettings(1, pairs.pairs().size(), checkpoint.optimizer(), keras.margin(), 0);
      SessionSettings system = SessionSettings.defaults();
      Tower.Design design =
          Tower.Design.of(before.model().network(), before.model().values(), settings, system);
      try (TrainingSession session =
          new TrainingSession(design, pairs.images(), settings, system, start)) {
        for (int step = 0; step < AFTER; step++) {
          session.step(Sessions.batch(pairs.pairs()));
        }
        RunState after = session.state(History.empty());
        assertState(keras, "after", BEFORE + AFTER, after, TOLERANCE);
        assertTrue(
            largestDifference(start.weights(), after.weights()) > 500 * TOLERANCE,
            "nothing is proven by steps that lead nowhere");
      }
    }
  }

  /** In Keras's safe mode, where it goes on with fit as from its own file. */
  @Test
  void comesBackToKeras() throws IOException {
    for (String name : cases()) {
      try (KerasOracle keras = KerasOracle.at(folder.resolve(name).resolve("oracle.h5"))) {
        ModelStore.write(
            folder.resolve(name).resolve("java.keras"), read(name, "after.keras", keras));
      }
    }
    Python.run("src/test/python/optimizers.py", "check", folder.toString());
  }

  private static void assertState(
      KerasOracle keras, String group, int steps, RunState found, double tolerance) {
    assertEquals(steps, found.optimizer().step());
    assertWeights(keras, group + "/weights", found.weights(), tolerance);
    for (Slot slot : Slot.values()) {
      String path = group + "/" + slot.text();
      assertEquals(keras.has(path), found.optimizer().slots().containsKey(slot), path);
      if (keras.has(path)) {
        assertWeights(keras, path, found.optimizer().slot(slot), tolerance);
      }
    }
  }

  private static void assertWeights(
      KerasOracle keras, String group, Weights found, double tolerance) {
    for (int i = 0; i < found.parameters().size(); i++) {
      String path = group + "/" + i;
      float[] expected = keras.expected(path).values();
      if (tolerance == 0) {
        assertTrue(Arrays.equals(expected, found.values(i)), path);
        continue;
      }
      assertEquals(expected.length, found.values(i).length, path);
      for (int j = 0; j < expected.length; j++) {
        double allowed = tolerance * Math.max(1, Math.abs(expected[j]));
        assertEquals(expected[j], found.values(i)[j], allowed, path);
      }
    }
  }

  private static double largestDifference(Weights some, Weights others) {
    double largest = 0;
    for (int i = 0; i < some.parameters().size(); i++) {
      if (some.parameters().get(i).trainable()) {
        for (int j = 0; j < some.values(i).length; j++) {
          largest = Math.max(largest, Math.abs(some.values(i)[j] - others.values(i)[j]));
        }
      }
    }
    return largest;
  }
}
