package dev.siamese.model;

import dev.siamese.network.Parameter;
import dev.siamese.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * Carries weights into a session and out of it, many at a time: for each set of tensors that a
 * session is asked for, TensorFlow plans its graph anew. Not all at a time, as they are in memory
 * twice meanwhile.
 */
public final class WeightTransfer {
  private static final long MOST_BYTES = 64L << 20;

  private WeightTransfer() {}

  /**
   * Where the values of a parameter go.
   *
   * @param fed in place of which they are fed
   * @param assignment that keeps them
   */
  public record Slot(Operand<?> fed, Op assignment) {}

  /** The slots of variables. */
  public static List<Slot> slots(List<Variable<TFloat32>> variables) {
    return variables.stream()
        .map(variable -> new Slot(variable.newValue(), variable.assign()))
        .toList();
  }

  /**
   * Gives variables their values.
   *
   * @param slots one a parameter of the weights
   */
  public static void feed(Session session, List<Slot> slots, Weights weights) {
    for (int from = 0, to; from < slots.size(); from = to) {
      to = end(weights.parameters(), from);
      List<Tensor> tensors = new ArrayList<>();
      try {
        Session.Runner runner = session.runner();
        for (int i = from; i < to; i++) {
          Tensor tensor =
              TFloat32.tensorOf(
                  Shapes.of(weights.parameters().get(i).shape()),
                  DataBuffers.of(weights.values(i)));
          tensors.add(tensor);
          runner.feed(slots.get(i).fed(), tensor).addTarget(slots.get(i).assignment());
        }
        runner.run().close();
      } finally {
        tensors.forEach(Tensor::close);
      }
    }
  }

  /**
   * Computes one value for every element of some parameters.
   *
   * @param runner makes a runner that is fed what the values depend on
   * @param values one a parameter, of its shape
   */
  public static Weights fetch(
      Supplier<Session.Runner> runner,
      List<? extends Operand<TFloat32>> values,
      List<Parameter> parameters) {
    float[][] arrays = new float[parameters.size()][];
    for (int from = 0, to; from < arrays.length; from = to) {
      to = end(parameters, from);
      Session.Runner part = runner.get();
      values.subList(from, to).forEach(part::fetch);
      try (Result result = part.run()) {
        for (int i = from; i < to; i++) {
          arrays[i] = floats(result.get(i - from), parameters.get(i).size());
        }
      }
    }
    return new Weights(parameters, arrays);
  }

  /** The first values of a tensor of float32, in row-major order. */
  public static float[] floats(Tensor tensor, int size) {
    float[] values = new float[size];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /** Behind the last parameter that goes along with this one. */
  private static int end(List<Parameter> parameters, int from) {
    long bytes = (long) parameters.get(from).size() * Float.BYTES;
    int to = from + 1;
    while (to < parameters.size()
        && bytes + (long) parameters.get(to).size() * Float.BYTES <= MOST_BYTES) {
      bytes += (long) parameters.get(to).size() * Float.BYTES;
      to++;
    }
    return to;
  }
}
