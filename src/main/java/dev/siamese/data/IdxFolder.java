package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder with a data set's four IDX files under the names MNIST gave them. */
final class IdxFolder {
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private IdxFolder() {}

  /**
   * Reads the data set; it is named after the folder unless it is MNIST.
   *
   * @throws IOException when the folder or a file is missing, or a file cannot be used
   */
  static Dataset read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("expected a folder of IDX files, found none: " + folder);
    }
    LabeledImages train =
        IdxReader.read(require(folder, TRAIN_IMAGES), require(folder, TRAIN_LABELS));
    LabeledImages test = IdxReader.read(require(folder, TEST_IMAGES), require(folder, TEST_LABELS));
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return MnistLike.dataset(name == null ? "images" : name.toString(), folder, train, test);
  }

  /** Whether the folder has all four files, whatever they hold. */
  static boolean isComplete(Path folder) {
    return Stream.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS)
        .allMatch(name -> find(folder, name).isPresent());
  }

  /** The file of this hyphenated name: with a hyphen or a dot before "idx", plain or with ".gz". */
  static Optional<Path> find(Path folder, String name) {
    String dotted = name.replace("-idx", ".idx");
    return List.of(name, dotted, name + ".gz", dotted + ".gz").stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** The file of labels that belongs to a file of images by their usual names. */
  static Optional<Path> labelsBeside(Path images) {
    String name = images.getFileName().toString().replaceFirst("\\.gz$", "");
    String labels = name.replace("images", "labels").replace("idx3", "idx1");
    return labels.equals(name)
        ? Optional.empty()
        : find(images.toAbsolutePath().getParent(), labels.replace(".idx", "-idx"));
  }

  private static Path require(Path folder, String name) throws IOException {
    return find(folder, name)
        .orElseThrow(
            () ->
                new IOException(
                    "expected %s(.gz), found no such file in %s".formatted(name, folder)));
  }
}
