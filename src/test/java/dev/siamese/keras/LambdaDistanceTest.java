package dev.siamese.keras;

import static dev.siamese.keras.ConfigJson.INPUT;
import static dev.siamese.keras.ConfigJson.SOURCE;
import static dev.siamese.keras.ConfigJson.assertRefused;
import static dev.siamese.keras.ConfigJson.call;
import static dev.siamese.keras.ConfigJson.functional;
import static dev.siamese.keras.ConfigJson.input;
import static dev.siamese.keras.ConfigJson.layer;
import static dev.siamese.keras.ConfigJson.operation;
import static dev.siamese.keras.ConfigJson.read;
import static dev.siamese.keras.ConfigJson.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.network.Distance;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.Network;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LambdaDistanceTest {
  private static List<String> names(Network network) {
    return network.layers().stream().map(NamedLayer::name).toList();
  }

  private static String lambda(String name, String settings, String... arguments) {
    return layer(
        "Lambda",
        name,
        ", \"function\": {\"class_name\": \"__lambda__\"}" + settings,
        call(arguments));
  }

  private static String compared(String... comparison) {
    String[] layers = new String[comparison.length + 4];
    layers[0] = INPUT;
    layers[1] = input("y", "[null, 8, 8, 1]");
    layers[2] = layer("Flatten", "f", "", call(tensor("x")), call(tensor("y")));
    layers[3] = layer("Dense", "d", ", \"units\": 4", call(tensor("f")), call(tensor("f", 1)));
    System.arraycopy(comparison, 0, layers, 4, comparison.length);
    return functional("m", "[[\"x\", 0, 0], [\"y\", 0, 0]]", "[\"last\", 0, 0]", layers);
  }

  @Test
  void takesALambdaForADistance() throws IOException {
    String pair = pairOfEmbeddings();
    for (String json :
        List.of(
            compared(lambda("last", "", pair)),
            compared(lambda("last", ", \"output_shape\": [1]", tensor("d"), tensor("d", 1))),
            compared(
                lambda("l", ", \"output_shape\": [null, 1]", pair),
                layer("Dense", "last", ", \"units\": 1", call(tensor("l")))))) {
      ReadNetwork read = KerasConfig.read(json, SOURCE, Assumptions.NONE);
      assertEquals(
          List.of("subtract", "square", "sum", "maximum", "sqrt", "sign", "multiply"),
          read.network().layers().stream()
              .map(NamedLayer::name)
              .filter(name -> !name.matches("x|y|f|d|last"))
              .toList());
      assertEquals(1, read.notices().size());
      assertTrue(read.notices().get(0).contains("taken for the euclidean distance"));
      assertEquals(read.network(), read(KerasConfig.write(read.network())));
    }
    Assumptions cosine = new Assumptions(Optional.of(Distance.COSINE), Optional.empty());
    ReadNetwork read = KerasConfig.read(compared(lambda("last", "", pair)), SOURCE, cosine);
    assertEquals(List.of(), read.notices());
    assertEquals(List.of("dot", "subtract"), names(read.network()).subList(4, 6));
  }

  @Test
  void saysThatAKnownDistanceIsLeftOutWhereTheLayersTellIt() throws IOException {
    Assumptions cosine = new Assumptions(Optional.of(Distance.COSINE), Optional.empty());
    String json = compared(layer("Subtract", "last", "", call(pairOfEmbeddings())));
    assertEquals(List.of(), KerasConfig.read(json, SOURCE, Assumptions.NONE).notices());
    assertEquals(
        List.of("it tells what it computes itself, so that --distance is left out"),
        KerasConfig.read(json, SOURCE, cosine).notices());
  }

  private static String pairOfEmbeddings() {
    return "[%s, %s]".formatted(tensor("d"), tensor("d", 1));
  }

  @Test
  void namesTheNodesOfALambdaAsNoOtherLayer() throws IOException {
    String pair = pairOfEmbeddings();
    Network network =
        read(
            compared(
                lambda("l", "", pair),
                operation("Square", "square", call(tensor("l"))),
                operation("Negative", "last", call(tensor("square")))));
    assertTrue(names(network).containsAll(List.of("square", "square_1")));
  }

  @Test
  void refusesALambdaThatIsNoDistance() {
    assertRefused(
        compared(lambda("last", "", tensor("d"))),
        "a distance of two embeddings (size) in Lambda \"last\"",
        "[(4)]");
    assertRefused(
        compared(lambda("last", "", "[%s, %s]".formatted(tensor("x"), tensor("y")))),
        "a distance of two embeddings",
        "(8, 8, 1)");
    String pair = pairOfEmbeddings();
    assertRefused(
        compared(lambda("last", ", \"output_shape\": [4]", pair)), "a distance (batch, 1)", "[4]");
    assertRefused(
        compared(
            lambda("l", "", pair),
            layer(
                "Dense",
                "last",
                ", \"units\": 1",
                call(tensor("l").replace("[null, 1]", "[null]")))),
        "a distance (batch, 1) from Lambda \"l\"",
        "[null]");
  }
}
