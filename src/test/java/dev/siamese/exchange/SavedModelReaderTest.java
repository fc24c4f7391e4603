package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.RandomStream;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.RandomImages;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SiameseModel;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

class SavedModelReaderTest {
  private final Weights weights = StoredModels.weights(StoredModels.SMALL, 1);
  private final PairedImages samples = SavedModels.samples();
  private @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    SavedModels.write(folder, weights);
  }

  @Test
  void readsEveryBitOfTheWeights() throws IOException {
    assertEquals(weights, SavedModelReader.open(folder).weights());
  }

  @Test
  void readsTheThreshold() throws IOException {
    // The float nearest to 0.3 is above it.
    assertEquals(OptionalDouble.of(0.3f), SavedModelReader.open(folder).threshold());
  }

  @Test
  void knowsNoThresholdOfOthers() throws IOException {
    SavedModels.edit(folder, graph -> graph.removeSignatureDef("predict"));
    assertEquals(OptionalDouble.empty(), SavedModelReader.open(folder).threshold());
  }

  @Test
  void embedsAndTellsDistances() throws IOException {
    requireSameModel();
  }

  @Test
  void addsTheDistanceToATwinAlone() throws IOException {
    SavedModels.edit(
        folder,
        graph -> {
          rename(graph, "embed", "some_name");
          graph.removeSignatureDef("predict").removeSignatureDef("serving_default");
        });
    requireSameModel();
  }

  @Test
  void believesTheDistancesOfOthers() throws IOException {
    float[] euclidean;
    try (SiameseModel model = model()) {
      euclidean = model.distances(samples.images(), samples.pairs());
    }
    SavedModels.edit(
        folder,
        graph -> {
          // Somebody's embeddings, and a distance that is the root of the Euclidean one.
          rename(graph, "embed", "some_name");
          NodeDef sqrt =
              graph.getGraphDef().getNodeList().stream()
                  .filter(node -> node.getName().equals("serving_default/Sqrt"))
                  .findFirst()
                  .orElseThrow();
          graph
              .getGraphDefBuilder()
              .addNode(sqrt.toBuilder().setName("root").setInput(0, "serving_default/Select_1"));
          SignatureDef.Builder signature =
              graph.getSignatureDefOrThrow("serving_default").toBuilder();
          TensorInfo.Builder distance = signature.getOutputsOrThrow("distance").toBuilder();
          signature.putOutputs("distance", distance.setName("root:0").build());
          graph.putSignatureDef("serving_default", signature.build());
        });
    try (SiameseModel model = model()) {
      float[] distances = model.distances(samples.images(), samples.pairs());
      for (int pair = 0; pair < distances.length; pair++) {
        assertEquals(Math.sqrt(euclidean[pair]), distances[pair], 1e-6);
      }
    }
  }

  @Test
  void tellsDistancesByASignatureOfPairsAlone() throws IOException {
    SavedModels.edit(folder, SavedModelReaderTest::leavePairsAlone);
    // More than one batch, the last one not full.
    PairedImages many = many();
    try (SiameseModel expected = new InferenceModel(weights, SessionSettings.defaults());
        SiameseModel model = model()) {
      assertArrayEquals(
          expected.distances(many.images(), many.pairs()),
          model.distances(many.images(), many.pairs()),
          1e-6f);
      String message =
          assertThrows(UnsupportedOperationException.class, () -> model.embed(samples.images()))
              .getMessage();
      assertTrue(message.contains("embedding") && message.contains(folder.toString()), message);
    }
  }

  @Test
  void readsWeightsBehindASignatureOfPairsAlone() throws IOException {
    SavedModels.edit(folder, SavedModelReaderTest::leavePairsAlone);
    assertEquals(weights, SavedModelReader.open(folder).weights());
  }

  @Test
  void refusesWeightsOfANetworkThatComputesSomethingElse() throws IOException {
    SavedModels.edit(
        folder,
        graph ->
            graph.getGraphDefBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getOp().equals("Relu"))
                .forEach(node -> node.setOp("Elu")));
    String message =
        assertThrows(IOException.class, () -> SavedModelReader.open(folder).weights()).getMessage();
    assertTrue(message.contains("other distances"), message);
  }

  @Test
  void refusesImagesOfAnotherSize() throws IOException {
    try (SiameseModel model = model()) {
      LabeledImages small = new LabeledImages(new byte[100], new int[1], 10, 10);
      assertThrows(IllegalArgumentException.class, () -> model.embed(small));
    }
  }

  private void requireSameModel() throws IOException {
    PairedImages many = many();
    try (SiameseModel expected = new InferenceModel(weights, SessionSettings.defaults());
        SiameseModel model = model()) {
      float[][] expectedEmbeddings = expected.embed(many.images());
      float[][] embeddings = model.embed(many.images());
      for (int i = 0; i < embeddings.length; i++) {
        assertArrayEquals(expectedEmbeddings[i], embeddings[i], 1e-6f);
      }
      assertArrayEquals(
          expected.distances(many.images(), many.pairs()),
          model.distances(many.images(), many.pairs()),
          1e-6f);
    }
  }

  private SiameseModel model() throws IOException {
    return SavedModelReader.open(folder).load(SessionSettings.defaults());
  }

  private static PairedImages many() {
    return PairedImages.draw(RandomImages.of(150, 3), RandomStream.TEST_PAIRS, 4);
  }

  private static void leavePairsAlone(MetaGraphDef.Builder graph) {
    graph.removeSignatureDef("embed").removeSignatureDef("predict");
  }

  private static void rename(MetaGraphDef.Builder graph, String from, String to) {
    graph.putSignatureDef(to, graph.getSignatureDefOrThrow(from)).removeSignatureDef(from);
  }
}
