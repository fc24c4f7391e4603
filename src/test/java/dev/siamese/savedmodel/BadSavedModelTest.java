package dev.siamese.savedmodel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.model.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.ObjectReference;

/** What is wrong with a folder must be said in one line, and never by a crash. */
class BadSavedModelTest {
  private static final ServedNetworks NETWORK = ServedNetworks.KERAS_IO;

  private static final LoadSettings SETTINGS =
      new LoadSettings(SessionSettings.defaults(), NETWORK.range(), Optional.empty());

  private @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    SavedModels.copy(folder, NETWORK);
  }

  @Test
  void refusesAFolderWithoutModel() throws IOException {
    Files.delete(folder.resolve("saved_model.pb"));
    assertRefused("saved_model.pb");
  }

  @Test
  void refusesAFile() {
    Path file = folder.resolve("fingerprint.pb");
    assertThrows(IOException.class, () -> SavedModelReader.open(file));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.0001, 0.3, 0.7, 0.999})
  void refusesATruncatedModel(double share) throws IOException {
    truncate(folder.resolve("saved_model.pb"), share);
    assertRefused("saved_model.pb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"variables.index", "variables.data-00000-of-00001"})
  void refusesMissingVariables(String file) throws IOException {
    Files.delete(folder.resolve("variables").resolve(file));
    assertRefused(file);
  }

  static Stream<Object[]> cuts() {
    return Stream.of("variables.index", "variables.data-00000-of-00001")
        .flatMap(
            file -> Stream.of(0.0, 0.05, 0.5, 0.9, 0.99).map(share -> new Object[] {file, share}));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void refusesCutVariables(String file, double share) throws IOException {
    truncate(folder.resolve("variables").resolve(file), share);
    assertRefused(folder.toString());
    IOException refusal =
        assertThrows(
            IOException.class, () -> SavedModelReader.open(folder).weights(NETWORK.network()));
    assertTrue(refusal.getMessage().contains(folder.toString()), refusal::getMessage);
  }

  @Test
  void refusesDamagedVariables() throws IOException {
    Path file = folder.resolve("variables").resolve("variables.data-00000-of-00001");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 4] ^= 1;
    Files.write(file, bytes);
    assertRefused(folder.toString());
  }

  @Test
  void refusesGraphsOfWhichNoneIsForServing() throws IOException {
    Path file = folder.resolve("saved_model.pb");
    SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
    MetaGraphDef.Builder graph = model.getMetaGraphsBuilder(0);
    graph.getMetaInfoDefBuilder().clearTags().addTags("train");
    model.addMetaGraphs(graph.build().toBuilder());
    model.getMetaGraphsBuilder(1).getMetaInfoDefBuilder().addTags("gpu");
    Files.write(file, model.build().toByteArray());
    assertRefused("tagged serve", "one tagged train; and one tagged train, gpu", "--tags");
    Files.write(file, model.clearMetaGraphs().build().toByteArray());
    assertRefused("tagged serve", "found none");
  }

  @Test
  void refusesImagesOfTheWrongRank() throws IOException {
    SavedModels.edit(
        folder,
        graph ->
            editInputs(
                graph,
                input ->
                    input
                        .getTensorShapeBuilder()
                        .addDim(TensorShapeProto.Dim.newBuilder().setSize(1))));
    assertRefused("(n, height, width, 1 or 3)", "images float (n, 28, 28, 1, 1)", "saved_model.pb");
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"DT_STRING", "DT_BOOL", "DT_INT8", "DT_QUINT8", "DT_COMPLEX64", "DT_INVALID"})
  void refusesImagesOfTypesThatHoldNoPixels(DataType type) throws IOException {
    SavedModels.edit(folder, graph -> editInputs(graph, input -> input.setDtype(type)));
    String name = type.name().substring(3).toLowerCase(Locale.ROOT);
    assertRefused("image of numbers", "images %s (n, 28, 28, 1)".formatted(name));
  }

  /** What the signatures claim is not what the graph has. */
  @Test
  void refusesSignaturesThatTheGraphContradicts() throws IOException {
    SavedModels.edit(
        folder, graph -> editInputs(graph, input -> input.setDtype(DataType.DT_UINT8)));
    assertRefused("UINT8", folder.toString());
    SavedModels.edit(
        folder,
        graph ->
            editInputs(
                graph,
                input -> input.setDtype(DataType.DT_FLOAT).getTensorShapeBuilder().removeDim(3)));
    assertRefused("28, 28", folder.toString());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4097, 1_000_000_000, Long.MAX_VALUE, (1L << 32) + 28, 28 - (1L << 32)})
  void refusesImagesOfNoSizeOrOfOneThatNoImageHas(long size) throws IOException {
    SavedModels.edit(
        folder,
        graph ->
            editInputs(
                graph, input -> input.getTensorShapeBuilder().getDimBuilder(2).setSize(size)));
    assertRefused("(n, 28, %s, 1)".formatted(size));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 65_537, 1_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE})
  void refusesBatchesOfNoSizeOrOfOneThatFitsNowhere(long size) throws IOException {
    SavedModels.edit(
        folder,
        graph ->
            editInputs(
                graph, input -> input.getTensorShapeBuilder().getDimBuilder(0).setSize(size)));
    assertRefused("(%s, 28, 28, 1)".formatted(size));
  }

  @Test
  void refusesImagesOfTwoChannels() throws IOException {
    SavedModels.edit(
        folder,
        graph ->
            editInputs(graph, input -> input.getTensorShapeBuilder().getDimBuilder(3).setSize(2)));
    assertRefused("(n, 28, 28, 2)");
  }

  @Test
  void refusesAModelWithoutSignatures() throws IOException {
    SavedModels.edit(folder, MetaGraphDef.Builder::clearSignatureDef);
    assertRefused("no signature");
  }

  @Test
  void refusesAnOutputOfSeveralValuesThatClaimsToBeOne() throws IOException {
    SavedModels.edit(
        folder,
        graph -> {
          String embeddings =
              graph.getSignatureDefOrThrow("embed").getOutputsOrThrow("embedding").getName();
          editOutput(graph, "serving_default", "distance", output -> output.setName(embeddings));
          SignatureDef.Builder pair = graph.getSignatureDefOrThrow("serving_default").toBuilder();
          TensorInfo.Builder image = pair.getInputsOrThrow("image1").toBuilder();
          pair.putInputs("image1", image.setName("embed/images:0").build());
          graph.putSignatureDef("serving_default", pair.build());
        });
    assertRefused("one distance or similarity", "10");
  }

  @Test
  void refusesEmbeddingsThatTheHeadDoesNotTake() throws IOException {
    SavedModels.edit(
        folder,
        graph -> {
          editOutput(graph, "embed", "embedding", output -> output.setName("flat:0"));
          TensorProto shape =
              TensorProto.newBuilder()
                  .setDtype(DataType.DT_INT32)
                  .setTensorShape(
                      TensorShapeProto.newBuilder()
                          .addDim(TensorShapeProto.Dim.newBuilder().setSize(2)))
                  .addIntVal(-1)
                  .addIntVal(784)
                  .build();
          graph
              .getGraphDefBuilder()
              .addNode(
                  NodeDef.newBuilder()
                      .setName("flat_shape")
                      .setOp("Const")
                      .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_INT32).build())
                      .putAttr("value", AttrValue.newBuilder().setTensor(shape).build()))
              .addNode(
                  NodeDef.newBuilder()
                      .setName("flat")
                      .setOp("Reshape")
                      .addInput("embed/images")
                      .addInput("flat_shape")
                      .putAttr("T", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build()));
        });
    assertRefused("embeddings of 10 values, found 784");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere:0", "embed/images:7", "embed/images:-1", "embed/images:x", ""})
  void refusesASignatureOfMissingTensors(String name) throws IOException {
    SavedModels.edit(folder, graph -> editInputs(graph, input -> input.setName(name)));
    assertRefused(folder.toString());
  }

  @Test
  void refusesAGraphThatCannotRun() throws IOException {
    SavedModels.edit(
        folder,
        graph ->
            graph.getGraphDefBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getName().endsWith("MatMul"))
                .forEach(
                    node ->
                        node.putAttr("transpose_b", AttrValue.newBuilder().setB(true).build())));
    assertRefused(folder.toString());
  }

  @Test
  void refusesWeightsWithoutObjects() throws IOException {
    SavedModels.edit(folder, MetaGraphDef.Builder::clearObjectGraphDef);
    IOException refusal =
        assertThrows(
            IOException.class, () -> SavedModelReader.open(folder).weights(NETWORK.network()));
    assertTrue(refusal.getMessage().contains("TensorFlow 2"), refusal::getMessage);
  }

  @Test
  void readsObjectsThatHoldEachOtherOnce() throws IOException {
    SavedModels.edit(
        folder,
        graph -> {
          SavedObjectGraph.Builder objects = graph.getObjectGraphDefBuilder();
          int list = objects.getNodesCount();
          // Keras's layers instead of a list of variables; each layer has all of them as its own.
          SavedObject.Builder root = objects.getNodesBuilder(0);
          root.getChildrenBuilderList().stream()
              .filter(child -> child.getLocalName().equals("variables"))
              .forEach(child -> child.setLocalName("_operations").setNodeId(list));
          SavedObject.Builder layer = SavedObject.newBuilder().addChildren(child("_layers", list));
          SavedObject.Builder layers = SavedObject.newBuilder();
          for (int i = 0; i < 20; i++) {
            layers.addChildren(child(Integer.toString(i), list + 1 + i));
          }
          objects.addNodes(layers);
          for (int i = 0; i < 20; i++) {
            objects.addNodes(layer);
          }
        });
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> SavedModelReader.open(folder).weights(NETWORK.network()));
  }

  private static ObjectReference child(String name, int node) {
    return ObjectReference.newBuilder().setLocalName(name).setNodeId(node).build();
  }

  private static void editInputs(MetaGraphDef.Builder graph, Consumer<TensorInfo.Builder> change) {
    for (String key : graph.getSignatureDefMap().keySet().toArray(String[]::new)) {
      SignatureDef.Builder signature = graph.getSignatureDefOrThrow(key).toBuilder();
      for (String name : signature.getInputsMap().keySet().toArray(String[]::new)) {
        TensorInfo.Builder input = signature.getInputsOrThrow(name).toBuilder();
        change.accept(input);
        signature.putInputs(name, input.build());
      }
      graph.putSignatureDef(key, signature.build());
    }
  }

  private static void editOutput(
      MetaGraphDef.Builder graph, String key, String name, Consumer<TensorInfo.Builder> change) {
    SignatureDef.Builder signature = graph.getSignatureDefOrThrow(key).toBuilder();
    TensorInfo.Builder output = signature.getOutputsOrThrow(name).toBuilder();
    change.accept(output);
    graph.putSignatureDef(key, signature.putOutputs(name, output.build()).build());
  }

  private static void truncate(Path file, double share) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, (int) (share * bytes.length)));
  }

  private void assertRefused(String... parts) {
    IOException refusal =
        assertThrows(
            IOException.class,
            () -> SavedModelReader.open(folder).load(SETTINGS, notice -> {}).close());
    for (String part : parts) {
      assertTrue(refusal.getMessage().contains(part), refusal::getMessage);
    }
    assertFalse(refusal.getMessage().contains("\n"), refusal::getMessage);
  }
}
