package dev.siamese.exchange;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.model.Architecture;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SiameseModel;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Compares what a model computes with what the embedding network computes from its weights: shapes
 * that fit do not tell whether, for instance, there is another activation between them.
 */
final class NetworkComparison {
  private static final int PAIRS = 8;

  /** Wide enough for a model that computes in 16 bits. */
  private static final float RELATIVE_TOLERANCE = 0.05f;

  /** Keras's distances are not below √1e-7. */
  private static final float ABSOLUTE_TOLERANCE = 1e-3f;

  private NetworkComparison() {}

  /**
   * Compares distances of random images.
   *
   * @throws IOException when they differ by more than rounding explains
   */
  static void requireSame(ServedModel served, Weights weights, Path source) throws IOException {
    byte[] pixels = new byte[2 * PAIRS * Architecture.IMAGE_SIZE * Architecture.IMAGE_SIZE];
    new SplittableRandom(0).nextBytes(pixels);
    LabeledImages images =
        new LabeledImages(
            pixels, new int[2 * PAIRS], Architecture.IMAGE_SIZE, Architecture.IMAGE_SIZE);
    int[] first = new int[PAIRS];
    int[] second = new int[PAIRS];
    for (int pair = 0; pair < PAIRS; pair++) {
      first[pair] = pair;
      second[pair] = PAIRS + pair;
      blacken(pixels, second[pair], pair);
    }
    Pairs pairs = new Pairs(first, second, new byte[PAIRS]);
    try (SiameseModel network = new InferenceModel(weights, SessionSettings.defaults())) {
      float[] expected = network.distances(images, pairs);
      float[] found = served.distances(images, pairs);
      for (int pair = 0; pair < PAIRS; pair++) {
        float tolerance = ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * expected[pair];
        if (!(Math.abs(expected[pair] - found[pair]) <= tolerance)) {
          throw new IOException(
              "expected the embedding network, found one of the same shapes that computes other"
                  + " distances (%s, not %s) in %s".formatted(found[pair], expected[pair], source));
        }
      }
    }
  }

  /** Images of noise alone have almost the same averages: some of their rows are made black. */
  private static void blacken(byte[] pixels, int image, int pair) {
    int start = image * Architecture.IMAGE_SIZE * Architecture.IMAGE_SIZE;
    int rows = 4 + 2 * pair;
    Arrays.fill(pixels, start, start + rows * Architecture.IMAGE_SIZE, (byte) 0);
  }
}
