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
  private static final int COLOUR_IMAGES_MAGIC = 0x0804;

  /**
   * Checks that training and test images are of one shape.
   *
   * @throws IllegalArgumentException when they are not
   */
  public Dataset {
    if (!train.shape().equals(test.shape())) {
      throw new IllegalArgumentException(
          "expected test images of %s like the training images, found %s"
              .formatted(train.shape(), test.shape()));
    }
  }

  /** Size and channels of all images. */
  public ImageShape shape() {
    return train.shape();
  }

  /**
   * The SHA-256 of the content in lower-case hexadecimal, whatever form it was read from: of the
   * four uncompressed IDX files one after the other (training images, training labels, test images,
   * test labels). For MNIST {@code cat train-images-idx3-ubyte train-labels-idx1-ubyte
   * t10k-images-idx3-ubyte t10k-labels-idx1-ubyte | sha256sum} prints it. Of a label only the
   * lowest byte counts, as IDX has no room for more. Colour images are taken as IDX files of four
   * dimensions (n, height, width, 3), which begin with 0x0804.
   */
  public String checksum() {
    MessageDigest digest = Sha256.digest();
    update(digest, train);
    update(digest, test);
    return Sha256.hex(digest);
  }

  private static void update(MessageDigest digest, LabeledImages images) {
    ImageShape shape = images.shape();
    if (shape.channels() == 1) {
      updateHeader(digest, IdxReader.IMAGES_MAGIC, images.size(), shape.height(), shape.width());
    } else {
      updateHeader(
          digest,
          COLOUR_IMAGES_MAGIC,
          images.size(),
          shape.height(),
          shape.width(),
          shape.channels());
    }
    byte[] pixels = new byte[shape.pixels()];
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
