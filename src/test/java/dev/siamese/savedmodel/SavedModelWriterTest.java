package dev.siamese.savedmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.PairedImages;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.Parameter;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.FingerprintDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

class SavedModelWriterTest {
  private static final float TOLERANCE = 2e-6f;

  private @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource
  void answersBySignature(ServedNetworks network) throws IOException {
    ServedNetwork model = network.model();
    PairedImages samples = network.samples(6);
    Path folder = SavedModels.write(temporary.resolve("model"), network);
    float[] expected = PlainAnswers.outputs(model, samples);
    float[] embeddings = PlainAnswers.embeddings(model, samples.images(), 0, 1);
    String output = model.trained().network().output().text();
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString());
        TFloat32 image1 = tensor(model, samples, samples.pairs().first());
        TFloat32 image2 = tensor(model, samples, samples.pairs().second());
        TFloat32 images = tensor(model, samples, 0, 1)) {
      for (String signature : List.of("serving_default", "predict")) {
        try (Result result =
            bundle.function(signature).call(Map.of("image1", image1, "image2", image2))) {
          requireEqual(Shape.of(12, 1), expected, (TFloat32) result.get(output).orElseThrow());
        }
      }
      try (Result result = bundle.function("embed").call(Map.of("images", images))) {
        requireEqual(
            Shape.of(2, embeddings.length / 2),
            embeddings,
            (TFloat32) result.get("embedding").orElseThrow());
      }
    }
  }

  private static void requireEqual(Shape shape, float[] expected, TFloat32 found) {
    assertEquals(shape, found.shape());
    float[] values = new float[expected.length];
    found.asRawTensor().data().asFloats().read(values);
    float greatest = 1;
    for (float value : expected) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    assertArrayEquals(expected, values, TOLERANCE * greatest);
  }

  @Test
  void callsAPairTheSameBelowTheThresholdOnly() throws IOException {
    float distance = predict(write(ServedNetworks.SMALL, 1, "any")).output();
    assertEquals(false, predictedSame(ServedNetworks.SMALL, distance, "at"));
    assertEquals(
        false, predictedSame(ServedNetworks.SMALL, Math.nextDown((double) distance), "below"));
    // Between this threshold and the distance there is no float, only doubles.
    assertEquals(
        true, predictedSame(ServedNetworks.SMALL, Math.nextUp((double) distance), "above"));
  }

  @Test
  void callsAPairTheSameAboveTheThresholdOnlyIfItsOutputIsASimilarity() throws IOException {
    float similarity = predict(write(ServedNetworks.COLOUR, 1, "any")).output();
    assertEquals(false, predictedSame(ServedNetworks.COLOUR, similarity, "at"));
    assertEquals(
        true, predictedSame(ServedNetworks.COLOUR, Math.nextDown((double) similarity), "below"));
    assertEquals(
        false, predictedSame(ServedNetworks.COLOUR, Math.nextUp((double) similarity), "above"));
  }

  private boolean predictedSame(ServedNetworks network, double threshold, String name)
      throws IOException {
    return predict(write(network, threshold, name)).same();
  }

  private record Written(Path folder, ServedNetwork model, PairedImages samples) {}

  private Written write(ServedNetworks network, double threshold, String name) throws IOException {
    ServedNetwork model = network.model();
    ServedNetwork other =
        new ServedNetwork(
            new TrainedNetwork(
                model.trained().network(), model.trained().weights(), model.trained().values()),
            threshold,
            model.attachments());
    PairedImages samples = network.samples(4);
    SavedModelWriter.write(temporary.resolve(name), other, samples);
    return new Written(temporary.resolve(name), other, samples);
  }

  private record Prediction(float output, boolean same) {}

  private static Prediction predict(Written written) {
    String output = written.model().trained().network().output().text();
    try (SavedModelBundle bundle = SavedModelBundle.load(written.folder().toString());
        TFloat32 image1 = tensor(written.model(), written.samples(), 0);
        TFloat32 image2 = tensor(written.model(), written.samples(), 1);
        Result result =
            bundle.function("predict").call(Map.of("image1", image1, "image2", image2))) {
      return new Prediction(
          ((TFloat32) result.get(output).orElseThrow()).getFloat(0, 0),
          ((TBool) result.get("same").orElseThrow()).getBoolean(0, 0));
    }
  }

  @Test
  void holdsTheInferenceGraphAlone() throws IOException {
    Path folder = SavedModels.write(temporary.resolve("model"), ServedNetworks.KERAS_IO);
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString())) {
      List<NodeDef> nodes = bundle.metaGraphDef().getGraphDef().getNodeList();
      assertEquals(20, nodes.stream().filter(node -> node.getOp().equals("VarHandleOp")).count());
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
  void onlyTrainableVariablesAreTrained() throws IOException {
    Path folder = SavedModels.write(temporary.resolve("model"), ServedNetworks.KERAS_IO);
    List<SavedObject> nodes =
        SavedModel.parseFrom(Files.readAllBytes(folder.resolve("saved_model.pb")))
            .getMetaGraphs(0)
            .getObjectGraphDef()
            .getNodesList();
    Set<Integer> trainable = new HashSet<>(children(nodes, "trainable_variables"));
    assertEquals(14, trainable.size());
    for (int node : children(nodes, "variables")) {
      String name = nodes.get(node).getVariable().getName();
      assertEquals(!name.contains("moving"), trainable.contains(node), name);
      assertEquals(!name.contains("moving"), nodes.get(node).getVariable().getTrainable(), name);
    }
  }

  private static List<Integer> children(List<SavedObject> nodes, String list) {
    int node =
        nodes.get(0).getChildrenList().stream()
            .filter(child -> child.getLocalName().equals(list))
            .findFirst()
            .orElseThrow()
            .getNodeId();
    return nodes.get(node).getChildrenList().stream().map(child -> child.getNodeId()).toList();
  }

  @Test
  void canBeSavedAgainByASession() throws IOException {
    ServedNetworks network = ServedNetworks.COLOUR;
    Path folder = SavedModels.write(temporary.resolve("model"), network);
    Path again = temporary.resolve("again");
    List<Parameter> parameters = network.network().network().parameters();
    SavedModelWriter.write(
        again, network.model(ServedNetworks.weights(parameters, 5)), network.samples(4));
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString())) {
      bundle.session().save(again.resolve("variables/variables").toString());
    }
    assertEquals(
        network.model().trained().weights(),
        SavedModelReader.open(again).weights(network.network()));
  }

  @Test
  void staysSmall() throws IOException {
    SiameseNetwork network = NamedNetwork.REFERENCE.network();
    Weights weights = ServedNetworks.weights(network.network().parameters(), 2);
    ServedNetwork model =
        new ServedNetwork(
            new TrainedNetwork(network, weights, ServedNetworks.SMALL.range()), 0.5, Map.of());
    Path folder = temporary.resolve("model");
    SavedModelWriter.write(folder, model, ServedNetworks.SMALL.samples(20));
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes =
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      assertTrue(bytes < 600_000, () -> bytes + " bytes");
    }
  }

  @Test
  void storesAttachments() throws IOException {
    Path folder = SavedModels.write(temporary.resolve("model"), ServedNetworks.SMALL);
    SavedModelReader reader = SavedModelReader.open(folder);
    assertEquals("{\"ä\": 1}", reader.attachment("preparation.json").orElseThrow());
    assertTrue(reader.attachment("other.json").isEmpty());
  }

  /** By chance two may be the same, but not eight. */
  @Test
  void writesTheSameModelInTheSameBytes() throws IOException {
    Path first = SavedModels.write(temporary.resolve("first"), ServedNetworks.SMALL);
    List<String> files = files(first);
    assertTrue(files.contains("saved_model.pb") && files.contains("fingerprint.pb"));
    for (int i = 0; i < 7; i++) {
      Path again = SavedModels.write(temporary.resolve("again-" + i), ServedNetworks.SMALL);
      assertEquals(files, files(again));
      for (String file : files) {
        assertArrayEquals(
            Files.readAllBytes(first.resolve(file)), Files.readAllBytes(again.resolve(file)), file);
      }
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> content = Files.walk(folder)) {
      return content
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void fingerprintsTellModelsApart() throws IOException {
    ServedNetworks network = ServedNetworks.SMALL;
    FingerprintDef one = fingerprint(SavedModels.write(temporary.resolve("one"), network));
    FingerprintDef same = fingerprint(SavedModels.write(temporary.resolve("same"), network));
    Weights others = ServedNetworks.weights(network.network().network().parameters(), 2);
    Path folder = temporary.resolve("other");
    SavedModelWriter.write(folder, network.model(others), network.samples(4));
    FingerprintDef other = fingerprint(folder);
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
    assertThrows(IOException.class, () -> SavedModels.write(temporary, ServedNetworks.SMALL));
    assertThrows(IOException.class, () -> SavedModels.write(file, ServedNetworks.SMALL));
    assertEquals("mine", Files.readString(file));
    assertArrayEquals(new String[] {"mine.txt"}, temporary.toFile().list());
  }

  @Test
  void fillsAnEmptyFolder() throws IOException {
    SavedModels.write(temporary, ServedNetworks.SMALL);
    assertEquals(
        ServedNetworks.SMALL.model().trained().weights(),
        SavedModelReader.open(temporary).weights(ServedNetworks.SMALL.network()));
  }

  @Test
  void leavesNothingWhenTheModelDoesNotCompute() {
    ServedNetwork model = ServedNetworks.SMALL.model();
    model.trained().weights().values(5)[3] = Float.NaN;
    Path folder = temporary.resolve("model");
    String message =
        assertThrows(
                IOException.class,
                () -> SavedModelWriter.write(folder, model, ServedNetworks.SMALL.samples(4)))
            .getMessage();
    assertTrue(message.contains(folder.toString()) && message.contains("difference"), message);
    assertArrayEquals(new String[0], temporary.toFile().list());
  }

  @Test
  void leavesNothingOfImagesOfAnotherSize() {
    Path folder = temporary.resolve("model");
    assertThrows(
        IllegalArgumentException.class,
        () ->
            SavedModelWriter.write(
                folder, ServedNetworks.SMALL.model(), ServedNetworks.COLOUR.samples(4)));
    assertFalse(Files.exists(folder));
  }

  private static TFloat32 tensor(ServedNetwork model, PairedImages samples, int... positions) {
    TensorShape image = model.trained().network().image();
    return TFloat32.tensorOf(
        TensorSpec.shape(image).prepend(positions.length),
        DataBuffers.of(PlainAnswers.inputs(model, samples.images(), positions)));
  }
}
