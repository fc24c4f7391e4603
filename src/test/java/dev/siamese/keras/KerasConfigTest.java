package dev.siamese.keras;

import static dev.siamese.keras.ConfigJson.INPUT;
import static dev.siamese.keras.ConfigJson.SOURCE;
import static dev.siamese.keras.ConfigJson.assertRefused;
import static dev.siamese.keras.ConfigJson.call;
import static dev.siamese.keras.ConfigJson.called;
import static dev.siamese.keras.ConfigJson.functional;
import static dev.siamese.keras.ConfigJson.input;
import static dev.siamese.keras.ConfigJson.layer;
import static dev.siamese.keras.ConfigJson.modelOf;
import static dev.siamese.keras.ConfigJson.operation;
import static dev.siamese.keras.ConfigJson.read;
import static dev.siamese.keras.ConfigJson.sequential;
import static dev.siamese.keras.ConfigJson.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.network.Activation;
import dev.siamese.network.BinaryOperation;
import dev.siamese.network.Dense;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import dev.siamese.network.Node;
import dev.siamese.network.TensorShape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class KerasConfigTest {
  private static List<String> names(Network network) {
    return network.layers().stream().map(NamedLayer::name).toList();
  }

  @Test
  void readsALayerByItsDefaults() throws IOException {
    Network network = read(modelOf("d", layer("Dense", "d", ", \"units\": 3", call(tensor("x")))));
    assertEquals(Dense.of(3, Activation.LINEAR), network.layers().get(1).layer());
    assertEquals("m", network.name());
    assertEquals(List.of(TensorShape.of(8, 8, 3)), network.outputShapes());
  }

  @Test
  void sortsWhatIsListedInAnyOrder() throws IOException {
    String flatten = layer("Flatten", "f", "", call(tensor("x")));
    String first = layer("Dense", "a", ", \"units\": 3", call(tensor("f")));
    String second = layer("Dense", "b", ", \"units\": 2", call(tensor("a")));
    String unused = layer("Dense", "unused", ", \"units\": 2", call(tensor("f")));
    Network network =
        read(
            functional(
                "m", "[[\"x\", 0, 0]]", "[\"b\", 0, 0]", unused, second, first, INPUT, flatten));
    assertEquals(List.of("x", "f", "a", "b"), names(network));
    assertEquals(List.of(TensorShape.of(2)), network.outputShapes());
  }

  /** The further from the output the earlier, and else as the output's arguments come. */
  @Test
  void putsBranchesInKerassOrder() throws IOException {
    String dense = ", \"units\": 1";
    String[] chain = {
      layer("Dense", "c", dense, call(tensor("b"))),
      layer("Dense", "d", dense, call(tensor("x"))),
      layer("Dense", "b", dense, call(tensor("a"))),
      layer("Dense", "a", dense, call(tensor("x"))),
      "",
    };
    for (String order : List.of("c,d", "d,c")) {
      String[] two = order.split(",");
      String both = "[%s, %s]".formatted(tensor(two[0]), tensor(two[1]));
      chain[4] = layer("Add", "sum", "", call(both));
      assertEquals(
          List.of("x", "a", "b", two[0], two[1], "sum"), names(read(modelOf("sum", chain))));
    }
  }

  @Test
  void readsSeveralCallsOfALayerAndOfAModel() throws IOException {
    String dense = layer("Dense", "d", ", \"units\": 1", call(tensor("x")), call(tensor("d")));
    String inner =
        functional(
            "inner",
            "[\"y\", 0, 0]",
            "[\"e\", 0, 0]",
            input("y", "[null, 8, 8, 1]"),
            layer("Dense", "e", ", \"units\": 1", call(tensor("y"))));
    inner = called(inner, call(tensor("d", 1)), call(tensor("inner", 0)));
    // As an output, and nowhere else, a Functional model's calls count from 1.
    Network network =
        read(functional("m", "[\"x\", 0, 0]", "[\"inner\", 2, 0]", INPUT, dense, inner));
    assertEquals(
        List.of(
            new Node(0, List.of()),
            new Node(1, List.of(0)),
            new Node(1, List.of(1)),
            new Node(2, List.of(2)),
            new Node(2, List.of(3))),
        network.nodes());
    assertEquals(List.of(4), network.outputs());
    assertEquals(network, read(KerasConfig.write(network)));
  }

  @Test
  void readsNumbersAmongTheArguments() throws IOException {
    Network network =
        read(
            modelOf(
                "p",
                operation("Subtract", "s", call("1", tensor("x"))),
                operation("Power", "p", call(tensor("s"), "2.5"))));
    assertEquals(
        new BinaryOperation(
            BinaryOperation.Function.SUBTRACT, OptionalDouble.of(1), OptionalDouble.empty()),
        network.layers().get(1).layer());
    assertEquals(
        BinaryOperation.with(BinaryOperation.Function.POWER, 2.5), network.layers().get(2).layer());
    assertEquals(network, read(KerasConfig.write(network)));
    String numpy =
        "{\"class_name\": \"__numpy__\", \"config\": {\"value\": [%s], \"dtype\": \"float32\"}}";
    assertEquals(
        BinaryOperation.with(BinaryOperation.Function.ADD, 2),
        read(modelOf("a", operation("Add", "a", call(tensor("x"), numpy.formatted("2")))))
            .layers()
            .get(1)
            .layer());
    assertRefused(
        modelOf("a", operation("Add", "a", call(tensor("x"), numpy.formatted("2, 3")))),
        "one number in the constant of Add \"a\"");
    assertRefused(
        modelOf("a", operation("Add", "a", call(tensor("x"), "2", "3"))),
        "two arguments of Add \"a\"");
    assertRefused(
        functional(
            "m",
            "[\"x\", 0, 0]",
            "[\"a\", 1, 0]",
            INPUT,
            operation("Add", "a", call(tensor("x"), "2"), call(tensor("a"), "3"))),
        "two arguments of Add \"a\"");
    assertRefused(
        modelOf("d", layer("Dense", "d", ", \"units\": 1", call(tensor("x"), "2"))),
        "arguments of Dense \"d\"");
  }

  @Test
  void whatACallSaysOfTrainingIsOverruled() throws IOException {
    String named = "{\"args\": [], \"kwargs\": {\"inputs\": %s, \"training\": %s, \"mask\": null}}";
    for (String training : List.of("true", "false", "null")) {
      String json =
          modelOf(
              "d",
              layer("Dropout", "d", ", \"rate\": 0.5", named.formatted(tensor("x"), training)));
      assertEquals(List.of("x", "d"), names(read(json)));
      assertEquals(List.of(), KerasConfig.read(json, SOURCE, Assumptions.NONE).notices());
    }
    // Older versions of Keras have a mask for each tensor in a list.
    String mask = call(tensor("x")).replace("{}", "{\"mask\": [null, [null]]}");
    assertEquals(List.of("x", "f"), names(read(modelOf("f", layer("Flatten", "f", "", mask)))));
    assertRefused(
        modelOf(
            "d",
            layer(
                "Dropout",
                "d",
                ", \"rate\": 0.5",
                call(tensor("x")).replace("\"kwargs\": {}", "\"kwargs\": {\"mask\": 1}"))),
        "no argument mask of Dropout \"d\"");
  }

  @Test
  void readsSequentialModels() throws IOException {
    String flatten = layer("Flatten", "f", "");
    String dense = layer("Dense", "d", ", \"units\": 2");
    assertEquals(List.of("x", "f", "d"), names(read(sequential("s", INPUT, flatten, dense))));
    // Without an input it takes what it is called with, or the images that the caller knows.
    String open = sequential("s", flatten, dense);
    Assumptions image = new Assumptions(Optional.empty(), Optional.of(TensorShape.of(4, 4, 1)));
    assertEquals(
        List.of(TensorShape.of(4, 4, 1)),
        KerasConfig.read(open, SOURCE, image).network().inputShapes());
    assertRefused(open, "a size of images for InputLayer \"input_layer\"", "null");
    Network network = read(modelOf("s", called(open, call(tensor("x")))));
    assertEquals(
        List.of(TensorShape.of(8, 8, 1)),
        ((NestedModel) network.layers().get(1).layer()).network().inputShapes());
    assertEquals(network, read(KerasConfig.write(network)));
  }

  @Test
  void readsImagesOfAnySize() throws IOException {
    String any =
        functional(
            "m",
            "[\"x\", 0, 0]",
            "[\"c\", 0, 0]",
            input("x", "[null, null, null, 3]"),
            layer("Conv2D", "c", ", \"filters\": 2, \"kernel_size\": [3, 3]", call(tensor("x"))));
    assertRefused(any, "a size of images for InputLayer \"x\"", "[null,null,null,3]");
    Assumptions image = new Assumptions(Optional.empty(), Optional.of(TensorShape.of(9, 7, 3)));
    assertEquals(
        List.of(TensorShape.of(7, 5, 2)),
        KerasConfig.read(any, SOURCE, image).network().outputShapes());
    Assumptions grey = new Assumptions(Optional.empty(), Optional.of(TensorShape.of(9, 7, 1)));
    assertEquals(
        List.of(TensorShape.of(9, 7, 3)),
        KerasConfig.read(any, SOURCE, grey).network().inputShapes());
  }

  @Test
  void freezesWhatIsFrozen() throws IOException {
    String dense = layer("Dense", "d", ", \"units\": 1, \"trainable\": false", call(tensor("x")));
    assertEquals(List.of(), read(modelOf("d", dense)).trainableParameters());
    String inner =
        sequential("s", input("y", "[null, 8, 8, 1]"), layer("Dense", "d", ", \"units\": 1"))
            .replace(
                "\"config\": {\"name\": \"s\"",
                "\"config\": {\"name\": \"s\", \"trainable\": false");
    Network network = read(modelOf("s", called(inner, call(tensor("x")))));
    assertEquals(List.of(), network.trainableParameters());
    // Keras forgets that a Sequential model is frozen, but not that its layers are.
    Network again =
        read(KerasConfig.write(network).replaceFirst("\"trainable\":false", "\"trainable\":true"));
    assertEquals(List.of(), again.trainableParameters());
    assertEquals(2, again.parameters().size());
    // The outermost model is nobody's layer.
    String whole = modelOf("d", dense.replace("false", "true"));
    assertEquals(2, read(whole).trainableParameters().size());
    whole = whole.replace("{\"name\": \"m\",", "{\"name\": \"m\", \"trainable\": false,");
    assertEquals(List.of(), read(whole).trainableParameters());
  }

  @Test
  void namesOperationsOnlyWhereEveryVersionOfKerasTakesThat() throws IOException {
    String sum =
        operation("Sum", "sum", call(tensor("x")))
            .replace("\"config\": {", "\"config\": {\"axis\": -1, ");
    String square = operation("Square", "squares", call(tensor("sum")));
    String json = KerasConfig.write(read(modelOf("squares", sum, square)));
    assertTrue(json.contains("\"config\":{\"name\":\"squares\"}"), json);
    assertTrue(json.contains("\"config\":{\"axis\":-1,\"keepdims\":false}"), json);
    // A name of its own, and one that Keras could give to the operation a second time.
    json = KerasConfig.write(read(modelOf("other", sum.replace("\"sum\"", "\"other\""))));
    assertTrue(json.contains("\"config\":{\"name\":\"other\",\"axis\":-1"), json);
    String dense = layer("Dense", "sum_7", ", \"units\": 1", call(tensor("x")));
    json = KerasConfig.write(read(modelOf("sum", dense, sum.replace("[\"x\"", "[\"sum_7\""))));
    assertTrue(json.contains("\"config\":{\"name\":\"sum\",\"axis\":-1"), json);
  }

  @Test
  void writesEndsSoThatKerasGivesTensors() throws IOException {
    String json =
        KerasConfig.write(read(modelOf("f", layer("Flatten", "f", "", call(tensor("x"))))));
    assertTrue(json.contains("\"input_layers\":[\"x\",0,0],\"output_layers\":[\"f\",0,0]"), json);
    json = KerasConfig.write(KerasModels.SIAMESE);
    assertTrue(json.contains("\"input_layers\":[[\"image1\",0,0],[\"image2\",0,0]]"), json);
  }

  @Test
  void tellsWhatIsLeftOutInOneLineForAllLayers() throws IOException {
    String constraint = "{\"class_name\": \"MaxNorm\"}";
    String[] layers = new String[5];
    for (int i = 0; i < layers.length; i++) {
      layers[i] =
          layer(
              "Dense",
              "d" + i,
              """
              , "units": 1, "kernel_constraint": %s, "dtype": "mixed_float16", \
              "kernel_initializer": {"class_name": "Strange"}, "a_new_setting": null"""
                  .formatted(constraint),
              call(tensor(i == 0 ? "x" : "d" + (i - 1))));
    }
    String all = "Dense \"d0\", Dense \"d1\", Dense \"d2\" and 2 more";
    assertEquals(
        List.of(
            "computed in float32 instead of mixed_float16: " + all,
            "left out: the kernel_constraint of " + all,
            "left out, for it is unknown: the kernel_initializer of " + all,
            "left out, for it is unknown: the a_new_setting of " + all),
        KerasConfig.read(modelOf("d4", layers), SOURCE, Assumptions.NONE).notices());
  }
}
