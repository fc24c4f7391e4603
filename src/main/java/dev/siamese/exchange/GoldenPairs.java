package dev.siamese.exchange;

import com.google.gson.Gson;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.model.Architecture;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.PairDistance;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SiameseModel;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A few pairs and what the model makes of them, stored beside it as JSON, for other programs to
 * compare with.
 *
 * @param image1 grey values of the first images, 0 to 255: (n, 784)
 * @param image2 grey values of the second images: (n, 784)
 * @param distance their distances: (n)
 * @param embedding1 the embeddings of the first images: (n, embedding size)
 */
record GoldenPairs(int[][] image1, int[][] image2, float[] distance, float[][] embedding1) {
  private static final int PIXELS = Architecture.IMAGE_SIZE * Architecture.IMAGE_SIZE;
  private static final int MOST_PAIRS = 8;

  /** Of the embeddings' length; what rounding explains. */
  private static final float TOLERANCE = 1e-6f;

  /**
   * Asks a written model for the distances of the first pairs.
   *
   * @throws IOException when it cannot be read back, or what it computes is not what its weights
   *     say
   */
  static GoldenPairs ask(SavedModelReader written, Weights weights, PairedImages samples)
      throws IOException {
    PairedImages few = firstPairs(samples);
    int size = few.pairs().size();
    try (SiameseModel network = new InferenceModel(weights, SessionSettings.defaults());
        ServedModel model = written.load(SessionSettings.defaults())) {
      float[][] embeddings = model.embed(few.images());
      float[] distances = model.distancesBySignature(few.images(), few.pairs());
      float[][] expectedEmbeddings = network.embed(few.images());
      float[] expectedDistances = network.distances(few.images(), few.pairs());
      for (int i = 0; i < size; i++) {
        float[] expected = expectedEmbeddings[i];
        float tolerance =
            TOLERANCE * Math.max(1, PairDistance.euclidean(expected, new float[expected.length]));
        requireWithin(tolerance, PairDistance.euclidean(expected, embeddings[i]));
        requireWithin(tolerance, Math.abs(expectedDistances[i] - distances[i]));
      }
      return new GoldenPairs(
          pixels(few.images(), few.pairs().first()),
          pixels(few.images(), few.pairs().second()),
          distances,
          Arrays.copyOf(embeddings, size));
    }
  }

  private static void requireWithin(float tolerance, float difference) throws IOException {
    if (!(difference <= tolerance)) {
      throw new IOException(
          "expected the written model to compute the same within %s, found a difference of %s"
              .formatted(tolerance, difference));
    }
  }

  /** The first images of the pairs, in their order, and after them the second ones. */
  private static PairedImages firstPairs(PairedImages samples) {
    int size = Math.min(MOST_PAIRS, samples.pairs().size());
    byte[] pixels = new byte[2 * size * PIXELS];
    byte[] image = new byte[PIXELS];
    for (int i = 0; i < 2 * size; i++) {
      int[] positions = i < size ? samples.pairs().first() : samples.pairs().second();
      int position = positions[i % size];
      samples.images().copyPixels(position, position + 1, image);
      System.arraycopy(image, 0, pixels, i * PIXELS, PIXELS);
    }
    return new PairedImages(
        new LabeledImages(
            pixels, new int[2 * size], Architecture.IMAGE_SIZE, Architecture.IMAGE_SIZE),
        new Pairs(
            IntStream.range(0, size).toArray(),
            IntStream.range(size, 2 * size).toArray(),
            Arrays.copyOf(samples.pairs().labels(), size)));
  }

  private static int[][] pixels(LabeledImages images, int[] positions) {
    int[][] pixels = new int[positions.length][PIXELS];
    for (int i = 0; i < positions.length; i++) {
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        pixels[i][pixel] =
            images.pixel(
                positions[i], pixel / Architecture.IMAGE_SIZE, pixel % Architecture.IMAGE_SIZE);
      }
    }
    return pixels;
  }

  /** Writes them to a new file. */
  void write(Path file) throws IOException {
    Files.createDirectory(file.getParent());
    Files.writeString(file, new Gson().toJson(this) + "\n");
  }
}
