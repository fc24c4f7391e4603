package dev.siamese.exchange;

import dev.siamese.data.Dataset;
import dev.siamese.data.DatasetListener;
import dev.siamese.data.DatasetSource;
import dev.siamese.data.Environment;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.RandomStream;
import dev.siamese.data.SyntheticDigits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pairs by which Java and Keras are compared: of MNIST where it is at hand, else drawn. */
public final class ParityPairs {
  public static final int PAIRS = 256;

  /** In Python: the images of a file that {@link #write} left, as floats of 0 to 1. */
  static final String READ_IMAGES =
      """
      def read_images(file):
          return np.fromfile(file, np.uint8).reshape(-1, 28, 28, 1).astype(np.float32) / 255
      """;

  /** Tells nobody of anything. */
  public static final DatasetListener QUIET =
      new DatasetListener() {
        @Override
        public void notice(String message) {}

        @Override
        public void downloading(long bytes, long total) {}
      };

  private ParityPairs() {}

  /** Pairs of 128 images, one of which is of an image with itself. */
  public static PairedImages draw() throws IOException {
    String mnist = System.getenv(Environment.DATA_DIR);
    Dataset dataset =
        mnist == null
            ? SyntheticDigits.dataset(0, PAIRS / 2, 1)
            : DatasetSource.of(mnist, null, Environment.system()).load(0, QUIET);
    PairedImages drawn =
        PairedImages.draw(dataset.train().range(0, PAIRS / 2), RandomStream.TEST_PAIRS, 1);
    drawn.pairs().second()[7] = drawn.pairs().first()[7];
    drawn.pairs().labels()[7] = Pairs.SAME;
    return drawn;
  }

  /** Writes the images of the pairs for Python: the first and the second ones. */
  public static void write(PairedImages pairs, Path first, Path second) throws IOException {
    Files.write(first, pixels(pairs.images(), pairs.pairs().first()));
    Files.write(second, pixels(pairs.images(), pairs.pairs().second()));
  }

  private static byte[] pixels(LabeledImages images, int[] positions) {
    int size = images.height() * images.width();
    byte[] pixels = new byte[positions.length * size];
    byte[] image = new byte[size];
    for (int i = 0; i < positions.length; i++) {
      images.copyPixels(positions[i], positions[i] + 1, image);
      System.arraycopy(image, 0, pixels, i * size, size);
    }
    return pixels;
  }
}
