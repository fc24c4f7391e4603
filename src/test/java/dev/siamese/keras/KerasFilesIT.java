package dev.siamese.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Python;
import dev.siamese.data.Messages;
import dev.siamese.network.Adam;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.Network;
import dev.siamese.network.OptimizerSettings;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.Slot;
import dev.siamese.network.TensorShape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what the real Keras saved, and has it read what is written of that. */
class KerasFilesIT {
  private static final Assumptions ASSUMPTIONS =
      new Assumptions(Optional.empty(), Optional.of(TensorShape.of(12, 12, 3)));

  @TempDir static Path folder;

  @BeforeAll
  static void save() {
    Python.run("src/test/python/keras_files.py", "save", folder.toString());
  }

  static List<String> models() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("-weights.bin") && !name.startsWith("trained-"))
          .map(name -> name.replace("-weights.bin", ""))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void readsEveryBitOfEveryForm(String name) throws IOException {
    KerasModel model = KerasFile.read(folder.resolve(name + ".keras"), ASSUMPTIONS);
    Network network = model.network();
    assertEquals(
        RawWeights.read(folder.resolve(name + "-weights.bin"), network.parameters()),
        model.weights());
    assertEquals(
        model.weights(),
        KerasWeights.read(folder.resolve(name + ".weights.h5"), network).weights());
    Path json = folder.resolve(name + ".json");
    ReadNetwork read = KerasConfig.read(Files.readString(json), name, ASSUMPTIONS);
    assertEquals(network, read.network());
    assertEquals(model.notices(), read.notices());
    assertEquals(
        network, KerasConfig.read(KerasConfig.write(network), name, Assumptions.NONE).network());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bad-huge.weights.h5        | (1099511627776)",
        "bad-compressed.weights.h5  | uncompressed float32 in /layers/functional/layers/conv2d/vars/1",
        "bad-double.weights.h5      | found double of 8 bytes",
        "bad-half.weights.h5        | found float of 2 bytes",
        "bad-external.weights.h5    | damaged or different",
        "bad-link.weights.h5        | the array /layers/functional/layers/conv2d/vars/1, found none",
        "bad-soft-link.weights.h5   | the array /layers/functional/layers/conv2d/vars/1, found none",
        "bad-group.weights.h5       | the array /layers/functional/layers/conv2d/vars/1, found none",
        "bad-circle.weights.h5      | the array /layers/functional/layers/conv2d/vars/1, found none",
        "bad-keras2.h5              | the layout of Keras 2",
      })
  void refusesWhatIsNotThere(String file, String message) throws IOException {
    Network network = KerasFile.read(folder.resolve("reference.keras"), ASSUMPTIONS).network();
    Messages.assertFails(() -> KerasWeights.read(folder.resolve(file), network), message, file);
  }

  @Test
  void putsLayersInKerassOrder() throws IOException {
    for (JsonElement element :
        JsonParser.parseString(Files.readString(folder.resolve("graphs.json"))).getAsJsonArray()) {
      JsonObject graph = element.getAsJsonObject();
      Network network =
          KerasConfig.read(graph.get("model").toString(), "graph", Assumptions.NONE).network();
      assertEquals(
          Json.list(graph.get("order"), JsonElement::getAsString),
          network.layers().stream().map(NamedLayer::name).toList());
      assertEquals(
          network,
          KerasConfig.read(KerasConfig.write(network), "again", Assumptions.NONE).network());
    }
  }

  /** What optimizers.json among the tests' resources has to say for another version of Keras. */
  @Test
  void theUnitTestsKnowTheOptimizersOfThisVersion() throws IOException {
    assertEquals(
        OptimizerTableTest.ofKeras(),
        JsonParser.parseString(Files.readString(folder.resolve("optimizers.json"))));
  }

  /** What layers.json among the tests' resources has to say for another version of Keras. */
  @Test
  void theUnitTestsKnowTheSettingsOfThisVersion() throws IOException {
    assertEquals(
        LayerTableTest.layersOfKeras().toList(),
        JsonParser.parseString(Files.readString(folder.resolve("layers.json")))
            .getAsJsonArray()
            .asList());
  }

  @Test
  void kerasReadsWhatIsWritten() throws IOException {
    for (String name : models()) {
      write(name);
    }
    write("trained-adam");
    Python.run("src/test/python/keras_files.py", "check", folder.toString());
  }

  private static void write(String name) throws IOException {
    KerasModel model = KerasFile.read(folder.resolve(name + ".keras"), ASSUMPTIONS);
    Path file = folder.resolve("java-" + name + ".keras");
    try (OutputStream out = Files.newOutputStream(file)) {
      KerasFile.write(out, model);
    }
    Path weights = folder.resolve("java-" + name + ".weights.h5");
    try (OutputStream out = Files.newOutputStream(weights)) {
      KerasWeights.write(out, model);
    }
  }

  @Test
  void tellsWhatIsLeftOut() throws IOException {
    assertEquals(
        List.of("not read, but taken for the euclidean distance: the code of Lambda \"lambda\""),
        notices("lambda_distance"));
    assertEquals(
        List.of(
            "left out: the noise_shape of Dropout \"block2b_drop\", Dropout \"block3b_drop\", Dropout"
                + " \"block4b_drop\" and 6 more"),
        notices("EfficientNetB0"));
    // They are kept; training tells that it leaves them out.
    assertEquals(List.of(), notices("augmented"));
    assertEquals(List.of(), notices("settings"));
  }

  private static List<String> notices(String name) throws IOException {
    return KerasFile.read(folder.resolve(name + ".keras"), ASSUMPTIONS).notices();
  }

  @Test
  void readsEveryBitOfAdam() throws IOException {
    KerasModel model = KerasFile.read(folder.resolve("trained-adam.keras"), ASSUMPTIONS);
    assertEquals(List.of(), model.notices());
    assertEquals(
        new Adam(OptimizerSettings.of(0.004), 0.7, 0.999, 1e-5, false),
        round((Adam) model.optimizer().orElseThrow()));
    OptimizerState state = model.state().orElseThrow();
    assertEquals(3, state.step());
    Network network = model.network();
    assertTrue(network.trainableParameters().size() < network.parameters().size());
    assertEquals(
        RawWeights.read(folder.resolve("trained-adam-first.bin"), network.trainableParameters()),
        state.slot(Slot.MOMENTUM));
    assertEquals(
        RawWeights.read(folder.resolve("trained-adam-second.bin"), network.trainableParameters()),
        state.slot(Slot.VELOCITY));
    KerasModel weights = KerasWeights.read(folder.resolve("trained-adam.weights.h5"), network);
    assertEquals(Optional.of(state), weights.state());
    assertEquals(Optional.of(Adam.of(0.004f)), weights.optimizer());
  }

  /** Keras keeps the learning rate as float32. */
  private static Adam round(Adam adam) {
    double learningRate = Math.round(adam.common().learningRate().at(0) * 1e6) / 1e6;
    return adam.with(OptimizerSettings.of(learningRate));
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "adam_by_name"})
  void aMerelyCompiledAdamStandsBeforeItsFirstStep(String name) throws IOException {
    KerasModel model =
        KerasFile.read(folder.resolve("compiled-%s.keras".formatted(name)), ASSUMPTIONS);
    assertEquals(List.of(), model.notices());
    Adam adam = (Adam) model.optimizer().orElseThrow();
    assertEquals(Optional.of(OptimizerState.start(adam, model.network())), model.state());
    assertEquals(name.equals("adam") ? 0.7 : 0.9, adam.beta1());
  }

  @ParameterizedTest
  @ValueSource(strings = {"compiled", "trained"})
  void readsTheWeightsBesideAnOptimizerThatIsUnknown(String state) throws IOException {
    KerasModel model = KerasFile.read(folder.resolve(state + "-average.keras"), ASSUMPTIONS);
    assertEquals(
        List.of("left out: the optimizer; expected no use_ema of Adam, found true"),
        model.notices());
    assertEquals(Optional.empty(), model.optimizer());
    assertEquals(Optional.empty(), model.state());
    KerasModel weights =
        KerasWeights.read(folder.resolve(state + "-average.weights.h5"), model.network());
    assertEquals(model.weights(), weights.weights());
    assertEquals(1, weights.notices().size());
  }
}
