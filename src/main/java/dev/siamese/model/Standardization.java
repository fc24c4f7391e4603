package dev.siamese.model;

import dev.siamese.network.ParameterSettings;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Brings values to a mean of 0 and a variance of 1, and then to what was learned. */
final class Standardization<T extends TNumber> {
  private final Arithmetic<T> a;
  private final Ops tf;

  Standardization(Arithmetic<T> arithmetic) {
    this.a = arithmetic;
    this.tf = arithmetic.tf();
  }

  /**
   * What values are standardized by, in shapes that meet theirs.
   *
   * @param mean of the values
   * @param variance not corrected for the number of values
   */
  record Moments<T extends TNumber>(Operand<T> mean, Operand<T> variance) {}

  /**
   * A factor and a summand, either of which may be missing, in shapes that meet the values'.
   *
   * @param factor gamma
   * @param summand beta
   */
  record Affine<T extends TNumber>(Optional<Operand<T>> factor, Optional<Operand<T>> summand) {}

  /**
   * What a standardization comes to, in shapes that meet the values'.
   *
   * @param factor that values are multiplied by
   * @param summand that is added then
   */
  record Scaling<T extends TNumber>(Operand<T> factor, Operand<T> summand) {}

  /** The moments along axes. */
  Moments<T> moments(Operand<T> x, Operand<TInt32> axes) {
    Operand<T> mean = a.mean(x, axes);
    // The mean's own share of the gradient adds up to 0.
    return new Moments<>(mean, a.mean(tf.math.squaredDifference(x, tf.stopGradient(mean)), axes));
  }

  /**
   * The first of a layer's parameters, as far as it has them.
   *
   * @param sizes of the values' shape
   * @param positions among the sizes, of which the parameters are
   */
  Affine<T> affine(
      Optional<ParameterSettings> gamma,
      Optional<ParameterSettings> beta,
      List<Operand<T>> parameters,
      List<Integer> sizes,
      List<Integer> positions) {
    int second = gamma.isPresent() ? 1 : 0;
    return new Affine<>(
        gamma.map(settings -> a.spread(parameters.get(0), sizes, positions)),
        beta.map(settings -> a.spread(parameters.get(second), sizes, positions)));
  }

  /** (x − mean) / √(variance + epsilon) · factor + summand. */
  Operand<T> apply(Operand<T> x, Moments<T> moments, double epsilon, Affine<T> affine) {
    return apply(x, scaling(moments, epsilon, affine));
  }

  /** x · factor + summand. */
  Operand<T> apply(Operand<T> x, Scaling<T> scaling) {
    return a.add(a.multiply(x, scaling.factor()), scaling.summand());
  }

  /** A factor of 1 / √(variance + epsilon) · factor, and what belongs to it. */
  Scaling<T> scaling(Moments<T> moments, double epsilon, Affine<T> affine) {
    Operand<T> inverse = tf.math.rsqrt(a.add(moments.variance(), epsilon));
    Operand<T> scale = affine.factor().map(factor -> a.multiply(inverse, factor)).orElse(inverse);
    Operand<T> shift = a.multiply(moments.mean(), scale);
    Operand<T> offset =
        affine
            .summand()
            .map(summand -> a.subtract(summand, shift))
            .orElseGet(() -> tf.math.neg(shift));
    return new Scaling<>(scale, offset);
  }
}
