package dev.siamese.model;

import dev.siamese.network.Parameter;
import dev.siamese.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Numbers that tests put into graphs and take out of them. */
public final class GraphValues {
  private GraphValues() {}

  /** The values of parameters. */
  public static List<Operand<TFloat32>> constants(Ops tf, Weights weights) {
    List<Operand<TFloat32>> constants = new ArrayList<>();
    for (int i = 0; i < weights.parameters().size(); i++) {
      constants.add(
          tf.constant(
              Shapes.of(weights.parameters().get(i).shape()), DataBuffers.of(weights.values(i))));
    }
    return constants;
  }

  /** The sum of all values, each times a random factor. */
  static Operand<TFloat32> weightedSum(Ops tf, Operand<TFloat32> values, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] factors = new float[count];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) random.nextDouble() - 0.5f;
    }
    Operand<TFloat32> flat = tf.reshape(values, tf.constant(new int[] {-1}));
    Operand<TFloat32> weighted =
        tf.math.mul(flat, tf.constant(Shape.of(count), DataBuffers.of(factors)));
    return tf.reduceSum(weighted, tf.constant(0));
  }

  /** The gradients of a scalar. */
  public static List<Output<?>> gradients(
      Graph graph, Operand<TFloat32> of, List<Operand<TFloat32>> by) {
    return List.of(
        graph.addGradients(
            of.asOutput(), by.stream().map(Operand::asOutput).toArray(Output<?>[]::new)));
  }

  /** All values of a tensor that needs no input, in row-major order. */
  static float[] of(Graph graph, Operand<?> fetched) {
    try (Session session = new Session(graph, SessionSettings.defaults().config());
        Result result = session.runner().fetch(fetched).run()) {
      return floats(result, 0);
    }
  }

  /** What was fetched at a place. */
  public static float[] floats(Result result, int index) {
    float[] values = new float[(int) result.get(index).shape().size()];
    result.get(index).asRawTensor().data().asFloats().read(values);
    return values;
  }

  /** What was fetched from a place on, a value for each of the parameters. */
  public static Weights weights(Result result, int from, List<Parameter> parameters) {
    float[][] values = new float[parameters.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = floats(result, from + i);
    }
    return new Weights(parameters, values);
  }
}
