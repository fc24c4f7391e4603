package dev.siamese.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads a data set of NumPy's arrays: an archive (a zip of .npy files) with {@code x_train}, {@code
 * y_train}, {@code x_test} and {@code y_test} as Keras has it, or other names that tell as much, or
 * a folder of files of one array each.
 */
final class NpzReader {
  private static final String NAMES =
      "np.savez(\"mine.npz\", x_train=images, y_train=labels, x_test=…, y_test=…)";

  /** What the class of images without labels is called. */
  static final String UNLABELED = "";

  private NpzReader() {}

  /** Reads an array by its name. */
  private interface ArraySource {
    NpyArray read(String name) throws IOException;
  }

  /**
   * Reads an archive; the data set is named after the file unless it is MNIST.
   *
   * @param transposed whether rows and columns have to change places
   * @param needsLabels whether labels may not be missing, all of them
   * @throws IOException when the file is missing or damaged, an array is missing, or an array is of
   *     another type or shape
   */
  static Dataset read(Path file, boolean transposed, boolean needsLabels) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("expected an .npz file, found none: " + file);
    }
    try (ZipFile archive = new ZipFile(file.toFile())) {
      List<String> names =
          archive.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".npy")).toList();
      if (names.isEmpty()) {
        List<String> found = archive.stream().limit(8).map(ZipEntry::getName).toList();
        throw new IOException(
            "expected an .npz file of NumPy's arrays, found %s in %s: unpack the archive, and give"
                    .formatted(found, file)
                + " the folder");
      }
      return read(file, names, transposed, needsLabels, name -> readEntry(archive, name, file));
    } catch (ZipException | EOFException e) {
      throw damaged(file, e);
    }
  }

  private static IOException damaged(Path file, IOException cause) {
    return new IOException(
        "expected an .npz file (a zip archive), found a damaged or different one: %s (%s)"
            .formatted(file, cause.getMessage()),
        cause);
  }

  /** The same, which has to have labels. */
  static Dataset read(Path file, boolean transposed) throws IOException {
    return read(file, transposed, true);
  }

  /** Whether a file is an archive, by its first bytes or by its name. */
  static boolean isArchive(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] start = stream.readNBytes(2);
      return Arrays.equals(start, new byte[] {'P', 'K'}) || file.toString().endsWith(".npz");
    }
  }

  /** Whether a folder holds files of one array each. */
  static boolean isFolder(FolderContent folder) {
    return !NamedArrays.group(files(folder)).isEmpty();
  }

  /** Reads a folder of .npy files, or of .npz files of one array each. */
  static Dataset readFolder(FolderContent folder, boolean transposed, boolean needsLabels)
      throws IOException {
    Map<String, Path> files = files(folder);
    return read(
        folder.folder(),
        List.copyOf(files.keySet()),
        transposed,
        needsLabels,
        name -> readAlone(files.get(name)));
  }

  /** Reads a file of nothing but images, without labels. */
  static Dataset readImages(Path file, boolean transposed) throws IOException {
    NpyArray array = readAlone(file);
    DatasetParts parts = new DatasetParts();
    parts.put(
        Part.TRAIN,
        NpyImages.of(List.of(array))
            .bytes(array)
            .labeled(unlabeled(array), transposed, array.what(), "labels"));
    return parts.dataset(DatasetParts.nameOf(file), file);
  }

  private static List<String> unlabeled(NpyArray images) {
    return Collections.nCopies(images.shape()[0], UNLABELED);
  }

  private static Map<String, Path> files(FolderContent folder) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (Path file : folder.files()) {
      String name = file.getFileName().toString();
      if (name.endsWith(".npy") || name.endsWith(".npz")) {
        files.put(name, file);
      }
    }
    return files;
  }

  private static NpyArray readAlone(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("expected an array, found no file: " + file);
    }
    if (file.toString().endsWith(".npy")) {
      try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
        return NpyArray.read(stream, file.toString());
      }
    }
    try (ZipFile archive = new ZipFile(file.toFile())) {
      List<String> names = archive.stream().map(ZipEntry::getName).toList();
      if (names.size() != 1) {
        throw new IOException("expected one array, found %s in %s".formatted(names, file));
      }
      return readEntry(archive, names.get(0), file);
    } catch (ZipException | EOFException e) {
      throw damaged(file, e);
    }
  }

  private static Dataset read(
      Path origin, List<String> names, boolean transposed, boolean needsLabels, ArraySource arrays)
      throws IOException {
    Map<String, String> byName = new LinkedHashMap<>();
    names.forEach(name -> byName.put(name, name));
    Map<String, NamedArrays<String>> sets = NamedArrays.group(byName);
    if (sets.size() != 1) {
      throw new IOException(
          "expected the arrays of one data set, found %s in %s: save it by %s"
              .formatted(NamedArrays.some(names), origin, NAMES));
    }
    NamedArrays<String> set = sets.values().iterator().next();
    boolean labeled = needsLabels || !set.labels().isEmpty();
    if (labeled) {
      set.requireLabels(names, origin);
    }
    Map<Part, NpyArray> images = new EnumMap<>(Part.class);
    for (Map.Entry<Part, String> array : set.images().entrySet()) {
      images.put(array.getKey(), arrays.read(array.getValue()));
    }
    NpyImages scale = NpyImages.of(images.values());
    DatasetParts parts = new DatasetParts();
    for (Part part : set.images().keySet()) {
      NpyArray array = images.remove(part);
      String source = set.labels().getOrDefault(part, "no labels") + " in " + origin;
      List<String> labels =
          labeled ? NpyLabels.of(arrays.read(set.labels().get(part))) : unlabeled(array);
      parts.put(
          part,
          scale
              .bytes(array)
              .labeled(labels, transposed, set.images().get(part) + " in " + origin, source));
    }
    return parts.dataset(DatasetParts.nameOf(origin), origin);
  }

  private static NpyArray readEntry(ZipFile archive, String name, Path file) throws IOException {
    ZipEntry entry = archive.getEntry(name);
    CRC32 checksum = new CRC32();
    try (InputStream stream =
        new CheckedInputStream(new BufferedInputStream(archive.getInputStream(entry)), checksum)) {
      NpyArray read = NpyArray.read(stream, name + " in " + file);
      if (checksum.getValue() != entry.getCrc()) {
        throw new IOException(
            "expected %s with CRC-32 %08x, found %08x in %s"
                .formatted(name, entry.getCrc(), checksum.getValue(), file));
      }
      return read;
    }
  }
}
