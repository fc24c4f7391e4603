package dev.siamese.model;

import dev.siamese.model.SessionSettings.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * The graph of the twin as this program trains and uses it: what {@link EmbeddingNetwork} computes,
 * by rewrites that more than halve the work, exact but for the order of sums, in float32 or with
 * the convolutions in bfloat16, and with dropout where that is wanted.
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
  private final Ops tf;
  private final Layers<TFloat32> layers;
  private final FastConvolutions<? extends TNumber> convolutions;

  /**
   * A network over these parameters.
   *
   * @param tf builds the graph
   * @param parameters the values of {@link Architecture#parameters()}, in their order
   * @param precision of the convolutions
   * @param dropout what follows each pooling while training; empty at inference
   */
  public FastEmbeddingNetwork(
      Ops tf,
      List<? extends Operand<TFloat32>> parameters,
      Precision precision,
      Optional<DropoutInputs> dropout) {
    this.tf = tf;
    this.layers = new Layers<>(tf, parameters);
    this.convolutions =
        switch (precision) {
          case FLOAT32 -> new FastConvolutions<>(tf, parameters, TFloat32.class, dropout);
          case BFLOAT16 -> new FastConvolutions<>(tf, parameters, TBfloat16.class, dropout);
        };
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

  /** What the convolutions make of images: (n, filters). */
  private Operand<TFloat32> features(Operand<TUint8> pixels) {
    return tf.dtypes.cast(convolutions.features(pixels), TFloat32.class);
  }
}
