package dev.siamese.keras;

import static dev.siamese.keras.ConfigJson.assertRefused;
import static dev.siamese.keras.ConfigJson.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.network.BinaryOperation;
import dev.siamese.network.LeakyReLU;
import dev.siamese.network.Network;
import dev.siamese.network.Reduction;
import dev.siamese.network.TensorShape;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations in the form of Keras 2. */
class Keras2ConfigTest {
  private static final String INPUT =
      """
      {"class_name": "InputLayer", "name": "x", "inbound_nodes": [], \
      "config": {"name": "x", "batch_input_shape": [null, 8, 8, 1]}}""";

  private static String layer(String className, String name, String settings, String... calls) {
    return """
    {"class_name": "%s", "name": "%s", "config": {"name": "%s", "trainable": true, %s}, \
    "inbound_nodes": [%s]}"""
        .formatted(className, name, name, settings, String.join(",", calls));
  }

  /** A layer whose settings are all that it has. */
  private static String behind(String className, String settings) {
    return layer(className, "a", settings, "[[\"x\", 0, 0, {}]]");
  }

  private static String function(String name, String... calls) {
    return layer("TFOpLambda", "f", "\"function\": \"%s\"".formatted(name), calls);
  }

  private static String model(String output, String... layers) {
    return named("Functional", "m", "[[\"%s\", 0, 0]]".formatted(output), layers);
  }

  private static String named(String className, String name, String outputs, String... layers) {
    return """
    {"class_name": "%s", "name": "%s", "config": {"name": "%s", "layers": [%s, %s], \
    "input_layers": [["x", 0, 0]], "output_layers": %s}}"""
        .formatted(className, name, name, INPUT, String.join(",", layers), outputs);
  }

  @Test
  void readsTheSettingsThatBearOtherNames() throws IOException {
    Network network = read(model("a", behind("LeakyReLU", "\"alpha\": 0.25")));
    assertEquals(new LeakyReLU(0.25), network.layers().get(1).layer());
    assertEquals(TensorShape.of(8, 8, 1), network.inputShapes().get(0));
  }

  @Test
  void oldestModelsAreCalledModel() throws IOException {
    String json =
        model("a", behind("Flatten", "\"data_format\": \"channels_last\""))
            .replaceFirst("Functional", "Model");
    assertEquals(TensorShape.of(64), read(json).outputShapes().get(0));
  }

  @Test
  void countsTheCallsOfAModelFromOne() throws IOException {
    String inner =
        named("Functional", "twin", "[[\"a\", 0, 0]]", behind("Flatten", "\"dtype\": \"float32\""));
    String twin =
        inner.substring(0, inner.length() - 1)
            + ", \"inbound_nodes\": [[[\"x\", 0, 0, {}]], [[\"r\", 0, 0, {}]]]}";
    String second = layer("ReLU", "r", "\"max_value\": null", "[[\"x\", 0, 0, {}]]");
    String difference =
        function("math.subtract", "[\"twin\", 1, 0, {\"y\": [\"twin\", 2, 0], \"name\": null}]");
    Network network = read(model("f", second, twin, difference));
    List<Integer> taken = network.nodes().get(network.outputs().get(0)).inputs();
    assertEquals(2, taken.stream().distinct().count());
    int first = network.nodes().get(taken.get(0)).inputs().get(0);
    assertEquals("x", network.layer(first).name());
    assertRefused(
        model("f", second, twin, difference.replace("2, 0]", "3, 0]")), "call 2 of \"twin\"");
  }

  @Test
  void argumentsBecomeSettings() throws IOException {
    Network network =
        read(
            model(
                "f",
                function("math.reduce_sum", "[\"x\", 0, 0, {\"axis\": [1], \"keepdims\": true}]")));
    assertEquals(
        new Reduction(Reduction.Function.SUM, List.of(1), true), network.layers().get(1).layer());
    network =
        read(
            model(
                "f",
                function(
                    "math.subtract",
                    "[\"_CONSTANT_VALUE\", -1, 1.0, {\"y\": [\"x\", 0, 0], \"name\": null}]")));
    BinaryOperation operation = (BinaryOperation) network.layers().get(1).layer();
    assertEquals(1, operation.left().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "math.top_k         | {}                          | 'a function that this program knows'",
        "math.reduce_sum    | {\"keepdims\": true}        | 'axis of'",
        "math.reduce_sum    | {\"axis\": 1, \"x\": 3}     | 'no argument x of'",
        "math.l2_normalize  | {\"axis\": 1, \"epsilon\": 1} | 'no argument epsilon of'",
        "cast               | {\"dtype\": \"float16\"}    | 'no argument dtype of'",
        "math.subtract      | {\"y\": [\"z\", 0, 0]}      | ''",
        "math.subtract      | {\"y\": {\"class_name\": \"Lambda\"}} | 'Lambda'",
        "math.subtract      | {}                          | ''",
      })
  void refusesFunctionsThatItDoesNotCompute(String function, String arguments, String message) {
    assertRefused(
        model("f", function(function, "[\"x\", 0, 0, %s]".formatted(arguments))), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[[]]",
        "[[\"x\"]]",
        "[[\"x\", 0, 1, {}]]",
        "[[\"x\", 1, 0, {}]]",
        "[[\"x\", -1, 0]]",
        "[[\"a\", 0, 0, {}]]",
        "[[7, 0, 0, {}]]",
        "[[\"x\", 0, 0, 7]]",
        "{\"x\": 1}",
        "7",
        "[[\"x\", 0, 0, {\"mask\": [\"x\", 0, 0]}]]",
        "[[\"x\", 1e99, 0, {}]]"
      })
  void refusesCallsThatAreNone(String call) {
    assertRefused(model("a", layer("Flatten", "a", "\"dtype\": \"float32\"", call)));
  }

  @Test
  void refusesWhatTheTwoVersionsComputeDifferently() {
    assertRefused(
        model("a", behind("Dense", "\"units\": 2, \"activation\": \"hard_sigmoid\"")),
        "compute alike in Dense \"a\"",
        "hard_sigmoid");
    assertRefused(
        model("a", behind("Activation", "\"activation\": \"hard_sigmoid\"")), "hard_sigmoid");
  }

  @ParameterizedTest
  @CsvSource({"Custom>Twin, Custom>Twin", "SlicingOpLambda, SlicingOpLambda", "LSTM, LSTM"})
  void refusesOtherLayers(String className, String message) {
    assertRefused(model("a", behind(className, "\"units\": 2")), "layer", message);
  }

  @Test
  void refusesDeepNesting() {
    StringBuilder json = new StringBuilder();
    int levels = 5_000;
    for (int i = 0; i < levels; i++) {
      json.append("{\"class_name\": \"Functional\", \"name\": \"m\", \"config\": {\"layers\": [");
    }
    json.append(INPUT);
    json.append("]}}".repeat(levels));
    IOException refused = assertThrows(IOException.class, () -> read(json.toString()));
    assertTrue(refused.getMessage().length() < 500, refused.getMessage());
  }
}
