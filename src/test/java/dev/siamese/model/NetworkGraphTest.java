package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siamese.network.Activation;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Dense;
import dev.siamese.network.Dropout;
import dev.siamese.network.Flatten;
import dev.siamese.network.GaussianNoise;
import dev.siamese.network.Merge;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.RandomAugmentation;
import dev.siamese.network.Regularizer;
import dev.siamese.network.SpatialDropout2D;
import dev.siamese.network.TensorShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** How layers are joined, and what they do while training; the formulas have tests of their own. */
class NetworkGraphTest {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final List<String> asked = new ArrayList<>();

  /** Notes down what it is asked for, and adds 1000 for dropout, 100 for noise. */
  private final NetworkGraph.Training training =
      new NetworkGraph.Training() {
        @Override
        public Operand<TFloat32> dropout(
            int node, TensorShape mask, double rate, Operand<TFloat32> values) {
          asked.add("dropout %d %s %s".formatted(node, mask, rate));
          return tf.math.add(values, tf.constant(1000f));
        }

        @Override
        public Operand<TFloat32> noise(int node, double deviation, Operand<TFloat32> values) {
          asked.add("noise %d %s".formatted(node, deviation));
          return tf.math.add(values, tf.constant(100f));
        }

        @Override
        public void statistics(
            int firstParameter,
            BatchNormalization layer,
            Operand<TFloat32> mean,
            Operand<TFloat32> variance) {
          asked.add(
              "statistics %d %s %s"
                  .formatted(
                      firstParameter,
                      Arrays.toString(GraphValues.of(graph, mean)),
                      Arrays.toString(GraphValues.of(graph, variance))));
        }

        @Override
        public void activity(Regularizer regularizer, Operand<TFloat32> values) {
          asked.add(
              "activity %s %s"
                  .formatted(regularizer.l2(), Arrays.toString(GraphValues.of(graph, values))));
        }
      };

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void asksForWhatLayersDoWhileTraining() {
    Network network =
        NetworkBuilder.chain(
            "noisy",
            TensorShape.of(1, 2, 1),
            new RandomAugmentation("RandomFlip", "{}"),
            new SpatialDropout2D(0.25),
            new GaussianNoise(0.5),
            new Flatten(),
            new Dropout(0.4));
    NetworkGraph plain = new NetworkGraph(tf, network, List.of());
    Operand<TFloat32> images = constant(Shape.of(1, 1, 2, 1), 1, 2);

    assertArrayEquals(
        new float[] {1, 2}, GraphValues.of(graph, plain.outputs(List.of(images)).get(0)));
    assertEquals(List.of(), asked);
    assertArrayEquals(
        new float[] {2101, 2102},
        GraphValues.of(graph, plain.outputs(List.of(images), training).get(0)));
    assertEquals(List.of("dropout 2 (1, 1, 1) 0.25", "noise 3 0.5", "dropout 5 (2) 0.4"), asked);
  }

  @Test
  void asksForNothingWhereRatesAreZero() {
    Network network =
        NetworkBuilder.chain(
            "quiet",
            TensorShape.of(1, 2, 1),
            new SpatialDropout2D(0),
            new GaussianNoise(0),
            new Dropout(0));
    NetworkGraph plain = new NetworkGraph(tf, network, List.of());
    Operand<TFloat32> images = constant(Shape.of(1, 1, 2, 1), 1, 2);
    assertArrayEquals(
        new float[] {1, 2}, GraphValues.of(graph, plain.outputs(List.of(images), training).get(0)));
    assertEquals(List.of(), asked);
  }

