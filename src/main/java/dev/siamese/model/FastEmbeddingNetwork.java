package dev.siamese.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The graph of the twin as this program trains and uses it: what {@link EmbeddingNetwork} computes,
 * by exact rewrites that more than halve the work, and with dropout where that is wanted.
 *
 * <ul>
 *   <li>Pixels that no embedding depends on are left out, and the others come in the order of
 *       {@link PixelLayout}, in which the first convolution is one product of matrices.
 *   <li>Adding a bias and ReLU both keep the order of values, so they commute with taking the
 *       maximum, and are done after pooling, on a quarter of the values.
 *   <li>So does multiplying by what dropout scales the values that it keeps by, which is done to
 *       the kernel and the bias.
 *   <li>The second convolution, with most of the work, is a {@link WinogradConvolution}.
 * </ul>
 */
public final class FastEmbeddingNetwork {
  /** Positions of each convolution's pooled maps, of 11×11, 5×5 and 2×2. */
  private static final int[] POSITIONS = {PixelLayout.CELLS, 25, 4};

  private final Ops tf;
  private final EmbeddingNetwork layers;
  private final Optional<Dropout> dropout;

  /**
   * A network over these parameters.
   *
   * @param tf builds the graph
   * @param parameters the values of {@link Architecture#parameters()}, in their order
   * @param dropout what follows each pooling while training; empty at inference
   */
  public FastEmbeddingNetwork(
      Ops tf, List<? extends Operand<TFloat32>> parameters, Optional<Dropout> dropout) {
    this.tf = tf;
    this.dropout = dropout;
    this.layers =
        new EmbeddingNetwork(
            tf, dropout.isPresent() ? scaled(parameters, dropout.get().scale()) : parameters);
  }

  /** The parameters, with those of the convolutions, behind which there is dropout, multiplied. */
  private List<Operand<TFloat32>> scaled(
      List<? extends Operand<TFloat32>> parameters, Operand<TFloat32> scale) {
    List<Operand<TFloat32>> scaled = new ArrayList<>(parameters);
    scaled.subList(0, 2 * POSITIONS.length).replaceAll(parameter -> tf.math.mul(parameter, scale));
    return scaled;
  }

  /**
   * The embeddings of images.
   *
   * @param pixels (n, 121, 16), 0 to 255, as {@link PixelLayout} has them
   * @return (n, embedding size)
   */
  public Operand<TFloat32> embed(Operand<TUint8> pixels) {
    return layers.project(features(pixels));
  }

  /**
   * The embeddings of the images of pairs, which go through the convolutions as one batch.
   *
   * <p>The dense layer is applied to the first and to the second images apart. The two gradients of
   * its bias cancel, and so they do exactly, as in Keras. In one sum they would leave rounding
   * errors, which Adam, dividing by their size, would make full steps of.
   *
   * @param pixels (2n, 121, 16): the first images of all pairs, then the second ones
   * @return the embeddings of the first and of the second images, each (n, embedding size)
   */
  public List<Operand<TFloat32>> embedPairs(Operand<TUint8> pixels) {
    List<Operand<TFloat32>> embeddings = new ArrayList<>();
    for (Operand<TFloat32> half : tf.split(tf.constant(0), features(pixels), 2L)) {
      embeddings.add(layers.project(half));
    }
    return embeddings;
  }

  /** What the convolutions make of images, averaged over all positions: (n, filters). */
  private Operand<TFloat32> features(Operand<TUint8> pixels) {
    Operand<TFloat32> cells = regulate(0, layers.activate(0, firstPooled(pixels)));
    Operand<TFloat32> byCell = tf.reshape(cells, tf.constant(new int[] {PixelLayout.CELLS, -1}));
    Operand<TFloat32> second = new WinogradConvolution(tf).pooled(byCell, layers.kernel(1));
    Operand<TFloat32> maps = regulate(1, layers.activate(1, second));
    Operand<TFloat32> third = MaxPooling.of(tf, layers.convolve(2, maps), 2, 2);
    return layers.average(regulate(2, layers.activate(2, third)));
  }

  /**
   * The first convolution, pooled, cell after cell, with all images in each: (121 n, 1, 1, out).
   */
  private Operand<TFloat32> firstPooled(Operand<TUint8> pixels) {
    Operand<TFloat32> kernel = layers.kernel(0);
    int outputs = (int) kernel.shape().get(3);
    Operand<TFloat32> scaled =
        tf.math.div(tf.dtypes.cast(pixels, TFloat32.class), tf.constant(255f));
    Operand<TFloat32> byCell = tf.linalg.transpose(scaled, tf.constant(new int[] {1, 0, 2}));
    Operand<TFloat32> convolved =
        tf.linalg.matMul(
            tf.reshape(byCell, tf.constant(new int[] {-1, PixelLayout.WINDOW})),
            tf.reshape(kernel, tf.constant(new int[] {PixelLayout.WINDOW, outputs})));
    return MaxPooling.of(
        tf, tf.reshape(convolved, tf.constant(new int[] {-1, 2, 2, outputs})), 2, 2);
  }

  private Operand<TFloat32> regulate(int layer, Operand<TFloat32> maps) {
    return dropout.isPresent() ? dropout.get().zero(maps, layer, valuesPerImage(layer)) : maps;
  }

  /** Of a layer's pooled maps. */
  private int valuesPerImage(int layer) {
    return POSITIONS[layer] * (int) layers.kernel(layer).shape().get(3);
  }
}
