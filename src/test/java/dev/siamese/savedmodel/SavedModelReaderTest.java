package dev.siamese.savedmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.PairedImages;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

class SavedModelReaderTest {
  private static final float TOLERANCE = 2e-6f;

  private final List<String> notices = new ArrayList<>();
  private @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void readsEveryBitOfTheWeights(ServedNetworks network) throws IOException {
    SavedModels.copy(folder, network);
    SavedModelReader reader = SavedModelReader.open(folder);
    assertEquals(network.model().trained().weights(), reader.weights(network.network()));
    assertEquals(network.network().image(), reader.image());
  }

  @ParameterizedTest
  @EnumSource
  void embedsAndCompares(ServedNetworks network) throws IOException {
    SavedModels.copy(folder, network);
    requireSameModel(network);
    assertEquals(List.of(), notices);
  }

  @ParameterizedTest
  @EnumSource
  void comparesByTheSignatureOfPairsAlone(ServedNetworks network) throws IOException {
    SavedModels.copy(folder, network);
    SavedModels.edit(folder, SavedModelReaderTest::leavePairsAlone);
    // More than one batch, the last one not full.
    PairedImages many = network.samples(70);
    try (ServedModel model = load(network, Optional.of(network.network().output()))) {
      assertClose(PlainAnswers.outputs(network.model(), many), outputs(model, many));
      String message =
          assertThrows(UnsupportedOperationException.class, () -> model.embed(many.images()))
              .getMessage();
      assertTrue(message.contains("embedding") && message.contains(folder.toString()), message);
    }
  }

  @Test
  void findsWhatOursTells() throws IOException {
    SavedModels.copy(folder, ServedNetworks.COLOUR);
    assertEquals(Optional.of(OutputKind.SIMILARITY), SavedModelReader.open(folder).output());
  }

  @Test
  void embedsNoImageTwice() throws IOException {
    SavedModels.copy(folder, ServedNetworks.KERAS_IO);
    try (SignatureAnswers answers = SavedModelReader.open(folder).answers()) {
      assertEquals(10, answers.head().orElseThrow().each().size());
    }
  }

