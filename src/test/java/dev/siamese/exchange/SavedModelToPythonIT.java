package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.PairedImages;
import dev.siamese.model.Architecture;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SiameseModel;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Java exports, in the hands of Python. */
class SavedModelToPythonIT {
  private static final Weights WEIGHTS = StoredModels.weights(Architecture.REFERENCE, 1);

  private static @TempDir Path temporary;
  private static PairedImages pairs;
  private static Path exported;
  private static Path savedAgain;
  private static Map<String, String> verification;

  @BeforeAll
  static void exportAndVerify() throws IOException {
    pairs = ParityPairs.draw();
    exported = temporary.resolve("exported");
    savedAgain = temporary.resolve("saved-again");
    SavedModelWriter.write(exported, WEIGHTS, 0.25, pairs);
    String table =
        Python.run(
            "-c",
            // As a user runs it, but a failed check is the failure of its own test below.
            "import runpy, sys; sys.argv = sys.argv[1:]\n"
                + "try: runpy.run_path(sys.argv[0], run_name='__main__')\n"
                + "except SystemExit: pass",
            "scripts/verify_savedmodel.py",
            exported.toString(),
            "--save-again",
            savedAgain.toString());
    verification =
        table
            .lines()
            .filter(line -> line.contains("  "))
            .collect(
                Collectors.toMap(line -> line.split(" {2,}")[0], Function.identity(), (a, b) -> b));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tensorflow 2 object",
        "variables",
        "signatures",
        "gradients",
        "fine tuning",
        "saved again",
        "keras layer",
        "tensorflow 1 session",
        "saved model cli",
        "tensorflow lite",
        "golden pairs"
      })
  void works(String check) {
    String line = verification.getOrDefault(check, "no line \"" + check + "\" in " + verification);
    assertTrue(line.matches(check + " +ok .*"), line);
  }

  @Test
  void everyCheckIsOfATestAbove() {
    assertEquals(11, verification.size(), verification::toString);
  }

  @Test
  void computesInPythonWhatItComputesInJava() throws IOException {
    Path first = temporary.resolve("first");
    Path second = temporary.resolve("second");
    ParityPairs.write(pairs, first, second);
    Python.run(
        "-c",
        """
        import sys
        from quiet_tensorflow import tf
        import numpy as np
        """
            + ParityPairs.READ_IMAGES
            + """
            folder, again, first, second, out = sys.argv[1:]
            first, second = read_images(first), read_images(second)
            model = tf.saved_model.load(folder)
            model.embed(first).numpy().tofile(out + "/embeddings")
            # A single argument needs no name.
            embed = model.signatures["embed"]
            assert (embed(tf.constant(first))["embedding"] == model.embed(images=first)).numpy().all()
            model.distance(first, second).numpy().tofile(out + "/distances")
            tuned = tf.saved_model.load(again)
            tuned.distance(first, second).numpy().tofile(out + "/tuned")
            predicted = model.predict(first, second)["same"].numpy()
            predicted.astype(np.float32).tofile(out + "/same")
            for variable in model.variables:
                name = variable.name.removesuffix(":0").replace("/", "_")
                variable.numpy().tofile(out + "/" + name)
            """,
        exported.toString(),
        savedAgain.toString(),
        first.toString(),
        second.toString(),
        temporary.toString());

    float[] distances = RawArrays.floats(temporary.resolve("distances"));
    float[] same = RawArrays.floats(temporary.resolve("same"));
    float[][] embeddings = RawArrays.rows(temporary.resolve("embeddings"), ParityPairs.PAIRS);
    try (SiameseModel model = new InferenceModel(WEIGHTS, SessionSettings.defaults())) {
      float[][] expected = model.embed(pairs.images());
      for (int pair = 0; pair < ParityPairs.PAIRS; pair++) {
        assertArrayEquals(expected[pairs.pairs().first()[pair]], embeddings[pair], 1e-5f);
        assertEquals(distances[pair] < 0.25f ? 1 : 0, same[pair]);
      }
      assertArrayEquals(model.distances(pairs.images(), pairs.pairs()), distances, 1e-5f);
    }
    assertEquals(0f, distances[7]);
    for (int i = 0; i < 8; i++) {
      String name = Architecture.REFERENCE.parameters().get(i).name();
      assertArrayEquals(
          WEIGHTS.values(i), RawArrays.floats(temporary.resolve(name.replace('/', '_'))), name);
    }
    requireFineTunedModelInJava(RawArrays.floats(temporary.resolve("tuned")), distances);
  }

  /** What Python fine-tuned and saved again is a model for Java as the first one was. */
  private static void requireFineTunedModelInJava(float[] expected, float[] before)
      throws IOException {
    assertNotEquals(expected[0], before[0], 1e-3f);
    SavedModelReader reader = SavedModelReader.open(savedAgain);
    try (SiameseModel served = reader.load(SessionSettings.defaults());
        SiameseModel rebuilt = new InferenceModel(reader.weights(), SessionSettings.defaults())) {
      assertArrayEquals(expected, served.distances(pairs.images(), pairs.pairs()), 1e-5f);
      assertArrayEquals(expected, rebuilt.distances(pairs.images(), pairs.pairs()), 1e-5f);
    }
    assertEquals(OptionalDouble.of(0.25), reader.threshold());
  }
}
