package dev.siamese.model;

import dev.siamese.model.Standardization.Affine;
import dev.siamese.model.Standardization.Moments;
import dev.siamese.model.Standardization.Scaling;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.TensorShape;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Batch normalization, by moving statistics and by those of a batch. Not by TensorFlow's fused
 * operation, whose gradients are less exact than Keras's, and which TensorFlow fuses further with
 * activations that its kernels do not know.
 */
final class BatchNormalizations<T extends TNumber> {
  private final Arithmetic<T> a;
  private final Ops tf;
  private final Standardization<T> standardization;

  BatchNormalizations(Arithmetic<T> arithmetic, Standardization<T> standardization) {
    this.a = arithmetic;
    this.tf = arithmetic.tf();
    this.standardization = standardization;
  }

  void enter(FormulaTable<T> table) {
    table.add(
        BatchNormalization.class,
        use -> apply(use.input(), byMovingStatistics(use.layer(), use.shape(), use.parameters())));
  }

  /** Normalizes (n, …). */
  Operand<T> apply(Operand<T> x, Scaling<T> scaling) {
    return standardization.apply(x, scaling);
  }

  /**
   * What is computed while training.
   *
   * @param scaling that normalizes the batch
   * @param mean (channels)
   * @param variance (channels), not corrected for the number of values
   */
  record ByBatch<T extends TNumber>(Scaling<T> scaling, Operand<T> mean, Operand<T> variance) {}

  /**
   * How values are normalized by the statistics of their batch.
   *
   * @param shape of x
   * @param x (n, shape)
   * @param parameters the layer's
   */
  ByBatch<T> byBatch(
      BatchNormalization layer, TensorShape shape, Operand<T> x, List<Operand<T>> parameters) {
    int channels = shape.position(layer.axis());
    List<Integer> others =
        IntStream.rangeClosed(0, shape.rank())
            .filter(axis -> axis != channels + 1)
            .boxed()
            .toList();
    Moments<T> moments = standardization.moments(x, a.integers(others));
    Affine<T> affine = affine(layer, shape, parameters);
    Operand<TInt32> flat = a.integers(-1);
    return new ByBatch<>(
        standardization.scaling(moments, layer.epsilon(), affine),
        tf.reshape(moments.mean(), flat),
        tf.reshape(moments.variance(), flat));
  }

  /**
   * How values are normalized at inference.
   *
   * @param shape of the values
   * @param parameters the layer's
   */
  Scaling<T> byMovingStatistics(
      BatchNormalization layer, TensorShape shape, List<Operand<T>> parameters) {
    int channels = shape.position(layer.axis());
    Operand<T> mean = parameters.get(parameters.size() - 2);
    Operand<T> variance = parameters.get(parameters.size() - 1);
    List<Integer> positions = List.of(channels);
    Moments<T> moving =
        new Moments<>(
            a.spread(mean, shape.sizes(), positions), a.spread(variance, shape.sizes(), positions));
    return standardization.scaling(moving, layer.epsilon(), affine(layer, shape, parameters));
  }

  private Affine<T> affine(
      BatchNormalization layer, TensorShape shape, List<Operand<T>> parameters) {
    List<Integer> channels = List.of(shape.position(layer.axis()));
    return standardization.affine(layer.gamma(), layer.beta(), parameters, shape.sizes(), channels);
  }
}
