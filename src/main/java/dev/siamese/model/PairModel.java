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
   */
  float[][] embed(LabeledImages images);

  /**
   * Compares the images of pairs.
   *
   * @param images (n, height, width, channels)
   * @param pairs of these images
   * @return a distance or a similarity a pair, as {@link #output} says
   * @throws IllegalArgumentException when the images are of another size
   */
  float[] compare(LabeledImages images, Pairs pairs);

  /** Frees the native memory. */
  @Override
  void close();
}
