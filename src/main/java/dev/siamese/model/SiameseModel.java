package dev.siamese.model;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;

/** A trained network that one can ask for embeddings and distances. Safe for use by threads. */
public interface SiameseModel extends AutoCloseable {

  /**
   * The embeddings of images.
   *
   * @param images (n, 28, 28)
   * @return (n, embedding size)
   * @throws IllegalArgumentException when the images are of another size
   * @throws UnsupportedOperationException when this model tells only distances
   */
  float[][] embed(LabeledImages images);

  /**
   * The distances of pairs of images.
   *
   * @param images (n, 28, 28)
   * @param pairs of these images
   * @return one distance a pair, 0 or greater
   * @throws IllegalArgumentException when the images are of another size
   */
  default float[] distances(LabeledImages images, Pairs pairs) {
    float[][] embeddings = embed(images);
    float[] distances = new float[pairs.size()];
    for (int pair = 0; pair < distances.length; pair++) {
      distances[pair] =
          PairDistance.euclidean(embeddings[pairs.first()[pair]], embeddings[pairs.second()[pair]]);
    }
    return distances;
  }

  /** Frees the native memory. */
  @Override
  void close();
}
