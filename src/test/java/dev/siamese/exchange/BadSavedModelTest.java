package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.model.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** What is wrong with a folder must be said in one line, and never by a crash. */
class BadSavedModelTest {
  private @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    SavedModels.write(folder, StoredModels.weights(StoredModels.SMALL, 1));
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
        assertThrows(IOException.class, () -> SavedModelReader.open(folder).weights());
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
  void refusesAModelForOtherUses() throws IOException {
    SavedModels.edit(folder, graph -> graph.getMetaInfoDefBuilder().clearTags().addTags("train"));
    assertRefused("serve");
  }

  @Test
  void refusesImagesOfTheWrongRank() throws IOException {
    SavedModels.edit(
        folder, graph -> editInputs(graph, input -> input.getTensorShapeBuilder().removeDim(3)));
    assertRefused("(n, 28, 28, 1)", "images float (n, 28, 28)", "saved_model.pb");
  }

  @Test
  void refusesImagesOfBytes() throws IOException {
    SavedModels.edit(
        folder, graph -> editInputs(graph, input -> input.setDtype(DataType.DT_UINT8)));
    assertRefused("float (n, 28, 28, 1)", "images uint8 (n, 28, 28, 1)");
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
        assertThrows(IOException.class, () -> SavedModelReader.open(folder).weights());
    assertTrue(refusal.getMessage().contains("TensorFlow 2"), refusal::getMessage);
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

  private static void truncate(Path file, double share) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, (int) (share * bytes.length)));
  }

  private void assertRefused(String... parts) {
    IOException refusal =
        assertThrows(
            IOException.class,
            () -> SavedModelReader.open(folder).load(SessionSettings.defaults()).close());
    for (String part : parts) {
      assertTrue(refusal.getMessage().contains(part), refusal::getMessage);
    }
    assertFalse(refusal.getMessage().contains("\n"), refusal::getMessage);
  }
}
