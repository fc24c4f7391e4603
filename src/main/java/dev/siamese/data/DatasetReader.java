package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a data set of whatever form a file or folder has.
 *
 * @param settings what the user says of it
 * @param cache the folder for what would take too much memory
 * @param notices takes what the user should know, a line each
 */
record DatasetReader(ReadSettings settings, Path cache, Consumer<String> notices) {

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
      throw new IOException("expected " + ImageFinder.FORMS + ", found " + data, e);
    }
    ImageFinder finder = new ImageFinder(settings, true, notices);
    if (Files.isDirectory(path)) {
      return dataset(finder.inFolder(path), path);
    }
    if (Files.isRegularFile(path)) {
      Optional<FoundImages> found = finder.inFile(path);
      if (found.isEmpty()) {
        throw new IOException(
            "expected %s, found %s: %s"
                .formatted(
                    ImageFinder.FORMS,
                    RefusedForm.of(path).map(RefusedForm::advice).orElse("something else"),
                    path));
      }
      return dataset(found.get(), path);
    }
    throw new IOException(
        "expected %s, %s, %s, %s, found no such file: %s"
            .formatted(
                DatasetSource.AUTO,
                DatasetSource.MNIST,
                DatasetSource.SYNTHETIC,
                ImageFinder.FORMS,
                data));
  }

  private Dataset dataset(FoundImages found, Path path) throws IOException {
    if (found instanceof FoundImages.Arrays arrays) {
      InkChoice.remark(arrays.dataset().train(), settings.ink()).ifPresent(notices);
      return arrays.dataset();
    }
    FoundImages.Files files = (FoundImages.Files) found;
    if (files.classed().isEmpty()) {
      throw new IOException(
          "expected %s, found %s in %s"
              .formatted(ImageFinder.FORMS, otherContent(files, path), path));
    }
    for (Path loose : files.loose()) {
      files
          .faults()
          .add(new IOException("expected pictures in class folders, found one beside: " + loose));
    }
    return PictureReader.dataset(files.classed(), path, settings, cache, files.faults(), notices);
  }

  private static String otherContent(FoundImages.Files files, Path path) throws IOException {
    if (!files.loose().isEmpty()) {
      return "%d pictures in no class folder (make one for each class, or a table labels.csv of"
              .formatted(files.loose().size())
          + " file,label)";
    }
    FolderContent content = FolderContent.innermost(path);
    return content.files().stream()
        .map(RefusedForm::of)
        .flatMap(Optional::stream)
        .findFirst()
        .map(RefusedForm::advice)
        .orElse(
            "%d files and %d folders, which are none"
                .formatted(content.files().size(), content.folders().size()));
  }
}
