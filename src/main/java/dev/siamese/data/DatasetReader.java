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
    ImageFinder finder = new ImageFinder(settings, !settings.unlabelled(), notices);
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
      FaintImages.remark(arrays.dataset()).ifPresent(notices);
      InkChoice.remark(arrays.dataset().train(), settings.ink()).ifPresent(notices);
      return arrays.labeled() ? arrays.dataset() : arrays.dataset().withoutLabels();
    }
    FoundImages.Files files = (FoundImages.Files) found;
    if (settings.unlabelled() && !files.loose().isEmpty()) {
      return unlabelled(files, path);
    }
    if (files.classed().isEmpty()) {
      throw new IOException(
          "expected %s, found %s in %s"
              .formatted(ImageFinder.FORMS, otherContent(files, path), path));
    }
    for (Path loose : files.loose().files()) {
      files
          .faults()
          .add(new IOException("expected pictures in class folders, found one beside: " + loose));
    }
    Dataset dataset =
        PictureReader.dataset(files.classed(), path, settings, cache, files.faults(), notices);
    return settings.unlabelled() && !ClassSizes.of(dataset.train()).makePairs()
        ? dataset.withoutLabels()
        : dataset;
  }

  /** All pictures of a folder, of which not all are in class folders. */
  private Dataset unlabelled(FoundImages.Files files, Path path) throws IOException {
    PictureList all = files.loose();
    if (!files.classed().isEmpty()) {
      notices.accept(
          "%,d of %,d pictures are in no class folder: the folders of the others are no labels."
              .formatted(all.size(), all.size() + files.classed().size()));
    }
    all.addAll(files.classed());
    return PictureReader.dataset(all, path, settings, cache, files.faults(), notices)
        .withoutLabels();
  }

  private static String otherContent(FoundImages.Files files, Path path) throws IOException {
    if (!files.loose().isEmpty()) {
      return "%d pictures in no class folder (make one for each class, or a table labels.csv of"
              .formatted(files.loose().size())
          + " file,label; --unlabelled learns from them without labels)";
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