  @Test
  void reportsTheStatisticsOfABatchUnlessTheLayerIsFrozen() {
    Network trained =
        NetworkBuilder.chain(
            "normalized",
            TensorShape.of(1),
            Dense.of(1, Activation.LINEAR),
            BatchNormalization.standard());
    // y = 2 · x + 1; gamma and beta are 1 and 0, moving mean and variance 5 and 4.
    List<Operand<TFloat32>> parameters =
        List.of(
            constant(Shape.of(1, 1), 2),
            constant(Shape.of(1), 1),
            constant(Shape.of(1), 1),
            constant(Shape.of(1), 0),
            constant(Shape.of(1), 5),
            constant(Shape.of(1), 4));
    Operand<TFloat32> inputs = constant(Shape.of(2, 1), 0, 2);
    float[] byMoving = {-4 / (float) Math.sqrt(4.001), 0};
    float[] byBatch = {-2 / (float) Math.sqrt(4.001), 2 / (float) Math.sqrt(4.001)};

    NetworkGraph plain = new NetworkGraph(tf, trained, parameters);
    assertArrayEquals(
        byMoving, GraphValues.of(graph, plain.outputs(List.of(inputs)).get(0)), 1e-6f);
    assertArrayEquals(
        byBatch, GraphValues.of(graph, plain.outputs(List.of(inputs), training).get(0)), 1e-6f);
    assertEquals(List.of("statistics 2 [3.0] [4.0]"), asked);

    asked.clear();
    plain = new NetworkGraph(tf, frozen(trained), parameters);
    assertArrayEquals(
        byMoving, GraphValues.of(graph, plain.outputs(List.of(inputs), training).get(0)), 1e-6f);
    assertEquals(List.of(), asked);
  }

  private static Network frozen(Network network) {
    return new Network(
        network.name(),
        network.layers().stream()
            .map(layer -> new NamedLayer(layer.name(), layer.layer(), false))
            .toList(),
        network.nodes(),
        network.inputs(),
        network.outputs());
  }

  @Test
  void sharesLayersAndEntersNestedModels() {
    Network twin = NetworkBuilder.chain("twin", TensorShape.of(1), Dense.of(1, Activation.LINEAR));
    NetworkBuilder builder = new NetworkBuilder("siamese");
    int first = builder.input("first", TensorShape.of(1));
    int second = builder.input("second", TensorShape.of(1));
    int embedded1 = builder.add(new NestedModel(twin, true), first);
    int embedded2 = builder.reuse(embedded1, second);
    int difference = builder.add(new Merge(Merge.Function.SUBTRACT), embedded1, embedded2);
    int last = builder.add(Dense.of(1, Activation.LINEAR), difference);
    Network network = builder.build(last, embedded2);
    List<Operand<TFloat32>> parameters =
        List.of(
            constant(Shape.of(1, 1), 2),
            constant(Shape.of(1), 1),
            constant(Shape.of(1, 1), -1),
            constant(Shape.of(1), 10));

    List<Operand<TFloat32>> outputs =
        new NetworkGraph(tf, network, parameters)
            .outputs(List.of(constant(Shape.of(1, 1), 5), constant(Shape.of(1, 1), 3)));
    assertEquals(2, outputs.size());
    // −(11 − 7) + 10 and 2 · 3 + 1
    assertArrayEquals(new float[] {6}, GraphValues.of(graph, outputs.get(0)));
    assertArrayEquals(new float[] {7}, GraphValues.of(graph, outputs.get(1)));
  }

  @Test
  void refusesAnotherNumberOfParametersOrInputs() {
    Network network =
        NetworkBuilder.chain("twin", TensorShape.of(1), Dense.of(1, Activation.LINEAR));
    Operand<TFloat32> one = constant(Shape.of(1), 1);
    assertEquals(
        "expected 2 parameters of the model twin, found 1",
        assertThrows(
                IllegalArgumentException.class, () -> new NetworkGraph(tf, network, List.of(one)))
            .getMessage());
    NetworkGraph plain = new NetworkGraph(tf, network, List.of(one, one));
    assertEquals(
        "expected 1 inputs of the model twin, found 2",
        assertThrows(IllegalArgumentException.class, () -> plain.outputs(List.of(one, one)))
            .getMessage());
  }

  private Operand<TFloat32> constant(Shape shape, float... values) {
    return tf.constant(shape, DataBuffers.of(values));
  }
}
