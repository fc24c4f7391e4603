package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.model.Architecture;
import dev.siamese.model.PlainNetwork;
import dev.siamese.model.RandomImages;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.FingerprintDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

class SavedModelWriterTest {
  private final Weights weights = StoredModels.weights(StoredModels.SMALL, 1);
  private final PairedImages samples = SavedModels.samples();
  private @TempDir Path temporary;

  @Test
  void answersBySignature() throws IOException {
    Path folder = SavedModels.write(temporary.resolve("model"), weights);
    LabeledImages images = samples.images();
    PlainNetwork plain = new PlainNetwork(weights);
    double[] first = plain.embed(RandomImages.scaled(images, 0));
    double[] second = plain.embed(RandomImages.scaled(images, 1));
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString());
        TFloat32 image1 = tensor(images, 0, 0);
        TFloat32 image2 = tensor(images, 0, 1)) {
      try (Result embedded = bundle.function("embed").call(Map.of("images", image2))) {
        TFloat32 embedding = (TFloat32) embedded.get("embedding").orElseThrow();
        assertEquals(Shape.of(2, 5), embedding.shape());
        for (int i = 0; i < first.length; i++) {
          assertEquals(first[i], embedding.getFloat(0, i), 1e-6);
          assertEquals(second[i], embedding.getFloat(1, i), 1e-6);
        }
      }
      for (String signature : List.of("serving_default", "predict")) {
        try (Result result =
            bundle.function(signature).call(Map.of("image1", image1, "image2", image2))) {
          TFloat32 distance = (TFloat32) result.get("distance").orElseThrow();
          assertEquals(Shape.of(2, 1), distance.shape());
          assertEquals(0f, distance.getFloat(0, 0));
          assertEquals(PlainNetwork.distance(first, second), distance.getFloat(1, 0), 1e-6);
        }
      }
    }
  }

  @Test
  void callsAPairTheSameBelowTheThresholdOnly() throws IOException {
    float distance;
    SavedModels.write(temporary.resolve("any"), weights);
    try (SavedModelBundle bundle = SavedModelBundle.load(temporary.resolve("any").toString())) {
      distance = predict(bundle).distance();
    }
    assertEquals(false, predictedSame(distance, "at"));
    assertEquals(false, predictedSame(Math.nextDown((double) distance), "below"));
    // Between this threshold and the distance there is no float, only doubles.
    assertEquals(true, predictedSame(Math.nextUp((double) distance), "above"));
  }

  private boolean predictedSame(double threshold, String name) throws IOException {
    Path folder = temporary.resolve(name);
    SavedModelWriter.write(folder, weights, threshold, samples);
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString())) {
      return predict(bundle).same();
    }
  }

  private record Prediction(float distance, boolean same) {}

  private Prediction predict(SavedModelBundle bundle) {
    try (TFloat32 image1 = tensor(samples.images(), 0);
        TFloat32 image2 = tensor(samples.images(), 1);
        Result result =
            bundle.function("predict").call(Map.of("image1", image1, "image2", image2))) {
      return new Prediction(
          ((TFloat32) result.get("distance").orElseThrow()).getFloat(0, 0),
          ((TBool) result.get("same").orElseThrow()).getBoolean(0, 0));
    }
  }

  @Test
  void holdsTheInferenceGraphAlone() throws IOException {
    Path folder = SavedModels.write(temporary.resolve("model"), weights);
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString())) {
      List<NodeDef> nodes = bundle.metaGraphDef().getGraphDef().getNodeList();
      assertEquals(8, nodes.stream().filter(node -> node.getOp().equals("VarHandleOp")).count());
      assertEquals(
          Set.of(
              "embed/images",
              "predict/image1",
              "predict/image2",
              "serving_default/image1",
              "serving_default/image2",
              "save/filename"),
          nodes.stream()
              .filter(node -> node.getOp().equals("Placeholder"))
              .map(NodeDef::getName)
              .collect(Collectors.toSet()));
      assertTrue(nodes.stream().noneMatch(node -> node.getOp().matches(".*(Adam|Random|Grad).*")));
    }
  }

  @Test
  void canBeSavedAgainByASession() throws IOException {
    Path folder = SavedModels.write(temporary.resolve("model"), weights);
    Path again = SavedModels.write(temporary.resolve("again"), Weights.zeros(StoredModels.SMALL));
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString())) {
      bundle.session().save(again.resolve("variables/variables").toString());
    }
    assertEquals(weights, SavedModelReader.open(again).weights());
  }

  @Test
  void staysSmall() throws IOException {
    Path folder = temporary.resolve("model");
    SavedModels.write(folder, StoredModels.weights(Architecture.REFERENCE, 2));
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes =
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      assertTrue(bytes < 600_000, () -> bytes + " bytes");
    }
  }

  @Test
  void storesGoldenPairs() throws IOException {
    Path folder = SavedModels.write(temporary.resolve("model"), weights);
    String json = Files.readString(folder.resolve("assets.extra/golden_pairs.json"));
    Map<?, ?> names = new Gson().fromJson(json, Map.class);
    assertEquals(
        Set.of("image1", "image2", "distance", "embedding1"), new TreeSet<>(names.keySet()));
    GoldenPairs golden = new Gson().fromJson(json, GoldenPairs.class);
    assertEquals(8, golden.distance().length);
    assertEquals(0f, golden.distance()[0]);
    PlainNetwork plain = new PlainNetwork(weights);
    for (int pair = 0; pair < 8; pair++) {
      int first = samples.pairs().first()[pair];
      int second = samples.pairs().second()[pair];
      assertEquals(samples.images().pixel(first, 3, 9), golden.image1()[pair][3 * 28 + 9]);
      assertEquals(samples.images().pixel(second, 27, 0), golden.image2()[pair][27 * 28]);
      double[] embedding = plain.embed(RandomImages.scaled(samples.images(), first));
      double[] other = plain.embed(RandomImages.scaled(samples.images(), second));
      assertEquals(PlainNetwork.distance(embedding, other), golden.distance()[pair], 1e-6);
      assertEquals(embedding[4], golden.embedding1()[pair][4], 1e-6);
    }
  }

  @Test
  void fingerprintsTellModelsApart() throws IOException {
    FingerprintDef one = fingerprint(SavedModels.write(temporary.resolve("one"), weights));
    FingerprintDef same = fingerprint(SavedModels.write(temporary.resolve("same"), weights));
    Weights others = StoredModels.weights(StoredModels.SMALL, 2);
    FingerprintDef other = fingerprint(SavedModels.write(temporary.resolve("other"), others));
    assertEquals(one.getCheckpointHash(), same.getCheckpointHash());
    assertEquals(one.getSignatureDefHash(), same.getSignatureDefHash());
    assertEquals(one.getSavedObjectGraphHash(), other.getSavedObjectGraphHash());
    assertNotEquals(one.getCheckpointHash(), other.getCheckpointHash());
  }

  private static FingerprintDef fingerprint(Path folder) throws IOException {
    return FingerprintDef.parseFrom(Files.readAllBytes(folder.resolve("fingerprint.pb")));
  }

  @Test
  void leavesAFolderWithContentAsItWas() throws IOException {
    Path file = Files.writeString(temporary.resolve("mine.txt"), "mine");
    assertThrows(IOException.class, () -> SavedModels.write(temporary, weights));
    assertThrows(IOException.class, () -> SavedModels.write(file, weights));
    assertEquals("mine", Files.readString(file));
    assertArrayEquals(new String[] {"mine.txt"}, temporary.toFile().list());
  }

  @Test
  void fillsAnEmptyFolder() throws IOException {
    SavedModels.write(temporary, weights);
    assertEquals(weights, SavedModelReader.open(temporary).weights());
  }

  @Test
  void leavesNothingWhenTheModelDoesNotCompute() {
    weights.values(7)[3] = Float.NaN;
    Path folder = temporary.resolve("model");
    String message =
        assertThrows(IOException.class, () -> SavedModels.write(folder, weights)).getMessage();
    assertTrue(message.contains(folder.toString()) && message.contains("difference"), message);
    assertArrayEquals(new String[0], temporary.toFile().list());
  }

  @Test
  void leavesNothingWhenThereIsNoThreshold() {
    Path folder = temporary.resolve("model");
    assertThrows(
        IllegalArgumentException.class,
        () -> SavedModelWriter.write(folder, weights, Double.NaN, samples));
    assertFalse(Files.exists(folder));
  }

  private static TFloat32 tensor(LabeledImages images, int... positions) {
    float[] pixels = new float[positions.length * 28 * 28];
    for (int i = 0; i < pixels.length; i++) {
      int image = positions[i / (28 * 28)];
      pixels[i] = images.pixel(image, i / 28 % 28, i % 28) / 255f;
    }
    return TFloat32.tensorOf(Shape.of(positions.length, 28, 28, 1), DataBuffers.of(pixels));
  }
}
