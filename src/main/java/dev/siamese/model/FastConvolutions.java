package dev.siamese.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * The convolutions of {@link FastEmbeddingNetwork}, each with its max-pooling, bias, ReLU and
 * dropout, and the average at their end.
 *
 * <p>Parameters come as float32, and are converted here: so their gradients leave as float32 too,
 * for Adam to add to float32 weights.
 *
 * @param <T> the type that they compute in
 */
final class FastConvolutions<T extends TNumber> {
  /** A kernel and a bias for each of the three convolutions. */
  private static final int PARAMETERS = 3 * 2;

  private final Ops tf;
  private final Class<T> type;

  /** By layer, 1 for a value that dropout keeps, 0 for one that it zeroes; empty without it. */
  private final List<Operand<TUint8>> kept;

  private final Layers<T> layers;
  private final Operand<TFloat32> secondKernel;

  /**
   * Convolutions with these parameters.
   *
   * @param tf builds the graph
   * @param parameters the values of {@link Architecture#parameters()}, in their order
   * @param type to compute in
   * @param dropout what follows each pooling while training; empty at inference
   */
  FastConvolutions(
      Ops tf,
      List<? extends Operand<TFloat32>> parameters,
      Class<T> type,
      Optional<DropoutInputs> dropout) {
    this.tf = tf;
    this.type = type;
    this.kept = dropout.map(inputs -> inputs.byPooling(tf)).orElse(List.of());
    List<Operand<TFloat32>> scaled = new ArrayList<>(parameters.subList(0, PARAMETERS));
    if (dropout.isPresent()) {
      scaled.replaceAll(parameter -> tf.math.mul(parameter, dropout.get().scale()));
    }
    this.layers =
        new Layers<>(
            tf, scaled.stream().map(parameter -> tf.dtypes.cast(parameter, type)).toList());
    this.secondKernel = scaled.get(2);
  }

  /**
   * What the convolutions make of images, averaged over all positions.
   *
   * @param pixels (n, 121, 16), 0 to 255, as {@link PixelLayout} has them
   * @return (n, filters)
   */
  Operand<T> features(Operand<TUint8> pixels) {
    Operand<T> cells = regulate(0, layers.activate(0, firstPooled(pixels)));
    Operand<T> byCell = tf.reshape(cells, tf.constant(new int[] {PixelLayout.CELLS, -1}));
    Operand<T> second = new WinogradConvolution<T>(tf).pooled(byCell, secondKernel);
    Operand<T> maps = regulate(1, layers.activate(1, second));
    Operand<T> third = MaxPooling.of(tf, layers.convolve(2, maps), 2, 2);
    return layers.average(regulate(2, layers.activate(2, third)));
  }

  /**
   * The first convolution, pooled, cell after cell, with all images in each: (121 n, 1, 1, out).
   */
  private Operand<T> firstPooled(Operand<TUint8> pixels) {
    Operand<T> kernel = layers.kernel(0);
    int outputs = (int) kernel.shape().get(3);
    Operand<TFloat32> scaled =
        tf.math.div(tf.dtypes.cast(pixels, TFloat32.class), tf.constant(255f));
    Operand<T> byCell =
        tf.linalg.transpose(tf.dtypes.cast(scaled, type), tf.constant(new int[] {1, 0, 2}));
    Operand<T> convolved =
        tf.linalg.matMul(
            tf.reshape(byCell, tf.constant(new int[] {-1, PixelLayout.WINDOW})),
            tf.reshape(kernel, tf.constant(new int[] {PixelLayout.WINDOW, outputs})));
    return MaxPooling.of(
        tf, tf.reshape(convolved, tf.constant(new int[] {-1, 2, 2, outputs})), 2, 2);
  }

  private Operand<T> regulate(int layer, Operand<T> maps) {
    if (kept.isEmpty()) {
      return maps;
    }
    Operand<TUint8> mask = tf.reshape(kept.get(layer), tf.shape(maps));
    return tf.math.mul(maps, tf.dtypes.cast(mask, type));
  }
}
