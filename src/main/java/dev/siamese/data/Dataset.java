package dev.siamese.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * A data set as a run uses it.
 *
 * @param name what charts and run folders call it, for instance "MNIST"
 * @param origin where it was read from, in words for the user
 * @param train images to train and validate on
 * @param test images to test on
 */
public record Dataset(String name, String origin, LabeledImages train, LabeledImages test) {

  /**
   * Checks that training and test images are of one size.
   *
   * @throws IllegalArgumentException when they are not
   */
  public Dataset {
    if (train.height() != test.height() || train.width() != test.width()) {
      throw new IllegalArgumentException(
          "expected test images of %d×%d like the training images, found %d×%d"
              .formatted(train.height(), train.width(), test.height(), test.width()));
    }
  }

  /**
   * The SHA-256 of the content in lower-case hexadecimal, whatever form it was read from: of the
   * four uncompressed IDX files one after the other (training images, training labels, test images,
   * test labels). For MNIST {@code cat train-images-idx3-ubyte train-labels-idx1-ubyte
   * t10k-images-idx3-ubyte t10k-labels-idx1-ubyte | sha256sum} prints it. Of a label only the
   * lowest byte counts, as IDX has no room for more.
   */
  public String checksum() {
    MessageDigest digest = Sha256.digest();
    update(digest, train);
    update(digest, test);
    return Sha256.hex(digest);
  }

  private static void update(MessageDigest digest, LabeledImages images) {
    int height = images.height();
    int width = images.width();
    updateHeader(digest, IdxReader.IMAGES_MAGIC, images.size(), height, width);
    byte[] pixels = new byte[height * width];
    for (int image = 0; image < images.size(); image++) {
      images.copyPixels(image, image + 1, pixels);
      digest.update(pixels);
    }
    updateHeader(digest, IdxReader.LABELS_MAGIC, images.size());
    for (int label : images.labels()) {
      digest.update((byte) label);
    }
  }

  private static void updateHeader(MessageDigest digest, int... header) {
    ByteBuffer bytes = ByteBuffer.allocate(header.length * Integer.BYTES);
    bytes.asIntBuffer().put(header);
    digest.update(bytes);
  }
}
