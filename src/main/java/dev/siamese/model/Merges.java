package dev.siamese.model;

import dev.siamese.network.BinaryOperation;
import dev.siamese.network.Concatenate;
import dev.siamese.network.Dot;
import dev.siamese.network.Merge;
import dev.siamese.network.TensorShape;
import java.util.List;
import java.util.function.BinaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** The layers and operations that combine several tensors. */
final class Merges<T extends TNumber> {
  /** What Keras's dot product divides by at least. */
  private static final double LEAST_LENGTH = 1e-7;

  private final Arithmetic<T> a;
  private final Ops tf;

  Merges(Arithmetic<T> arithmetic) {
    this.a = arithmetic;
    this.tf = arithmetic.tf();
  }

  void enter(FormulaTable<T> table) {
    table.add(Merge.class, this::merge);
    table.add(Concatenate.class, this::concatenate);
    table.add(Dot.class, this::dot);
    table.add(BinaryOperation.class, this::combine);
  }

  private Operand<T> merge(LayerUse<Merge, T> use) {
    BinaryOperator<Operand<T>> two =
        switch (use.layer().function()) {
          case ADD, AVERAGE -> a::add;
          case SUBTRACT -> a::subtract;
          case MULTIPLY -> a::multiply;
          case MAXIMUM -> tf.math::maximum;
          case MINIMUM -> tf.math::minimum;
        };
    Operand<T> all = use.inputs().stream().reduce(two).orElseThrow();
    return use.layer().function() == Merge.Function.AVERAGE
        ? a.divide(all, a.number(use.inputs().size()))
        : all;
  }

  private Operand<T> concatenate(LayerUse<Concatenate, T> use) {
    int axis = use.shape().position(use.layer().axis()) + 1;
    return tf.concat(use.inputs(), tf.constant(axis));
  }

  private Operand<T> combine(LayerUse<BinaryOperation, T> use) {
    BinaryOperation layer = use.layer();
    Operand<T> x = layer.left().isPresent() ? a.number(layer.left().getAsDouble()) : use.input();
    Operand<T> y =
        layer.right().isPresent()
            ? a.number(layer.right().getAsDouble())
            : use.inputs().get(use.inputs().size() - 1);
    return switch (layer.function()) {
      case ADD -> a.add(x, y);
      case SUBTRACT -> a.subtract(x, y);
      case MULTIPLY -> a.multiply(x, y);
      case DIVIDE, TRUE_DIVIDE -> a.divide(x, y);
      case POWER -> tf.math.pow(x, y);
      case MAXIMUM -> tf.math.maximum(x, y);
      case MINIMUM -> tf.math.minimum(x, y);
    };
  }

  private Operand<T> dot(LayerUse<Dot, T> use) {
    Dot layer = use.layer();
    TensorShape shape1 = use.shapes().get(0);
    TensorShape shape2 = use.shapes().get(1);
    int axis1 = shape1.position(layer.firstAxis());
    int axis2 = shape2.position(layer.secondAxis());
    Operand<T> x = use.inputs().get(0);
    Operand<T> y = use.inputs().get(1);
    if (layer.normalize()) {
      x = a.toUnitLength(x, a.axes(List.of(axis1)), LEAST_LENGTH);
      y = a.toUnitLength(y, a.axes(List.of(axis2)), LEAST_LENGTH);
    }
    if (shape1.rank() == 1 && shape2.rank() == 1) {
      return a.sum(a.multiply(x, y), tf.constant(1));
    }
    return tf.linalg.einsum(List.of(x, y), equation(shape1.rank(), axis1, shape2.rank(), axis2));
  }

  /** A letter an axis: z for the batch, s for the axes that are added up. */
  private static String equation(int rank1, int axis1, int rank2, int axis2) {
    StringBuilder first = new StringBuilder("abcdefg".substring(0, rank1));
    StringBuilder second = new StringBuilder("hijklmn".substring(0, rank2));
    first.setCharAt(axis1, 's');
    second.setCharAt(axis2, 's');
    String kept = (first.toString() + second).replace("s", "");
    return "z%s,z%s->z%s".formatted(first, second, kept);
  }
}
