package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.network.Initializer;
import dev.siamese.network.Parameter;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.Regularizer;
import dev.siamese.network.TensorShape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class RegularizationTest {

  @Test
  void addsUpSizesAndSquaresOfTrainedParameters() {
    List<Parameter> parameters =
        List.of(
            parameter(new Regularizer(0.5, 0), true),
            parameter(new Regularizer(0, 0.25), true),
            parameter(new Regularizer(1, 0.5), true),
            parameter(new Regularizer(100, 100), false),
            parameter(Regularizer.NONE, true));
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> values = tf.constant(new float[][] {{1, -2}, {0, 3}});
      Operand<TFloat32> cost =
          Regularization.of(tf, parameters, List.of(values, values, values, values, values))
              .orElseThrow();
      // Σ|w| is 6, Σw² 14.
      assertArrayEquals(
          new float[] {0.5f * 6 + 0.25f * 14 + 6 + 0.5f * 14}, GraphValues.of(graph, cost));
      Output<?>[] gradient =
          graph.addGradients(cost.asOutput(), new Output<?>[] {values.asOutput()});
      // 1.5 · sign(w) + 0.75 · 2 · w
      assertArrayEquals(new float[] {3, -4.5f, 0, 6}, GraphValues.of(graph, gradient[0]));
    }
  }

  @Test
  void isNothingWithoutRegularizers() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      assertEquals(
          Optional.empty(),
          Regularization.of(
              tf, List.of(parameter(Regularizer.NONE, true)), List.of(tf.constant(1f))));
    }
  }

  private static Parameter parameter(Regularizer regularizer, boolean trainable) {
    ParameterSettings settings = new ParameterSettings(Initializer.ZEROS, regularizer);
    return new Parameter("kernel", TensorShape.of(2, 2), settings, trainable);
  }
}
