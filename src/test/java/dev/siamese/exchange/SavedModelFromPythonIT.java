package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siamese.data.PairedImages;
import dev.siamese.model.Architecture;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SiameseModel;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Keras exports, in the hands of Java: the same weights in each form. */
class SavedModelFromPythonIT {
  private static final float TOLERANCE = 1e-5f;

  private static @TempDir Path temporary;
  private static PairedImages pairs;
  private static float[] expectedDistances;
  private static float[][] expectedEmbeddings;

  @BeforeAll
  static void exportByKeras() throws IOException {
    pairs = ParityPairs.draw();
    Path first = temporary.resolve("first");
    Path second = temporary.resolve("second");
    ParityPairs.write(pairs, first, second);
    Python.run(
        "-c",
        """
        import sys
        from pathlib import Path
        from quiet_tensorflow import tf
        import keras
        import numpy as np
        import keras_reference
        """
            + ParityPairs.READ_IMAGES
            + """
            first, second, out = sys.argv[1:]
            first, second, out = read_images(first), read_images(second), Path(out)
            keras.utils.set_random_seed(5)
            generator = np.random.default_rng(6)
            twin = keras_reference.build_twin()
            twin.set_weights([w if w.ndim > 1 else generator.uniform(-0.1, 0.1, w.shape)
                              for w in twin.get_weights()])
            for i, weight in enumerate(twin.get_weights()):
                weight.tofile(out / f"weight{i}")
            twin.predict(first, verbose=0).tofile(out / "embeddings")
            for name, lambda_free in (("lambda", False), ("lambda-free", True)):
                model = keras_reference.build_siamese(twin, lambda_free)
                model.predict([first, second], verbose=0).tofile(out / f"{name}-distances")
                model.export(out / f"{name}-export", verbose=False)
                tf.saved_model.save(model, str(out / f"{name}-save"))
            model.compile(loss=keras_reference.contrastive_loss(), optimizer="adam")
            model.optimizer.build(model.trainable_variables)
            tf.saved_model.save(model, str(out / "compiled-save"))
            twin.export(out / "twin-export", verbose=False)
            tf.saved_model.save(twin, str(out / "twin-save"))

            layers = keras.layers
            images = keras.Input((28, 28, 1))
            x = images
            for filters in (16, 16, 16):
                x = layers.MaxPooling2D(2)(layers.Conv2D(filters, 2, activation="tanh")(x))
            x = layers.Dense(8)(layers.GlobalAveragePooling2D()(x))
            keras.Model(images, x).export(out / "tanh-export", verbose=False)
            x = layers.Dense(8)(layers.GlobalAveragePooling2D()(layers.Conv2D(4, 3)(images)))
            keras.Model(images, x).export(out / "shallow-export", verbose=False)
            """,
        first.toString(),
        second.toString(),
        temporary.toString());
    expectedDistances = RawArrays.floats(temporary.resolve("lambda-free-distances"));
    expectedEmbeddings = RawArrays.rows(temporary.resolve("embeddings"), ParityPairs.PAIRS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lambda-export",
        "lambda-save",
        "lambda-free-export",
        "lambda-free-save",
        "compiled-save"
      })
  void tellsTheDistancesThatKerasDoes(String name) throws IOException {
    float[] expected =
        name.startsWith("lambda-free") || name.startsWith("compiled")
            ? expectedDistances
            : RawArrays.floats(temporary.resolve("lambda-distances"));
    try (SiameseModel model = open(name).load(SessionSettings.defaults())) {
      assertArrayEquals(expected, model.distances(pairs.images(), pairs.pairs()), TOLERANCE);
      assertThrows(UnsupportedOperationException.class, () -> model.embed(pairs.images()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"twin-export", "twin-save"})
  void embedsAsTheTwinDoesAndAddsTheDistance(String name) throws IOException {
    try (SiameseModel model = open(name).load(SessionSettings.defaults())) {
      requireParity(model);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lambda-export",
        "lambda-save",
        "lambda-free-export",
        "lambda-free-save",
        "compiled-save",
        "twin-export",
        "twin-save"
      })
  void readsEveryBitOfTheWeights(String name) throws IOException {
    Weights weights = open(name).weights();
    assertEquals(Architecture.REFERENCE, weights.architecture());
    for (int i = 0; i < 8; i++) {
      assertArrayEquals(RawArrays.floats(temporary.resolve("weight" + i)), weights.values(i));
    }
    assertEquals(OptionalDouble.empty(), open(name).threshold());
  }

  @Test
  void computesInJavaWhatKerasDoesAlsoAfterARoundTrip() throws IOException {
    Weights weights = open("lambda-export").weights();
    try (SiameseModel model = new InferenceModel(weights, SessionSettings.defaults())) {
      requireParity(model);
    }
    Path exported = temporary.resolve("round-trip");
    SavedModelWriter.write(exported, weights, 0.5, pairs);
    assertEquals(weights, SavedModelReader.open(exported).weights());
    try (SiameseModel model = SavedModelReader.open(exported).load(SessionSettings.defaults())) {
      requireParity(model);
    }
  }

  @Test
  void refusesTheWeightsOfOtherNetworks() throws IOException {
    assertThrows(IOException.class, () -> open("tanh-export").weights());
    String message =
        assertThrows(IOException.class, () -> open("shallow-export").weights()).getMessage();
    assertEquals(
        "expected three convolutions and a dense layer, found",
        message.substring(0, message.indexOf(" found") + " found".length()));
  }

  private static void requireParity(SiameseModel model) {
    float[][] embeddings = model.embed(pairs.images());
    for (int pair = 0; pair < ParityPairs.PAIRS; pair++) {
      assertArrayEquals(
          expectedEmbeddings[pair], embeddings[pairs.pairs().first()[pair]], TOLERANCE);
    }
    float[] distances = model.distances(pairs.images(), pairs.pairs());
    assertArrayEquals(expectedDistances, distances, TOLERANCE);
    assertEquals(0f, distances[7]);
  }

  private static SavedModelReader open(String name) throws IOException {
    return SavedModelReader.open(temporary.resolve(name));
  }
}
