package dev.siamese.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final TensorShape IMAGE = TensorShape.of(28, 28, 1);

  @Test
  void referenceHasTheShapesAndParametersOfTheReferenceProgram() {
    Network twin = NamedNetwork.REFERENCE.network().twin();
    assertEquals(
        List.of(
            "(28, 28, 1)",
            "(27, 27, 128)",
            "(13, 13, 128)",
            "(13, 13, 128)",
            "(12, 12, 128)",
            "(6, 6, 128)",
            "(6, 6, 128)",
            "(5, 5, 64)",
            "(2, 2, 64)",
            "(2, 2, 64)",
            "(64)",
            "(128)"),
        IntStream.range(0, twin.nodes().size()).mapToObj(node -> twin.shape(node) + "").toList());
    Network siamese = NamedNetwork.REFERENCE.network().network();
    assertEquals(
        List.of(
            "conv2d/kernel (2, 2, 1, 128)",
            "conv2d/bias (128)",
            "conv2d_1/kernel (2, 2, 128, 128)",
            "conv2d_1/bias (128)",
            "conv2d_2/kernel (2, 2, 128, 64)",
            "conv2d_2/bias (64)",
            "dense/kernel (64, 128)",
            "dense/bias (128)"),
        siamese.parameters().stream().map(p -> p.name() + " " + p.shape()).toList());
    assertEquals(107_456, siamese.parameters().stream().mapToInt(Parameter::size).sum());
  }

  @Test
  void namesAreUniqueWhereNestedNetworksUseTheSame() {
    Network inner = NetworkBuilder.chain("inner", TensorShape.of(3), Dense.of(3, Activation.RELU));
    NetworkBuilder builder = new NetworkBuilder("outer");
    int input = builder.input("x", TensorShape.of(3));
    int first = builder.add(Dense.of(3, Activation.RELU), input);
    Network outer = builder.build(builder.addNamed("inner", new NestedModel(inner, true), first));
    assertEquals(
        List.of("dense/kernel", "dense/bias", "inner/dense/kernel", "inner/dense/bias"),
        outer.parameters().stream().map(Parameter::name).toList());
  }

  @Test
  void inliningKeepsParametersSharingAndShapes() {
    SiameseNetwork siamese = NamedNetwork.KERAS_IO.network();
    Network inlined = siamese.network().inlined();
    assertTrue(inlined.layers().stream().noneMatch(l -> l.layer() instanceof NestedModel));
    assertEquals(
        siamese.network().parameters().stream().map(Parameter::shape).toList(),
        inlined.parameters().stream().map(Parameter::shape).toList());
    assertEquals(siamese.network().outputShapes(), inlined.outputShapes());
    assertEquals(
        2,
        inlined.nodes().stream()
            .filter(n -> inlined.layers().get(n.layer()).name().equals("functional/conv2d"))
            .count());
  }

  @Test
  void frozenLayersFreezeAllInThem() {
    Network twin = NetworkBuilder.chain("twin", TensorShape.of(4), Dense.of(2, Activation.LINEAR));
    Network frozen =
        new Network(
            "outer",
            List.of(
                new NamedLayer("x", new InputLayer(TensorShape.of(4)), true),
                new NamedLayer("twin", new NestedModel(twin, false), false)),
            List.of(new Node(0, List.of()), new Node(1, List.of(0))),
            List.of(0),
            List.of(1));
    assertEquals(2, frozen.parameters().size());
    assertEquals(List.of(), frozen.trainableParameters());
  }

  @Test
  void refusesWhatCannotBeRun() {
    refuses(
        "layer conv2d", () -> chain(Conv2D.of(1_000_000_000, Window.valid(2), Activation.RELU)));
    refuses(
        "at most 268435456 parameters",
        () -> chain(new Flatten(), Dense.of(400_000, Activation.RELU)));
    refuses("(rows, columns, channels)", () -> chain(new Flatten(), MaxPooling2D.of(2)));
    refuses("at least 40×40", () -> chain(Conv2D.of(1, Window.valid(40), Activation.RELU)));
    refuses("other than the batch", () -> chain(new UnitNormalization(List.of(0))));
    refuses(
        "a node before it",
        () ->
            new Network(
                "circle",
                List.of(
                    new NamedLayer("x", new InputLayer(IMAGE), true),
                    new NamedLayer("a", new Flatten(), true)),
                List.of(new Node(0, List.of()), new Node(1, List.of(1))),
                List.of(0),
                List.of(1)));
    refuses(
        "different names",
        () ->
            new Network(
                "twice",
                List.of(
                    new NamedLayer("x", new InputLayer(IMAGE), true),
                    new NamedLayer("x", new Flatten(), true)),
                List.of(new Node(0, List.of()), new Node(1, List.of(0))),
                List.of(0),
                List.of(1)));
    refuses(
        "at most 20000 uses of layers, found 28246",
        () -> {
          Network network = chain(new Flatten(), new Reshape(List.of(28, 28, 1)));
          for (int level = 0; level < 3; level++) {
            NetworkBuilder builder = new NetworkBuilder("level");
            int first = builder.input("x", IMAGE);
            int node = builder.add(new NestedModel(network, false), first);
            for (int use = 1; use < 21; use++) {
              node = builder.reuse(node, first);
            }
            network = builder.build(node);
          }
        });
    refuses(
        "16 levels",
        () -> {
          Network network = chain(new Flatten(), new Reshape(List.of(28, 28, 1)));
          for (int level = 0; level < 16; level++) {
            network = NetworkBuilder.chain("level", IMAGE, new NestedModel(network, false));
          }
        });
  }

  private static Network chain(Layer... layers) {
    return NetworkBuilder.chain("twin", IMAGE, layers);
  }

  private static void refuses(String what, org.junit.jupiter.api.function.Executable action) {
    String message = assertThrows(IllegalArgumentException.class, action).getMessage();
    assertTrue(message.contains(what), message);
  }

  @Test
  void glorotUniformWeightsLieEvenlyWithinTheirLimit() {
    Weights weights =
        Weights.initial(NamedNetwork.REFERENCE.network().network(), new SplittableRandom(0));
    // Fans of a 2×2 kernel from 128 to 128 channels: 512 and 512.
    double limit = Math.sqrt(6.0 / 1024);
    float[] kernel = weights.values(2);
    double sum = 0;
    double squares = 0;
    for (float value : kernel) {
      assertTrue(Math.abs(value) <= limit);
      sum += value;
      squares += value * value;
    }
    assertEquals(0, sum / kernel.length, 4 * limit / Math.sqrt(3.0 * kernel.length));
    assertEquals(limit * limit / 3, squares / kernel.length, 0.02 * limit * limit / 3);
    assertEquals(0, weights.values(1)[0]);
  }

  @Test
  void weightsAreEqualWhenAllBitsAre() {
    Network network = NamedNetwork.KERAS_IO.network().network();
    Weights one = Weights.initial(network, new SplittableRandom(1));
    assertEquals(one, Weights.initial(network, new SplittableRandom(1)));
    assertTrue(!one.equals(Weights.initial(network, new SplittableRandom(2))));
    assertThrows(
        IllegalArgumentException.class, () -> new Weights(network.parameters(), new float[1]));
  }
}
