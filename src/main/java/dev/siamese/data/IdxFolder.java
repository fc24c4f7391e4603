package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** IDX files that make a data set by their names, such as MNIST's and EMNIST's have. */
final class IdxFolder {
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private static final Pattern IDX = Pattern.compile("(?i)idx[134]|ubyte");
  private static final String EMNIST = "emnist";

  private IdxFolder() {}

  /** Whether a folder holds files of IDX by their names. */
  static boolean isFolder(FolderContent folder) {
    return !sets(folder).isEmpty();
  }

  /**
   * Reads the data set in a folder; it is named after the folder unless it is MNIST.
   *
   * @param transposed whether rows and columns have to change places, by default of EMNIST's only
   * @throws IOException when the folder or a file is missing, there are several data sets, or a
   *     file cannot be used
   */
  static Dataset read(Path folder, Optional<Boolean> transposed) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("expected a folder of IDX files, found none: " + folder);
    }
    return read(FolderContent.of(folder), transposed);
  }

  /**
   * The same of a folder that has been listed.
   *
   * @see #read(Path, Optional)
   */
  static Dataset read(FolderContent content, Optional<Boolean> transposed) throws IOException {
    Path folder = content.folder();
    Map<String, NamedArrays<Path>> sets = sets(content);
    if (sets.size() > 1) {
      throw new IOException(
          "expected the IDX files of one data set, found those of %s in %s: give the images to train"
                  .formatted(NamedArrays.some(sets.keySet()), folder)
              + " on, as in --data "
              + sets.values().iterator().next().images().values().iterator().next());
    }
    if (sets.isEmpty()) {
      throw new IOException(
          "expected %s(.gz) and its like, found no such file in %s"
              .formatted(TRAIN_IMAGES, folder));
    }
    Map.Entry<String, NamedArrays<Path>> set = sets.entrySet().iterator().next();
    return read(set.getKey(), set.getValue(), DatasetParts.nameOf(folder), content, transposed);
  }

  /**
   * Reads the data set that a file of images belongs to.
   *
   * @see #read(Path, Optional)
   */
  static Dataset readSetOf(Path images, Optional<Boolean> transposed) throws IOException {
    FolderContent folder = FolderContent.of(images.toAbsolutePath().getParent());
    Optional<ArrayName> name = ArrayName.of(images.getFileName().toString());
    NamedArrays<Path> set = name.map(ArrayName::set).map(sets(folder)::get).orElse(null);
    if (set == null) {
      throw new IOException(
          "expected IDX images with a name like %s, and their labels beside them, found %s"
              .formatted(TRAIN_IMAGES, images));
    }
    String title =
        name.get().set().isEmpty() ? DatasetParts.nameOf(folder.folder()) : name.get().set();
    return read(name.get().set(), set, title, folder, transposed);
  }

  private static Dataset read(
      String set,
      NamedArrays<Path> files,
      String name,
      FolderContent origin,
      Optional<Boolean> transposed)
      throws IOException {
    files.requireLabels(names(origin.files()), origin.folder());
    DatasetParts parts = new DatasetParts();
    for (Part part : files.images().keySet()) {
      parts.put(
          part,
          IdxReader.read(
              files.images().get(part), files.labels().get(part), isTransposed(set, transposed)));
    }
    return parts.dataset(name, origin.folder());
  }

  private static boolean isTransposed(String set, Optional<Boolean> told) {
    return told.orElse(set.startsWith(EMNIST));
  }

  /** Whether rows and columns of a file's images have to change places, unless the user tells. */
  static boolean isTransposed(Path images, Optional<Boolean> told) {
    String name = images.getFileName().toString();
    return isTransposed(ArrayName.of(name).map(ArrayName::set).orElse(""), told);
  }

  private static Map<String, NamedArrays<Path>> sets(FolderContent folder) {
    Map<String, Path> plainFirst = new LinkedHashMap<>();
    for (boolean packed : new boolean[] {false, true}) {
      for (Path file : folder.files()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".gz") == packed
            && IDX.matcher(name).find()
            && ArrayName.of(name).isPresent()) {
          plainFirst.put(name, file);
        }
      }
    }
    return NamedArrays.group(plainFirst);
  }

  private static Collection<String> names(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).toList();
  }

  /** Whether the folder has MNIST's four files, whatever they hold. */
  static boolean isComplete(Path folder) {
    return Stream.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS)
        .allMatch(
            name ->
                Stream.of(name, name + ".gz").map(folder::resolve).anyMatch(Files::isRegularFile));
  }

  /** The file of labels that belongs to a file of images by their names. */
  static Optional<Path> labelsBeside(Path images) throws IOException {
    Optional<ArrayName> name = ArrayName.of(images.getFileName().toString());
    return name.map(ArrayName::set)
        .map(sets(FolderContent.of(images.toAbsolutePath().getParent()))::get)
        .map(set -> set.labels().get(name.get().part()));
  }
}
