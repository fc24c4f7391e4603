package dev.siamese.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * What a graph is fed of a step's dropout.
 *
 * @param layout how many bytes are whose
 * @param fed by group: what is to be fed
 */
public record DropoutInputs(DropoutLayout layout, List<Fed> fed) {

  /**
   * What is fed for the layers of one rate.
   *
   * @param kept a byte a value, 1 to keep and 0 to zero it, for all samples of a batch or more
   * @param scale what the values that are kept are to be multiplied by, a scalar
   */
  public record Fed(Placeholder<TUint8> kept, Placeholder<TFloat32> scale) {}

  /**
   * What a layer multiplies its values by.
   *
   * @param kept a byte a value, of one dimension
   * @param scale a scalar
   */
  public record Mask(Operand<TUint8> kept, Operand<TFloat32> scale) {}

  /**
   * The masks of some samples.
   *
   * @param twin by node of the twin: of the first images of pairs, then of the second ones
   * @param head by node of the head
   */
  public record Masks(Map<Integer, Mask> twin, Map<Integer, Mask> head) {

    /** Those of the twin for the first images alone, or for the second ones. */
    public Map<Integer, Mask> ofSide(Ops tf, int side) {
      Map<Integer, Mask> half = new HashMap<>();
      twin.forEach(
          (node, mask) ->
              half.put(
                  node,
                  new Mask(
                      List.copyOf(tf.split(tf.constant(0), mask.kept(), 2L).output()).get(side),
                      mask.scale())));
      return half;
    }
  }

  /** Adds what is to be fed to a graph. */
  public static DropoutInputs create(Ops tf, DropoutLayout layout) {
    List<Fed> fed = new ArrayList<>();
    for (int group = 0; group < layout.groups().size(); group++) {
      fed.add(
          new Fed(
              tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1))),
              tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()))));
    }
    return new DropoutInputs(layout, fed);
  }

  /**
   * The masks of some of the samples.
   *
   * @param from the first of them
   * @param count how many
   */
  public Masks ofSamples(Ops tf, Operand<TInt32> from, Operand<TInt32> count) {
    Map<Integer, Mask> twin = new HashMap<>();
    Map<Integer, Mask> head = new HashMap<>();
    for (int i = 0; i < fed.size(); i++) {
      DropoutLayout.Group group = layout.groups().get(i);
      List<Integer> values = new ArrayList<>();
      values.addAll(group.twin().values());
      values.addAll(group.head().values());
      List<Operand<TUint8>> parts = parts(tf, fed.get(i).kept(), from, count, values);
      int part = 0;
      for (int node : group.twin().keySet()) {
        twin.put(node, new Mask(parts.get(part++), fed.get(i).scale()));
      }
      for (int node : group.head().keySet()) {
        head.put(node, new Mask(parts.get(part++), fed.get(i).scale()));
      }
    }
    return new Masks(twin, head);
  }

  /** The bytes of each layer, of which a sample takes so many. */
  private static List<Operand<TUint8>> parts(
      Ops tf,
      Operand<TUint8> kept,
      Operand<TInt32> from,
      Operand<TInt32> count,
      List<Integer> values) {
    int[] perSample = values.stream().mapToInt(Integer::intValue).toArray();
    Operand<TInt32> all = tf.constant(new int[] {values.stream().mapToInt(v -> v).sum()});
    Operand<TUint8> slice = tf.slice(kept, tf.math.mul(from, all), tf.math.mul(count, all));
    return List.copyOf(
        tf.splitV(
                slice,
                tf.math.mul(count, tf.constant(perSample)),
                tf.constant(0),
                (long) perSample.length)
            .output());
  }
}
