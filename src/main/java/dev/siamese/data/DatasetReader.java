package dev.siamese.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a data set of whatever form a file or folder has: the names and the first bytes tell it.
 *
 * @param settings what the user says of it
 * @param cache the folder for what would take too much memory
 * @param notices takes what the user should know, a line each
 */
record DatasetReader(ReadSettings settings, Path cache, Consumer<String> notices) {
  private static final String FORMS =
      "a folder of class folders (photos/<class>/<picture>), a table of file,label beside pictures,"
          + " IDX files, an .npz file or a .csv file of pixels";

  /**
   * Reads a data set.
   *
   * @param data the path, as the user wrote it
   * @throws IOException when there is none, it is of a form that is not read, or something in it
   *     cannot be used
   */
  Dataset read(String data) throws IOException {
    Path path;
    try {
      path = Path.of(data);
    } catch (InvalidPathException e) {
      throw new IOException("expected " + FORMS + ", found " + data, e);
    }
    if (Files.isDirectory(path)) {
      return readFolder(path);
    }
    if (Files.isRegularFile(path)) {
      return readFile(path);
    }
    throw new IOException(
        "expected %s, %s, %s, %s, found no such file: %s"
            .formatted(
                DatasetSource.AUTO, DatasetSource.MNIST, DatasetSource.SYNTHETIC, FORMS, data));
  }

  private Dataset readFolder(Path path) throws IOException {
    Path folder = FolderContent.innermost(path);
    if (IdxFolder.isFolder(folder)) {
      return IdxFolder.read(folder, settings.transposed());
    }
    if (NpzReader.isFolder(folder)) {
      return NpzReader.readFolder(folder, isTransposed());
    }
    List<Path> tables =
        FolderContent.of(folder).files().stream().filter(CsvTable::isNamed).toList();
    Optional<Dataset> dataset = tables(tables).read(path);
    return dataset.isPresent() ? dataset.get() : readPictures(path, folder);
  }

  private Dataset readPictures(Path path, Path folder) throws IOException {
    Faults faults = new Faults(settings.strict());
    PictureFolder pictures = PictureFolder.of(folder, faults);
    if (pictures.classed().isEmpty()) {
      throw new IOException(
          "expected %s, found %s in %s".formatted(FORMS, otherContent(pictures, folder), path));
    }
    for (Path loose : pictures.loose()) {
      faults.add(new IOException("expected pictures in class folders, found one beside: " + loose));
    }
    return PictureReader.dataset(pictures.classed(), path, settings, cache, faults, notices);
  }

  private static String otherContent(PictureFolder pictures, Path folder) throws IOException {
    if (!pictures.loose().isEmpty()) {
      return "%d pictures in no class folder (make one for each class, or a table labels.csv of"
              .formatted(pictures.loose().size())
          + " file,label)";
    }
    FolderContent content = FolderContent.of(folder);
    return content.files().stream()
        .map(RefusedForm::of)
        .flatMap(Optional::stream)
        .findFirst()
        .map(RefusedForm::advice)
        .orElse(
            "%d files and %d folders, which are none"
                .formatted(content.files().size(), content.folders().size()));
  }

  private Dataset readFile(Path file) throws IOException {
    byte[] start;
    try (InputStream stream = Files.newInputStream(file)) {
      start = stream.readNBytes(2);
    }
    if (Arrays.equals(start, new byte[] {'P', 'K'}) || file.toString().endsWith(".npz")) {
      return NpzReader.read(file, isTransposed());
    }
    if (CsvTable.isNamed(file)) {
      return tables(List.of(file))
          .read(file)
          .orElseThrow(
              () ->
                  new IOException(
                      "expected a table with the columns file,label[,split] or"
                          + " label,pixel0,…,pixel783, found other columns, or no pictures, in "
                          + file));
    }
    if (IdxReader.isIdx(file)) {
      return IdxFolder.readSetOf(file, settings.transposed());
    }
    Optional<RefusedForm> refused = RefusedForm.of(file);
    throw new IOException(
        "expected %s, found %s: %s"
            .formatted(FORMS, refused.map(RefusedForm::advice).orElse("something else"), file));
  }

  private TableReader tables(List<Path> tables) {
    return new TableReader(tables, settings, cache, notices);
  }

  private boolean isTransposed() {
    return settings.transposed().orElse(false);
  }
}
