package dev.siamese.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The graph of the twin, layer by layer as Keras has it: an image goes in, its embedding comes out.
 * This is what other programs are given; training and {@link InferenceModel} compute the same by
 * {@link FastEmbeddingNetwork}.
 */
public final class EmbeddingNetwork {
  /** Height and width of the part of an image that the embedding depends on, in pixels. */
  private static final int VISIBLE = 23;

  private final Ops tf;
  private final List<? extends Operand<TFloat32>> parameters;

  /**
   * A network over these parameters.
   *
   * @param tf builds the graph
   * @param parameters the values of {@link Architecture#parameters()}, in their order
   */
  public EmbeddingNetwork(Ops tf, List<? extends Operand<TFloat32>> parameters) {
    this.tf = tf;
    this.parameters = List.copyOf(parameters);
  }

  /**
   * The embeddings of images.
   *
   * @param images (n, 28, 28, 1), 0 to 1
   * @return (n, embedding size)
   */
  public Operand<TFloat32> embed(Operand<TFloat32> images) {
    Operand<TFloat32> maps = crop(images);
    for (int layer = 0; layer < 3; layer++) {
      maps = MaxPooling.of(tf, activate(layer, convolve(layer, maps)), 2, 2);
    }
    return project(average(maps));
  }

  /**
   * Valid convolutions and flooring pools never look beyond the top-left 23×23 pixels (23 → 22 → 11
   * → 10 → 5 → 4 → 2). Without the others a third of the work is saved.
   */
  private Operand<TFloat32> crop(Operand<TFloat32> images) {
    return tf.slice(
        images,
        tf.constant(new int[] {0, 0, 0, 0}),
        tf.constant(new int[] {-1, VISIBLE, VISIBLE, -1}));
  }

  /** A convolution without its bias. */
  Operand<TFloat32> convolve(int layer, Operand<TFloat32> maps) {
    return tf.nn.conv2d(maps, kernel(layer), List.of(1L, 1L, 1L, 1L), "VALID");
  }

  /** Adds a convolution's bias, and sets what is negative to 0. */
  Operand<TFloat32> activate(int layer, Operand<TFloat32> maps) {
    return tf.nn.relu(tf.nn.biasAdd(maps, bias(layer)));
  }

  /** The average over all positions: (n, channels). */
  Operand<TFloat32> average(Operand<TFloat32> maps) {
    return tf.math.mean(maps, tf.constant(new int[] {1, 2}));
  }

  /** The dense layer: (n, embedding size). */
  Operand<TFloat32> project(Operand<TFloat32> averages) {
    return tf.nn.biasAdd(tf.linalg.matMul(averages, kernel(3)), bias(3));
  }

  Operand<TFloat32> kernel(int layer) {
    return parameters.get(2 * layer);
  }

  private Operand<TFloat32> bias(int layer) {
    return parameters.get(2 * layer + 1);
  }
}
