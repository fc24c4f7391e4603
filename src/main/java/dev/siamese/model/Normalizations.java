package dev.siamese.model;

import dev.siamese.model.Standardization.Affine;
import dev.siamese.model.Standardization.Moments;
import dev.siamese.network.GroupNormalization;
import dev.siamese.network.LayerNormalization;
import dev.siamese.network.Normalization;
import dev.siamese.network.TensorShape;
import dev.siamese.network.UnitNormalization;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** The layers that bring the values of an image to a mean and a variance, or to a length. */
final class Normalizations<T extends TNumber> {
  /** What Keras divides by at least. */
  private static final double LEAST_DEVIATION = 1e-7;

  private static final double LEAST_LENGTH = 1e-12;

  private final Arithmetic<T> a;
  private final Ops tf;
  private final Standardization<T> standardization;

  Normalizations(Arithmetic<T> arithmetic, Standardization<T> standardization) {
    this.a = arithmetic;
    this.tf = arithmetic.tf();
    this.standardization = standardization;
  }

  void enter(FormulaTable<T> table) {
    table.add(LayerNormalization.class, this::layer);
    table.add(GroupNormalization.class, this::group);
    table.add(UnitNormalization.class, this::unit);
    table.add(Normalization.class, this::fixed);
  }

  private Operand<T> layer(LayerUse<LayerNormalization, T> use) {
    LayerNormalization layer = use.layer();
    List<Integer> positions = use.shape().positions(layer.axes());
    Moments<T> moments = standardization.moments(use.input(), a.axes(positions));
    if (layer.rmsScaling()) {
      // Keras divides by the deviation from the mean all the same, but does not subtract the mean.
      moments = new Moments<>(a.number(0), moments.variance());
    }
    Affine<T> affine =
        standardization.affine(
            layer.gamma(), layer.beta(), use.parameters(), use.shape().sizes(), positions);
    return standardization.apply(use.input(), moments, layer.epsilon(), affine);
  }

  private Operand<T> group(LayerUse<GroupNormalization, T> use) {
    GroupNormalization layer = use.layer();
    TensorShape shape = use.shape();
    int channels = shape.position(layer.axis());
    int groups = layer.groupsOf(shape);
    List<Integer> sizes = new ArrayList<>(shape.sizes());
    sizes.set(channels, shape.size(channels) / groups);
    sizes.add(channels, groups);
    List<Integer> others =
        IntStream.range(0, sizes.size()).filter(axis -> axis != channels).boxed().toList();
    Operand<T> x = a.reshape(use.input(), sizes);
    Affine<T> affine =
        standardization.affine(
            layer.gamma(), layer.beta(), use.parameters(), sizes, List.of(channels, channels + 1));
    Operand<T> normalized =
        standardization.apply(
            x, standardization.moments(x, a.axes(others)), layer.epsilon(), affine);
    return a.reshape(normalized, shape.sizes());
  }

  private Operand<T> unit(LayerUse<UnitNormalization, T> use) {
    List<Integer> positions = use.shape().positions(use.layer().axes());
    return a.toUnitLength(use.input(), a.axes(positions), LEAST_LENGTH);
  }

  private Operand<T> fixed(LayerUse<Normalization, T> use) {
    Normalization layer = use.layer();
    List<Integer> sizes = use.shape().sizes();
    List<Integer> positions = use.shape().positions(layer.axes());
    Operand<T> mean =
        layer
            .given()
            .map(given -> given(given.mean(), sizes, positions))
            .orElseGet(() -> a.spread(use.parameter(0), sizes, positions));
    Operand<T> variance =
        layer
            .given()
            .map(given -> given(given.variance(), sizes, positions))
            .orElseGet(() -> a.spread(use.parameter(1), sizes, positions));
    Operand<T> deviation = tf.math.maximum(tf.math.sqrt(variance), a.number(LEAST_DEVIATION));
    return layer.invert()
        ? a.add(mean, a.multiply(use.input(), deviation))
        : a.divide(a.subtract(use.input(), mean), deviation);
  }

  private Operand<T> given(List<Double> values, List<Integer> sizes, List<Integer> positions) {
    Operand<T> numbers = a.numbers(values);
    return values.size() == 1 ? numbers : a.spread(numbers, sizes, positions);
  }
}