  @Test
  void readsTheThreshold() throws IOException {
    SavedModels.copy(folder, ServedNetworks.SMALL);
    // Of a distance the least float that is not below the threshold, of a similarity the greatest
    // that is not above it.
    assertEquals(OptionalDouble.of(0.3f), SavedModelReader.open(folder).threshold());
    Path other = folder.resolve("other");
    SavedModels.copy(other, ServedNetworks.COLOUR);
    assertEquals(OptionalDouble.of(Math.nextDown(0.3f)), SavedModelReader.open(other).threshold());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 0.25, 1e30})
  void readsAnyThreshold(double threshold) throws IOException {
    ServedNetwork model = ServedNetworks.PIXELS.model();
    SavedModelWriter.write(
        folder,
        new ServedNetwork(
            new TrainedNetwork(
                model.trained().network(), model.trained().weights(), model.trained().values()),
            threshold,
            model.attachments()),
        ServedNetworks.PIXELS.samples(2));
    double found = SavedModelReader.open(folder).threshold().orElseThrow();
    assertEquals(threshold, found, 1e-7 * Math.abs(threshold));
  }

  @Test
  void knowsNeitherThresholdNorOutputOfOthers() throws IOException {
    SavedModels.copy(folder, ServedNetworks.SMALL);
    SavedModels.edit(folder, graph -> graph.removeSignatureDef("predict"));
    assertEquals(OptionalDouble.empty(), SavedModelReader.open(folder).threshold());
    assertEquals(Optional.empty(), SavedModelReader.open(folder).output());
  }

  @Test
  void addsTheEuclideanDistanceToATwinAlone() throws IOException {
    SavedModels.copy(folder, ServedNetworks.SMALL);
    SavedModels.edit(
        folder, graph -> graph.removeSignatureDef("predict").removeSignatureDef("serving_default"));
    requireSameModel(ServedNetworks.SMALL);
    assertTrue(notices.get(0).contains("Euclidean") && notices.get(0).contains(folder.toString()));
    assertEquals(
        ServedNetworks.SMALL.model().trained().weights(),
        SavedModelReader.open(folder).weights(ServedNetworks.SMALL.network()));
    IOException refusal =
        assertThrows(
            IOException.class,
            () -> load(ServedNetworks.SMALL, Optional.of(OutputKind.SIMILARITY)));
    assertTrue(refusal.getMessage().contains("distance"), refusal::getMessage);
  }

  @Test
  void believesTheDistancesOfOthers() throws IOException {
    SavedModels.copy(folder, ServedNetworks.SMALL);
    SavedModels.edit(
        folder,
        graph -> {
          // Somebody's embeddings, and a distance that is the root of the Euclidean one.
          rename(graph, "embed", "some_name");
          SignatureDef.Builder signature =
              graph.getSignatureDefOrThrow("serving_default").toBuilder();
          TensorInfo.Builder distance = signature.getOutputsOrThrow("distance").toBuilder();
          graph
              .getGraphDefBuilder()
              .addNode(
                  NodeDef.newBuilder()
                      .setName("root")
                      .setOp("Sqrt")
                      .addInput(distance.getName())
                      .putAttr("T", floatType()));
          signature.putOutputs("distance", distance.setName("root:0").build());
          graph.putSignatureDef("serving_default", signature.build());
        });
    PairedImages many = ServedNetworks.SMALL.samples(70);
    float[] expected = PlainAnswers.outputs(ServedNetworks.SMALL.model(), many);
    for (int pair = 0; pair < expected.length; pair++) {
      expected[pair] = (float) Math.sqrt(expected[pair]);
    }
    try (ServedModel model = load(ServedNetworks.SMALL, Optional.empty())) {
      assertEquals(OutputKind.DISTANCE, model.output());
      // The root doubles relative errors near 0.
      assertArrayEquals(expected, outputs(model, many), 1e-5f);
    }
  }

  private static AttrValue floatType() {
    return AttrValue.newBuilder().setType(DataType.DT_FLOAT).build();
  }

  @Test
  void choosesTheSignaturesOfOurNamesOrTheDefaultOrTheFirst() throws IOException {
    SavedModels.copy(folder, ServedNetworks.SMALL);
    SavedModels.edit(
        folder,
        graph -> {
          copy(graph, "embed", "a_first");
          copy(graph, "predict", "a_pair");
        });
    assertEquals("embed", chosen().embedding().orElseThrow().key());
    assertEquals("serving_default", chosen().pair().orElseThrow().key());
    SavedModels.edit(folder, graph -> graph.removeSignatureDef("serving_default"));
    assertEquals("a_pair", chosen().pair().orElseThrow().key());
    SavedModels.edit(folder, graph -> rename(graph, "embed", "serving_default"));
    assertEquals("serving_default", chosen().embedding().orElseThrow().key());
    SavedModels.edit(folder, graph -> rename(graph, "serving_default", "z_last"));
    assertEquals("a_first", chosen().embedding().orElseThrow().key());
  }

  private ImageSignatures chosen() throws IOException {
    try (SignatureAnswers answers = SavedModelReader.open(folder).answers()) {
      return answers.signatures();
    }
  }

  @Test
  void usesSignaturesOfOneImageSizeOnly() throws IOException {
    SavedModels.copy(folder, ServedNetworks.SMALL);
    SavedModels.edit(
        folder,
        graph -> {
          SignatureDef.Builder signature = graph.getSignatureDefOrThrow("embed").toBuilder();
          TensorInfo.Builder images = signature.getInputsOrThrow("images").toBuilder();
          images.getTensorShapeBuilder().getDimBuilder(1).setSize(32);
          signature.putInputs("images", images.build());
          graph.putSignatureDef("other", signature.build()).removeSignatureDef("embed");
        });
    assertFalse(SavedModelReader.open(folder).tellsEmbeddings());
    assertEquals(28, SavedModelReader.open(folder).image().size(0));
  }

  @Test
  void readsWeightsBehindASignatureOfPairsAlone() throws IOException {
    SavedModels.copy(folder, ServedNetworks.KERAS_IO);
    SavedModels.edit(folder, SavedModelReaderTest::leavePairsAlone);
    assertEquals(
        ServedNetworks.KERAS_IO.model().trained().weights(),
        SavedModelReader.open(folder).weights(ServedNetworks.KERAS_IO.network()));
  }

  @Test
  void refusesWeightsOfANetworkThatComputesSomethingElse() throws IOException {
    SavedModels.copy(folder, ServedNetworks.SMALL);
    SavedModels.edit(
        folder,
        graph ->
            graph.getGraphDefBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getOp().equals("Relu"))
                .forEach(node -> node.setOp("Elu")));
    assertNoWeights(ServedNetworks.SMALL.network(), "computes something else");
  }

  @Test
  void refusesWeightsOfAnotherNetwork() throws IOException {
    SavedModels.copy(folder, ServedNetworks.SMALL);
    assertNoWeights(
        ServedNetworks.KERAS_IO.network(),
        "batch_normalization/gamma (1)",
        "conv2d/kernel (2, 2, 1, 4)");
    assertNoWeights(ServedNetworks.COLOUR.network(), "(32, 32, 3)", "(28, 28, 1)");
  }

  @Test
  void refusesWeightsOfATwinForANetworkWithMore() throws IOException {
    SavedModels.copy(folder, ServedNetworks.KERAS_IO);
    SavedModels.edit(
        folder, graph -> graph.removeSignatureDef("predict").removeSignatureDef("serving_default"));
    assertNoWeights(ServedNetworks.KERAS_IO.network(), "a twin", "14");
  }

  private void assertNoWeights(SiameseNetwork network, String... parts) {
    String message =
        assertThrows(IOException.class, () -> SavedModelReader.open(folder).weights(network))
            .getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
    assertTrue(message.contains(folder.toString()), message);
  }

  @Test
  void refusesImagesOfAnotherShape() throws IOException {
    SavedModels.copy(folder, ServedNetworks.SMALL);
    try (ServedModel model = load(ServedNetworks.SMALL, Optional.empty())) {
      PairedImages others = ServedNetworks.COLOUR.samples(4);
      String message =
          assertThrows(IllegalArgumentException.class, () -> model.embed(others.images()))
              .getMessage();
      assertEquals("expected images of 28×28, found 32×32×3", message);
      assertThrows(IllegalArgumentException.class, () -> outputs(model, others));
    }
  }

  @Test
  void refusesAClaimThatTheModelContradicts() throws IOException {
    SavedModels.copy(folder, ServedNetworks.COLOUR);
    IOException refusal =
        assertThrows(
            IOException.class, () -> load(ServedNetworks.COLOUR, Optional.of(OutputKind.DISTANCE)));
    assertTrue(refusal.getMessage().contains("similarity"), refusal::getMessage);
  }

  private void requireSameModel(ServedNetworks network) throws IOException {
    PairedImages many = network.samples(70);
    try (ServedModel model = load(network, Optional.empty())) {
      float[][] embeddings = model.embed(many.images());
      for (int image = 0; image < 70; image += 23) {
        assertClose(
            PlainAnswers.embeddings(network.model(), many.images(), image), embeddings[image]);
      }
      assertEquals(network.network().output(), model.output());
      assertEquals(network.network().image(), model.image());
      assertClose(PlainAnswers.outputs(network.model(), many), outputs(model, many));
    }
  }

  private static void assertClose(float[] expected, float[] found) {
    double length = SignatureAnswers.euclidean(expected, new float[expected.length]);
    assertArrayEquals(expected, found, TOLERANCE * (float) Math.max(1, length));
  }

  private static float[] outputs(ServedModel model, PairedImages samples) {
    return model.compare(samples.images(), samples.pairs());
  }

  private ServedModel load(ServedNetworks network, Optional<OutputKind> output) throws IOException {
    return SavedModelReader.open(folder)
        .load(new LoadSettings(SessionSettings.defaults(), network.range(), output), notices::add);
  }

  private static void leavePairsAlone(MetaGraphDef.Builder graph) {
    graph.removeSignatureDef("embed").removeSignatureDef("predict");
  }

  private static void copy(MetaGraphDef.Builder graph, String from, String to) {
    graph.putSignatureDef(to, graph.getSignatureDefOrThrow(from));
  }

  private static void rename(MetaGraphDef.Builder graph, String from, String to) {
    copy(graph, from, to);
    graph.removeSignatureDef(from);
  }
}
