package dev.siamese.model;

import dev.siamese.network.ActivationFunction;
import dev.siamese.network.Clip;
import dev.siamese.network.Reduction;
import dev.siamese.network.Rescaling;
import dev.siamese.network.UnaryOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.op.core.ReduceProd;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Keras's operations on one tensor, and rescaling, which is one too. */
final class Operations<T extends TNumber> {
  private final Arithmetic<T> a;
  private final Ops tf;
  private final ActivationFunctions<T> functions;

  Operations(Arithmetic<T> arithmetic, ActivationFunctions<T> functions) {
    this.a = arithmetic;
    this.tf = arithmetic.tf();
    this.functions = functions;
  }

  void enter(FormulaTable<T> table) {
    table.add(
        UnaryOperation.class,
        use -> apply(use.layer().function(), use.shape().rank(), use.input()));
    table.add(Reduction.class, this::reduce);
    table.add(
        Clip.class,
        use ->
            tf.clipByValue(
                use.input(), a.number(use.layer().least()), a.number(use.layer().most())));
    table.add(Rescaling.class, this::rescale);
  }

  private Operand<T> apply(UnaryOperation.Function function, int rank, Operand<T> x) {
    return switch (function) {
      case ABSOLUTE, ABS -> tf.math.abs(x);
      case NEGATIVE -> tf.math.neg(x);
      case SQUARE -> tf.math.square(x);
      case SQRT -> a.root(x);
      case RSQRT -> tf.math.rsqrt(x);
      case RECIPROCAL -> tf.math.reciprocal(x);
      case EXP -> tf.math.exp(x);
      case EXPM1 -> tf.math.expm1(x);
      case LOG -> tf.math.log(x);
      case LOG1P -> tf.math.log1p(x);
      case SIGN -> tf.math.sign(x);
      case SIN -> tf.math.sin(x);
      case COS -> tf.math.cos(x);
      case ARCCOS -> tf.math.acos(x);
      case ERF -> tf.math.erf(x);
      case SIGMOID -> functions.apply(ActivationFunction.SIGMOID, rank, x);
      case TANH -> functions.apply(ActivationFunction.TANH, rank, x);
      case RELU -> functions.apply(ActivationFunction.RELU, rank, x);
      case RELU6 -> functions.apply(ActivationFunction.RELU6, rank, x);
      case SOFTPLUS -> functions.apply(ActivationFunction.SOFTPLUS, rank, x);
      case SOFTSIGN -> functions.apply(ActivationFunction.SOFTSIGN, rank, x);
      case SILU -> functions.apply(ActivationFunction.SILU, rank, x);
      case SELU -> functions.apply(ActivationFunction.SELU, rank, x);
      case LOG_SIGMOID -> functions.apply(ActivationFunction.LOG_SIGMOID, rank, x);
      case HARD_SIGMOID -> functions.apply(ActivationFunction.HARD_SIGMOID, rank, x);
    };
  }

  private Operand<T> reduce(LayerUse<Reduction, T> use) {
    Operand<T> x = use.input();
    Operand<TInt32> axes = a.axes(use.shape().positions(use.layer().axes()));
    boolean keep = use.layer().keepDims();
    return switch (use.layer().function()) {
      case SUM -> tf.reduceSum(x, axes, ReduceSum.keepDims(keep));
      case MEAN -> tf.math.mean(x, axes, Mean.keepDims(keep));
      case MAX -> tf.reduceMax(x, axes, ReduceMax.keepDims(keep));
      case MIN -> tf.reduceMin(x, axes, ReduceMin.keepDims(keep));
      case PROD -> tf.reduceProd(x, axes, ReduceProd.keepDims(keep));
      case NORM -> a.root(tf.reduceSum(tf.math.square(x), axes, ReduceSum.keepDims(keep)));
    };
  }

  private Operand<T> rescale(LayerUse<Rescaling, T> use) {
    Rescaling layer = use.layer();
    return a.add(a.multiply(use.input(), a.numbers(layer.scale())), a.numbers(layer.offset()));
  }
}
