package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.RelativeError;
import dev.siamese.model.LayerCases.LayerCase;
import dev.siamese.network.ActivationLayer;
import dev.siamese.network.AveragePooling2D;
import dev.siamese.network.Conv2D;
import dev.siamese.network.DepthwiseConv2D;
import dev.siamese.network.Layer;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.Parameter;
import dev.siamese.network.SeparableConv2D;
import dev.siamese.network.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** Convolutions, poolings and activations are nearly the same in bfloat16, their gradients too. */
class Bfloat16FormulasTest {
  private static final List<Class<? extends Layer>> KINDS =
      List.of(
          Conv2D.class,
          DepthwiseConv2D.class,
          SeparableConv2D.class,
          MaxPooling2D.class,
          AveragePooling2D.class,
          ActivationLayer.class);

  private static final double OUTPUT_TOLERANCE = 0.01;

  /** A rounding may get past a corner of a function. */
  private static final double GRADIENT_TOLERANCE = 0.1;

  private static final TensorShape BATCH = TensorShape.of(2);
  private static final TensorShape ONE = TensorShape.of();

  static Stream<String> names() {
    return LayerCases.all().entrySet().stream()
        .filter(entry -> KINDS.stream().anyMatch(kind -> kind.isInstance(entry.getValue().layer())))
        .map(entry -> entry.getKey());
  }

  @ParameterizedTest
  @MethodSource("names")
  void areNearlyTheSame(String name) {
    LayerCase layerCase = LayerCases.all().get(name);
    List<float[]> expected = compute(layerCase, TFloat32.class);
    List<float[]> actual = compute(layerCase, TBfloat16.class);
    double error = RelativeError.of(expected.get(0), actual.get(0));
    assertTrue(error < OUTPUT_TOLERANCE, "the output is off by " + error);
    error = RelativeError.of(expected.get(1), actual.get(1));
    assertTrue(error < GRADIENT_TOLERANCE, "the gradient is off by " + error);
  }

  /** The output, and the gradient by the input of the sum of its values' multiples. */
  private static <T extends TNumber> List<float[]> compute(LayerCase layerCase, Class<T> type) {
    SplittableRandom random = new SplittableRandom(1);
    TensorShape shape = layerCase.inputs().get(0);
    Layer layer = layerCase.layer();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> input = draw(tf, random, BATCH, shape);
      List<Operand<T>> parameters = new ArrayList<>();
      for (Parameter parameter : layer.parameters(layerCase.inputs())) {
        parameters.add(tf.dtypes.cast(draw(tf, random, ONE, parameter.shape()), type));
      }
      Operand<T> output =
          Formulas.plain(tf, type)
              .compute(layer, layerCase.inputs(), List.of(tf.dtypes.cast(input, type)), parameters);
      Operand<TFloat32> values = tf.dtypes.cast(output, TFloat32.class);
      Operand<TFloat32> factors = draw(tf, random, BATCH, layer.outputShape(layerCase.inputs()));
      Output<?>[] gradient =
          graph.addGradients(
              tf.math.mul(values, factors).asOutput(), new Output<?>[] {input.asOutput()});
      return List.of(GraphValues.of(graph, values), GraphValues.of(graph, gradient[0]));
    }
  }

  /** Numbers of 8 bits, so that their rounding plays no part. */
  private static Operand<TFloat32> draw(
      Ops tf, SplittableRandom random, TensorShape outer, TensorShape inner) {
    long[] sizes =
        Stream.concat(outer.sizes().stream(), inner.sizes().stream())
            .mapToLong(Integer::longValue)
            .toArray();
    float[] values = new float[outer.count() * inner.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Operand<TFloat32> exact = tf.constant(Shape.of(sizes), DataBuffers.of(values));
    return tf.dtypes.cast(tf.dtypes.cast(exact, TBfloat16.class), TFloat32.class);
  }
}
