package dev.siamese.keras;

import static dev.siamese.keras.ConfigJson.INPUT;
import static dev.siamese.keras.ConfigJson.assertRefused;
import static dev.siamese.keras.ConfigJson.call;
import static dev.siamese.keras.ConfigJson.called;
import static dev.siamese.keras.ConfigJson.functional;
import static dev.siamese.keras.ConfigJson.input;
import static dev.siamese.keras.ConfigJson.layer;
import static dev.siamese.keras.ConfigJson.modelOf;
import static dev.siamese.keras.ConfigJson.read;
import static dev.siamese.keras.ConfigJson.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadKerasConfigTest {
  /** A model of one layer with these settings. */
  private static String single(String className, String settings) {
    return modelOf(
        "y", layer(className, "y", settings.isEmpty() ? "" : ", " + settings, call(tensor("x"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "3",
        "{}",
        "{\"class_name\": \"Functional\"}",
        "{\"class_name\": \"Functional\", \"config\": {\"layers\": [{}]}}",
        "{\"a\": ",
        "null",
      })
  void noModel(String json) {
    assertRefused(json, "expected a");
  }

  @Test
  void nestedWithoutEnd() {
    assertRefused("[".repeat(1_000_000), "a model's JSON");
    assertRefused("{\"a\":".repeat(10_000), "a model's JSON");
    assertRefused("\"" + "a".repeat(1 << 24) + "\"", "at most 16777216 characters");
    String model = INPUT;
    for (int level = 0; level < 10_000; level++) {
      model = "{\"config\": {\"layers\": [" + model + "]}}";
    }
    assertRefused(model, "a model's JSON");
  }

  @Test
  void modelsInEachOther() throws IOException {
    String inner = layer("Flatten", "m16", "", call(tensor("x")));
    for (int level = 15; level >= 0; level--) {
      String name = "m" + level;
      String model =
          functional(
              name,
              "[\"x\", 0, 0]",
              "[\"m%d\", %d, 0]".formatted(level + 1, level == 15 ? 0 : 1),
              INPUT,
              inner);
      if (level == 0) {
        assertEquals("m0", read(model).name());
        String deeper = called(model, call(tensor("x")));
        assertRefused(
            functional("out", "[\"x\", 0, 0]", "[\"m0\", 1, 0]", INPUT, deeper),
            "at most 16 models in each other");
      }
      inner = called(model, call(tensor("x")));
    }
  }

  @Test
  void aShortFileOfVeryManyLayers() {
    String inner = layer("Flatten", "m9", "", call(tensor("x")));
    for (int level = 8; level >= 0; level--) {
      // Each calls the one inside of it 30 times: 30⁹ nodes in all.
      String calls =
          IntStream.range(0, 30).mapToObj(i -> call(tensor("x"))).collect(Collectors.joining(","));
      String sum =
          layer(
              "Add",
              "sum",
              "",
              call(
                  IntStream.range(0, 30)
                      .mapToObj(i -> tensor("inner", i))
                      .collect(Collectors.joining(",", "[", "]"))));
      String model =
          functional(
              "inner",
              "[\"x\", 0, 0]",
              level == 8 ? "[\"m9\", 0, 0]" : "[\"sum\", 0, 0]",
              level == 8
                  ? new String[] {input("x", "[null, 4]"), inner}
                  : new String[] {input("x", "[null, 4]"), inner, sum});
      inner = called(model, calls);
    }
    assertRefused(
        functional("out", "[\"x\", 0, 0]", "[\"inner\", 1, 0]", input("x", "[null, 4]"), inner),
        "at most 20000 uses of layers");
  }

  @Test
  void aVeryLongChainIsNoneOfTheStacksBusiness() throws IOException {
    String[] layers =
        IntStream.range(0, 15_000)
            .mapToObj(
                i -> layer("Identity", "l" + i, "", call(tensor(i == 0 ? "x" : "l" + (i - 1)))))
            .toArray(String[]::new);
    assertEquals(15_001, read(modelOf("l14999", layers)).layers().size());
  }

  @Test
  void circles() {
    String a = layer("Identity", "a", "", call(tensor("b")));
    String b = layer("Identity", "b", "", call(tensor("a")));
    assertRefused(modelOf("b", a, b), "layers that do not go in a circle", "Identity");
    String self = layer("Identity", "a", "", call(tensor("a")));
    assertRefused(modelOf("a", self), "circle", "Identity \"a\"");
    // The first call takes the second one's output.
    String early = layer("Identity", "a", "", call(tensor("a", 1)), call(tensor("x")));
    assertRefused(modelOf("a", early), "circle", "Identity \"a\"");
  }

  @Test
  void namesThatMeanNothing() {
    assertRefused(
        modelOf("a", layer("Identity", "a", "", call(tensor("nobody")))),
        "a call of a layer of Functional \"m\"",
        "call 0 of \"nobody\"");
    assertRefused(
        modelOf("a", layer("Identity", "a", "", call(tensor("x", 1)))), "call 1 of \"x\"");
    assertRefused(
        modelOf("a", layer("Identity", "a", "", call(tensor("x", -1)))), "call -1 of \"x\"");
    assertRefused(modelOf("nobody", layer("Identity", "a", "", call(tensor("x")))), "nobody");
    assertRefused(
        modelOf(
            "a",
            layer("Identity", "a", "", call(tensor("x"))),
            layer("Flatten", "a", "", call(tensor("x")))),
        "different names of the layers of Functional \"m\"",
        "two Flatten \"a\"");
    assertRefused(
        modelOf("a", layer("Identity", "a", "", call(tensor("x").replace("0, 0]", "0, 1]")))),
        "layers of one output");
    String newline = modelOf("a\\nb", layer("Identity", "a\\nb", "", call(tensor("x"))));
    assertRefused(newline, "a name");
  }

  @Test
  void inputsWithoutEnd() {
    String inputs =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "[\"x\", 0, 0]")
            .collect(Collectors.joining(",", "[", "]"));
    assertRefused(functional("m", inputs, "[\"x\", 0, 0]", INPUT), "1 to 1 inputs", "100000");
    assertRefused(functional("m", "[]", "[\"x\", 0, 0]", INPUT), "1 to 1 inputs", "0 and 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "LSTM    | '\"units\": 4' | 'a layer that this program knows (src/site/networks.md lists them), found LSTM \"y\"'",
        "Conv2D  | '\"kernel_size\": 2' | 'filters of Conv2D \"y\", found none'",
        "Conv2D  | '\"filters\": \"a\", \"kernel_size\": 2' | 'a whole number as filters of Conv2D \"y\", found \"a\"'",
        "Conv2D  | '\"filters\": 2.5, \"kernel_size\": 2' | 'a whole number as filters of Conv2D \"y\", found 2.5'",
        "Conv2D  | '\"filters\": 1000000000, \"kernel_size\": 2' | 'at most 2147483647 values'",
        "Conv2D  | '\"filters\": 1e400, \"kernel_size\": 2' | 'a whole number as filters'",
        "Conv2D  | '\"filters\": 2, \"kernel_size\": [2, 2, 2]' | 'two positive numbers as kernel_size of Conv2D \"y\", found [2,2,2]'",
        "Conv2D  | '\"filters\": 2, \"kernel_size\": 0' | 'two positive numbers as kernel_size'",
        "Conv2D  | '\"filters\": 2, \"kernel_size\": 2, \"padding\": \"causal\"' | 'one of valid, same as padding of Conv2D \"y\", found \"causal\"'",
        "Conv2D  | '\"filters\": 2, \"kernel_size\": 2, \"data_format\": \"channels_first\"' | 'data_format channels_last of Conv2D \"y\", found \"channels_first\"'",
        "Conv2D  | '\"filters\": 2, \"kernel_size\": 2, \"activation\": \"my_own\"' | 'an activation that this program knows as activation of Conv2D \"y\", found \"my_own\"'",
        "Conv2D  | '\"filters\": 2, \"kernel_size\": 2, \"lora_rank\": 4' | 'no lora_rank of Conv2D \"y\", found 4'",
        "Conv2D  | '\"filters\": 2, \"kernel_size\": 2, \"strange\": 4' | 'settings that this program knows of Conv2D \"y\", found strange 4'",
        "Conv2D  | '\"filters\": 2, \"kernel_size\": 2, \"dtype\": {\"class_name\": \"QuantizedDTypePolicy\", \"config\": {\"mode\": \"int8\"}}' | 'dtype float32 of Conv2D \"y\", found QuantizedDTypePolicy'",
        "Conv2D  | '\"filters\": 2, \"kernel_size\": 9' | 'at least 9×9, found (8, 8, 1), in Conv2D \"y\"'",
        "Dense   | '\"units\": 4, \"quantization_config\": {\"class_name\": \"Int8QuantizationConfig\"}' | 'no quantization_config of Dense \"y\", found Int8QuantizationConfig'",
        "Dense   | '\"units\": 400000000, \"trainable\": 1' | 'true or false'",
        "Dropout | '\"rate\": 1' | 'below 1, found 1.0, in Dropout \"y\"'",
        "Reshape | '\"target_shape\": [5, 5]' | 'in Reshape \"y\"'",
        "BatchNormalization | '\"renorm\": true' | 'no renorm of BatchNormalization \"y\"'",
        "BatchNormalization | '\"axis\": [1, 3]' | 'one axis as axis of BatchNormalization \"y\", found [1,3]'",
        "InputLayer | '\"batch_shape\": [null, 8], \"sparse\": true' | 'sparse'",
      })
  void settings(String className, String settings, String message) {
    assertRefused(single(className, settings), message);
  }

  @Test
  void settingsWithoutEnd() {
    String many =
        IntStream.range(0, 100_000).mapToObj(i -> "1").collect(Collectors.joining(",", "[", "]"));
    assertRefused(single("Reshape", "\"target_shape\": " + many), "in Reshape");
    assertRefused(single("Flatten", "\"" + "a".repeat(10_000) + "\": 1"), "of Flatten");
    assertRefused(single("Softmax", "\"axis\": " + many.replace("1", "9")), "Softmax");
  }

  @ParameterizedTest
  @CsvSource({
    "keras.layers, Conv2D, mine>Conv2D",
    "my.layers, Dense, ",
    "builtins, Dense, ",
    "keras.layers, Siamese, Custom>Siamese",
  })
  void classesOfOthers(String module, String className, String registered) {
    String layer =
        layer(className, "y", ", \"units\": 1", call(tensor("x")))
            .replace("keras.layers", module)
            .replace(
                "\"registered_name\": null", "\"registered_name\": \"%s\"".formatted(registered));
    assertRefused(modelOf("y", layer), "a layer that this program knows", className + " \"y\"");
  }

  @Test
  void modelsOfOthers() {
    assertRefused(
        modelOf("x").replace("\"Functional\"", "\"MyModel\""),
        "a Functional or Sequential model",
        "MyModel \"m\"");
  }

  @Test
  void layersInSeveralModels() {
    String shared =
        layer("Dense", "d", ", \"units\": 1", call(tensor("x")))
            .replaceFirst("\"name\"", "\"shared_object_id\": 77, \"name\"");
    String one =
        called(
            functional("one", "[\"x\", 0, 0]", "[\"d\", 0, 0]", INPUT, shared), call(tensor("x")));
    String two =
        called(
            functional("two", "[\"x\", 0, 0]", "[\"d\", 0, 0]", INPUT, shared), call(tensor("x")));
    String sum = layer("Add", "sum", "", call("[%s, %s]".formatted(tensor("one"), tensor("two"))));
    assertRefused(modelOf("sum", one, two, sum), "every layer in one model alone", "Dense \"d\"");
  }

  @Test
  void argumentsThatAreNoTensors() {
    assertRefused(modelOf("a", layer("Identity", "a", "", call("true"))), "tensors as arguments");
    assertRefused(modelOf("a", layer("Identity", "a", "", call("\"x\""))), "tensors as arguments");
    assertRefused(
        modelOf(
            "a",
            layer(
                "Identity",
                "a",
                "",
                call(tensor("x"), "{\"class_name\": \"__slice__\", \"config\": {}}"))),
        "tensors as arguments of Identity \"a\"",
        "__slice__");
    assertRefused(modelOf("a", layer("Identity", "a", "", call())), "expected 1 input, found 0");
  }
}
