package dev.siamese.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The graph of the twin: an image goes in, its embedding comes out.
 *
 * <p>It computes what the Keras layers of the same names compute, with two exact rewrites that
 * halve the work:
 *
 * <ul>
 *   <li>Valid convolutions and flooring pools never look beyond the top-left {@value #VISIBLE}
 *       pixels of the image's {@value Architecture#IMAGE_SIZE}, so the rest is cropped first.
 *   <li>Adding a bias and ReLU both keep the order of values, so they commute with taking the
 *       maximum, and are done after pooling, on a quarter of the values.
 * </ul>
 */
public final class EmbeddingNetwork {
  /** Height and width of the part of an image that the embedding depends on, in pixels. */
  public static final int VISIBLE = 23;

  /** Sizes of the maps after each pooling: 23 → 22 → 11 → 10 → 5 → 4 → 2. */
  private static final int[] POOLED_SIZES = {11, 5, 2};

  private final Ops tf;
  private final List<? extends Operand<TFloat32>> parameters;
  private final Optional<Dropout> dropout;

  /**
   * A network over these parameters.
   *
   * @param tf builds the graph
   * @param parameters the values of {@link Architecture#parameters()}, in their order
   * @param dropout what follows each pooling while training; empty at inference
   */
  public EmbeddingNetwork(
      Ops tf, List<? extends Operand<TFloat32>> parameters, Optional<Dropout> dropout) {
    this.tf = tf;
    this.parameters = List.copyOf(parameters);
    this.dropout = dropout;
  }

  /**
   * Crops whole images to what the network sees.
   *
   * @param images (n, 28, 28, 1)
   * @return (n, 23, 23, 1)
   */
  public static Operand<TFloat32> crop(Ops tf, Operand<TFloat32> images) {
    return tf.slice(
        images,
        tf.constant(new int[] {0, 0, 0, 0}),
        tf.constant(new int[] {-1, VISIBLE, VISIBLE, -1}));
  }

  /**
   * Scales grey values as training does.
   *
   * @param pixels of any shape, 0 to 255
   * @return the same shape, 0 to 1
   */
  public static Operand<TFloat32> scale(Ops tf, Operand<TUint8> pixels) {
    return tf.math.div(tf.dtypes.cast(pixels, TFloat32.class), tf.constant(255f));
  }

  /**
   * The embeddings of cropped images.
   *
   * @param visible (n, 23, 23, 1), 0 to 1
   * @return (n, embedding size)
   */
  public Operand<TFloat32> embed(Operand<TFloat32> visible) {
    return project(features(visible));
  }

  /**
   * The embeddings of the images of pairs, which go through the convolutions as one batch.
   *
   * <p>The dense layer is applied to the first and to the second images apart. The two gradients of
   * its bias cancel, and so they do exactly, as in Keras. In one sum they would leave rounding
   * errors, which Adam, dividing by their size, would make full steps of.
   *
   * @param visible (2n, 23, 23, 1), 0 to 1: the first images of all pairs, then the second ones
   * @return the embeddings of the first and of the second images, each (n, embedding size)
   */
  public List<Operand<TFloat32>> embedPairs(Operand<TFloat32> visible) {
    List<Operand<TFloat32>> embeddings = new ArrayList<>();
    for (Operand<TFloat32> half : tf.split(tf.constant(0), features(visible), 2L)) {
      embeddings.add(project(half));
    }
    return embeddings;
  }

  /** What the convolutions make of images, averaged over all positions: (n, filters). */
  private Operand<TFloat32> features(Operand<TFloat32> visible) {
    Operand<TFloat32> maps = visible;
    for (int layer = 0; layer < POOLED_SIZES.length; layer++) {
      maps = convolve(layer, maps);
    }
    return tf.math.mean(maps, tf.constant(new int[] {1, 2}));
  }

  private Operand<TFloat32> project(Operand<TFloat32> features) {
    return tf.nn.biasAdd(tf.linalg.matMul(features, kernel(3)), bias(3));
  }

  private Operand<TFloat32> convolve(int layer, Operand<TFloat32> maps) {
    Operand<TFloat32> convolved =
        tf.nn.conv2d(maps, kernel(layer), List.of(1L, 1L, 1L, 1L), "VALID");
    Operand<TFloat32> activated = tf.nn.relu(tf.nn.biasAdd(maxPool(convolved), bias(layer)));
    if (dropout.isEmpty()) {
      return activated;
    }
    int size = POOLED_SIZES[layer];
    long channels = kernel(layer).shape().get(3);
    return dropout.get().apply(activated, layer, Shape.of(size, size, channels));
  }

  /**
   * The op that takes its window from attributes, which {@code tf.nn.maxPool} does not offer: only
   * this one, and its gradient, have a oneDNN kernel, several times as fast.
   */
  private Operand<TFloat32> maxPool(Operand<TFloat32> maps) {
    long[] window = {1, 2, 2, 1};
    Operation pool =
        tf.scope()
            .opBuilder("MaxPool", "max_pool")
            .addInput(maps.asOutput())
            .setAttr("ksize", window)
            .setAttr("strides", window)
            .setAttr("padding", "VALID")
            .build();
    return pool.output(0);
  }

  private Operand<TFloat32> kernel(int layer) {
    return parameters.get(2 * layer);
  }

  private Operand<TFloat32> bias(int layer) {
    return parameters.get(2 * layer + 1);
  }
}
