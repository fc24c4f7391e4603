package dev.siamese.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwinSplitTest {
  private static final TensorShape IMAGE = TensorShape.of(8, 8, 1);

  @Test
  void partsANestedTwinFromItsHead() {
    SiameseNetwork network = NamedNetwork.KERAS_IO.network();
    assertEquals(List.of(TensorShape.of(10)), network.twin().outputShapes());
    assertEquals(
        List.of("subtract", "square", "sum", "maximum", "sqrt", "sign", "multiply"),
        names(network.head()).subList(2, 9));
    assertEquals(List.of("batch_normalization", "dense"), names(network.head()).subList(9, 11));
    assertEquals(network.network().parameters().size(), count(network));
    assertEquals(List.of(14, 15, 16, 17, 18, 19), network.headParameters());
  }

  private static int count(SiameseNetwork network) {
    return network.twinParameters().size() + network.headParameters().size();
  }

  private static List<String> names(Network network) {
    return network.layers().stream().map(NamedLayer::name).toList();
  }

  @Test
  void findsTheTwinInLayersSharedOneByOne() {
    NetworkBuilder builder = new NetworkBuilder("flat");
    int a = builder.input("a", IMAGE);
    int b = builder.input("b", IMAGE);
    int a1 = builder.add(Conv2D.of(2, Window.valid(3), Activation.RELU), a);
    int b1 = builder.reuse(a1, b);
    // Layers without parameters need not be the same, only alike.
    int a2 = builder.add(new Flatten(), a1);
    int b2 = builder.add(new Flatten(), b1);
    int a3 = builder.add(Dense.of(4, Activation.LINEAR), a2);
    int b3 = builder.reuse(a3, b2);
    SiameseNetwork network =
        new SiameseNetwork(
            builder.build(Distance.MANHATTAN.between(builder, a3, b3)), OutputKind.DISTANCE);
    assertEquals(List.of("images", "conv2d", "flatten", "dense"), names(network.twin()));
    assertEquals(TensorShape.of(4), network.embedding());
  }

  /** Its parts have inputs of their own, which must not be taken for layers. */
  @ParameterizedTest
  @ValueSource(strings = {"images", "embedding1", "embedding2"})
  void layersMayHaveAnyName(String name) {
    NetworkBuilder builder = new NetworkBuilder("flat");
    int a = builder.add(new Flatten(), builder.input("a", IMAGE));
    int b = builder.add(new Flatten(), builder.input("b", IMAGE));
    int first = builder.addNamed(name, Dense.of(4, Activation.LINEAR), a);
    int second = builder.reuse(first, b);
    int distance = Distance.MANHATTAN.between(builder, first, second);
    SiameseNetwork network =
        new SiameseNetwork(
            builder.build(builder.add(Dense.of(1, Activation.LINEAR), distance)),
            OutputKind.DISTANCE);
    assertEquals(List.of(0, 1), network.twinParameters());
    assertEquals(List.of(2, 3), network.headParameters());
    assertEquals(2, network.twin().parameters().size());
    assertEquals(2, network.head().parameters().size());
  }

  @Test
  void takesTheLastTensorThatAllGoesThrough() {
    NetworkBuilder builder = new NetworkBuilder("norms");
    Network twin = NetworkBuilder.chain("t", IMAGE, new Flatten(), Dense.of(3, Activation.LINEAR));
    int a = builder.addNamed("t", new NestedModel(twin, false), builder.input("a", IMAGE));
    int b = builder.reuse(a, builder.input("b", IMAGE));
    // A cosine written out: the norms depend on one image each, but are no embeddings.
    Reduction norm = new Reduction(Reduction.Function.NORM, List.of(-1), true);
    int product = builder.add(BinaryOperation.of(BinaryOperation.Function.MULTIPLY), a, b);
    int dot = builder.add(new Reduction(Reduction.Function.SUM, List.of(-1), true), product);
    int first =
        builder.add(BinaryOperation.of(BinaryOperation.Function.DIVIDE), dot, builder.add(norm, a));
    int cosine =
        builder.add(
            BinaryOperation.of(BinaryOperation.Function.DIVIDE), first, builder.add(norm, b));
    SiameseNetwork network = new SiameseNetwork(builder.build(cosine), OutputKind.SIMILARITY);
    assertEquals(TensorShape.of(3), network.embedding());
    assertEquals(
        List.of(
            "embedding1", "embedding2", "multiply", "sum", "norm", "divide", "norm_1", "divide_1"),
        names(network.head()));
  }

  @Test
  void refusesSidesThatAreNoTwins() {
    NetworkBuilder builder = new NetworkBuilder("two");
    int a =
        builder.add(
            Dense.of(2, Activation.LINEAR), builder.add(new Flatten(), builder.input("a", IMAGE)));
    int b =
        builder.add(
            Dense.of(2, Activation.LINEAR), builder.add(new Flatten(), builder.input("b", IMAGE)));
    Network network = builder.build(Distance.EUCLIDEAN.between(builder, a, b));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new SiameseNetwork(network, OutputKind.DISTANCE))
            .getMessage();
    assertTrue(message.contains("dense and dense_1"), message);
  }

  @Test
  void refusesAnOutputOfOneImage() {
    NetworkBuilder builder = new NetworkBuilder("one");
    int a = builder.add(new Flatten(), builder.input("a", IMAGE));
    builder.input("b", IMAGE);
    Network network = builder.build(builder.add(Dense.of(1, Activation.LINEAR), a));
    assertThrows(
        IllegalArgumentException.class, () -> new SiameseNetwork(network, OutputKind.DISTANCE));
  }

  @Test
  void setsEveryDropout() {
    SiameseNetwork network = NamedNetwork.REFERENCE.network().withDropout(0.1);
    assertEquals(
        List.of(new Dropout(0.1), new Dropout(0.1), new Dropout(0.1)),
        network.twin().layers().stream()
            .map(NamedLayer::layer)
            .filter(Dropout.class::isInstance)
            .toList());
  }
}
