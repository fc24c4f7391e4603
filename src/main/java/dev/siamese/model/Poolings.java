package dev.siamese.model;

import dev.siamese.network.AveragePooling2D;
import dev.siamese.network.GlobalAveragePooling2D;
import dev.siamese.network.GlobalMaxPooling2D;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.Window;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.family.TNumber;

/** Maxima and means over windows or whole maps (n, rows, columns, channels). */
final class Poolings<T extends TNumber> {
  private final Arithmetic<T> a;
  private final Ops tf;

  Poolings(Arithmetic<T> arithmetic) {
    this.a = arithmetic;
    this.tf = arithmetic.tf();
  }

  void enter(FormulaTable<T> table) {
    table.add(MaxPooling2D.class, use -> max(use.layer().window(), use.input()));
    table.add(AveragePooling2D.class, use -> average(use.layer().window(), use.input()));
    table.add(
        GlobalMaxPooling2D.class,
        use ->
            tf.reduceMax(
                use.input(), a.integers(1, 2), ReduceMax.keepDims(use.layer().keepDims())));
    table.add(
        GlobalAveragePooling2D.class,
        use -> tf.math.mean(use.input(), a.integers(1, 2), Mean.keepDims(use.layer().keepDims())));
  }

  /** The maxima over windows. */
  Operand<T> max(Window window, Operand<T> maps) {
    return MaxPooling.of(tf, maps, window);
  }

  /** The means over windows, of what lies inside of the maps. */
  Operand<T> average(Window window, Operand<T> maps) {
    return tf.nn.avgPool(
        maps,
        Convolutions.sizes(window.size()),
        Convolutions.sizes(window.strides()),
        window.padding().name());
  }
}
