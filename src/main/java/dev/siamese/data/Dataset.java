package dev.siamese.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data set as it was found.
 *
 * @param name what charts and run folders call it, for instance "MNIST"
 * @param origin where it was read from, in words for the user
 * @param train images to train on, and whatever the other parts are to be taken from
 * @param validationPart images to validate on, if it has a part for that
 * @param testPart images to test on, if it has a part for that
 * @param pictures what was seen of its picture files, if it is one of those
 * @param labelled whether the labels mean something: else all are 0
 */
public record Dataset(
    String name,
    String origin,
    LabeledImages train,
    Optional<LabeledImages> validationPart,
    Optional<LabeledImages> testPart,
    Optional<PictureSurvey> pictures,
    boolean labelled) {
  /** What the one class of images without labels is called. */
  public static final String UNLABELLED = "unlabelled";

  /**
   * Checks that all images are of one shape.
   *
   * @throws IllegalArgumentException when they are not
   */
  public Dataset {
    requireShape(train, validationPart, Part.VALIDATION);
    requireShape(train, testPart, Part.TEST);
  }

  /** A data set with labels. */
  public Dataset(
      String name,
      String origin,
      LabeledImages train,
      Optional<LabeledImages> validationPart,
      Optional<LabeledImages> testPart,
      Optional<PictureSurvey> pictures) {
    this(name, origin, train, validationPart, testPart, pictures, true);
  }

  /** A data set of images to train and validate on, and of images to test on. */
  public Dataset(String name, String origin, LabeledImages train, LabeledImages test) {
    this(name, origin, train, Optional.empty(), Optional.of(test), Optional.empty());
  }

  /**
   * Checks that the labels mean something.
   *
   * @param purpose in words
   * @throws IllegalArgumentException when they do not
   */
  void requireLabels(String purpose) {
    if (!labelled) {
      throw new IllegalArgumentException("expected labels " + purpose + ", found none");
    }
  }

  /** The same images, whose labels mean nothing. */
  Dataset withoutLabels() {
    return new Dataset(
        name,
        origin,
        unlabelled(train),
        validationPart.map(Dataset::unlabelled),
        testPart.map(Dataset::unlabelled),
        pictures,
        false);
  }

  private static LabeledImages unlabelled(LabeledImages images) {
    return images.labelled(new int[images.size()], new ClassNames(List.of(UNLABELLED)));
  }

  /** The same, read from picture files. */
  Dataset withPictures(Optional<PictureSurvey> survey) {
    return new Dataset(name, origin, train, validationPart, testPart, survey, labelled);
  }

  private static void requireShape(LabeledImages train, Optional<LabeledImages> other, Part part) {
    if (other.isPresent() && !train.shape().equals(other.get().shape())) {
      throw new IllegalArgumentException(
          "expected %s images of %s like the training images, found %s"
              .formatted(part.text(), train.shape(), other.get().shape()));
    }
  }

  /** Whether this is the data set that the reference program is trained on, whole. */
  public boolean isMnist() {
    return name.equals(Mnist.NAME);
  }

  /**
   * Images to test on.
   *
   * @throws IllegalStateException when there is no part for that, and {@link Split} has to make one
   */
  public LabeledImages test() {
    return testPart.orElseThrow(
        () -> new IllegalStateException("expected a test part, found none in " + origin));
  }

  /** The parts that there are. */
  Map<Part, LabeledImages> parts() {
    Map<Part, LabeledImages> parts = new EnumMap<>(Part.class);
    parts.put(Part.TRAIN, train);
    validationPart.ifPresent(images -> parts.put(Part.VALIDATION, images));
    testPart.ifPresent(images -> parts.put(Part.TEST, images));
    return parts;
  }

  /**
   * The images of all parts, one part after the other.
   *
   * @param environment names the folder for what would take too much memory
   * @throws IOException when there is no room for them
   */
  public LabeledImages whole(Environment environment) throws IOException {
    return parts().size() == 1
        ? train
        : LabeledImages.joined(parts().values(), environment.cache());
  }

  /** What the classes are called. */
  public ClassNames classNames() {
    return train.classNames();
  }

  /** Size and channels of all images. */
  public ImageShape shape() {
    return train.shape();
  }

  /**
   * The SHA-256 of the content in lower-case hexadecimal, whatever form it was read from: of the
   * four uncompressed IDX files one after the other (training images, training labels, test images,
   * test labels), with those to validate on, if there are any, before those to test on. For MNIST
   * {@code cat train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte
   * t10k-labels-idx1-ubyte | sha256sum} prints it. Of a label only the lowest byte counts, as IDX
   * has no room for more. Colour images are taken as IDX files of four dimensions (n, height,
   * width, 3), which begin with 0x0804.
   */
  public String checksum() {
    MessageDigest digest = Sha256.digest();
    parts().values().forEach(images -> update(digest, images));
    return Sha256.hex(digest);
  }

  private static void update(MessageDigest digest, LabeledImages images) {
    ImageShape shape = images.shape();
    if (shape.channels() == 1) {
      updateHeader(digest, IdxReader.IMAGES_MAGIC, images.size(), shape.height(), shape.width());
    } else {
      updateHeader(
          digest,
          IdxReader.COLOUR_IMAGES_MAGIC,
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
