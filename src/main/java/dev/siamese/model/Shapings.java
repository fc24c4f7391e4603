package dev.siamese.model;

import dev.siamese.network.Cropping2D;
import dev.siamese.network.ExpandDims;
import dev.siamese.network.Flatten;
import dev.siamese.network.Layer;
import dev.siamese.network.Margins;
import dev.siamese.network.Permute;
import dev.siamese.network.Reshape;
import dev.siamese.network.Squeeze;
import dev.siamese.network.TensorShape;
import dev.siamese.network.ZeroPadding2D;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** The layers that change a tensor's shape, but none of its values. */
final class Shapings<T extends TNumber> {
  private final Arithmetic<T> a;
  private final Ops tf;

  Shapings(Arithmetic<T> arithmetic) {
    this.a = arithmetic;
    this.tf = arithmetic.tf();
  }

  void enter(FormulaTable<T> table) {
    table.add(Flatten.class, this::reshape);
    table.add(Reshape.class, this::reshape);
    table.add(Permute.class, this::permute);
    table.add(ExpandDims.class, this::reshape);
    table.add(Squeeze.class, this::reshape);
    table.add(ZeroPadding2D.class, this::pad);
    table.add(Cropping2D.class, this::crop);
  }

  /** The same values in another shape. */
  private <L extends Layer> Operand<T> reshape(LayerUse<L, T> use) {
    return a.reshape(use.input(), use.layer().outputShape(use.shapes()).sizes());
  }

  private Operand<T> permute(LayerUse<Permute, T> use) {
    List<Integer> axes = new ArrayList<>(use.layer().dims());
    axes.add(0, 0);
    return tf.linalg.transpose(
        use.input(), a.integers(axes.stream().mapToInt(Integer::intValue).toArray()));
  }

  private Operand<T> pad(LayerUse<ZeroPadding2D, T> use) {
    Margins margins = use.layer().margins();
    int[][] zeros = {
      {0, 0}, {margins.top(), margins.bottom()}, {margins.left(), margins.right()}, {0, 0}
    };
    return tf.pad(use.input(), tf.constant(zeros), a.number(0));
  }

  private Operand<T> crop(LayerUse<Cropping2D, T> use) {
    Margins margins = use.layer().margins();
    TensorShape inside = use.layer().outputShape(use.shape());
    return tf.slice(
        use.input(),
        a.integers(0, margins.top(), margins.left(), 0),
        a.integers(-1, inside.size(0), inside.size(1), -1));
  }
}
