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
  private final Layers<TFloat32> layers;

  /**
   * A network over these parameters.
   *
   * @param tf builds the graph
   * @param parameters the values of {@link Architecture#parameters()}, in their order
   */
  public EmbeddingNetwork(Ops tf, List<? extends Operand<TFloat32>> parameters) {
    this.tf = tf;
    this.layers = new Layers<>(tf, parameters);
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
      maps = MaxPooling.of(tf, layers.activate(layer, layers.convolve(layer, maps)), 2, 2);
    }
    return layers.project(layers.average(maps));
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
}
