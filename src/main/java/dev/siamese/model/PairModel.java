package dev.siamese.model;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.network.OutputKind;
import dev.siamese.network.TensorShape;

/** A trained network that one can ask about images. Safe for use by threads. */
public interface PairModel extends AutoCloseable {

  /** What it says of pairs. */
  OutputKind output();

  /** The images that it takes: (height, width, channels). */
  TensorShape image();

  /**
   * The embeddings of images.
   *
   * @param images (n, height, width, channels)
   * @return (n, embedding size)
   * @throws IllegalArgumentException when the images are of another size
   * @throws UnsupportedOperationException when this model only compares
   * @throws IllegalStateException when it is closed
   */
  float[][] embed(LabeledImages images);

  /**
   * Compares the images of pairs.
   *
   * @param images (n, height, width, channels)
   * @param pairs of these images
   * @return a distance or a similarity a pair, as {@link #output} says
   * @throws IllegalArgumentException when the images are of another size
   * @throws IllegalStateException when it is closed
   */
  float[] compare(LabeledImages images, Pairs pairs);

  /**
   * Compares images by their embeddings.
   *
   * @param first (n, embedding size), as {@link #embed} gives them
   * @param second (n, embedding size)
   * @return a distance or a similarity of each first with its second, as {@link #output} says
   * @throws IllegalArgumentException when the embeddings are of another size
   * @throws UnsupportedOperationException when this model compares images only
   * @throws IllegalStateException when it is closed
   */
  float[] compare(float[][] first, float[][] second);

  /**
   * Frees the native memory, once the threads that ask something have their answers. A model can be
   * closed twice.
   */
  @Override
  void close();
}
