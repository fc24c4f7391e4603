package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds images of whatever form a file or folder has: the names and the first bytes tell it.
 *
 * @param settings what the user says of them
 * @param needsLabels whether arrays without labels are refused
 * @param notices takes what the user should know, a line each
 */
record ImageFinder(ReadSettings settings, boolean needsLabels, Consumer<String> notices) {
  /** What can be found, for messages. */
  static final String FORMS =
      "a folder of class folders (photos/<class>/<picture>), a table of file,label beside pictures,"
          + " IDX files, an .npz file or a .csv file of pixels";

  /**
   * Finds what a folder holds.
   *
   * @throws IOException when something in it cannot be used
   */
  FoundImages inFolder(Path path) throws IOException {
    FolderContent folder = FolderContent.innermost(path);
    if (IdxFolder.isFolder(folder)) {
      return new FoundImages.Arrays(IdxFolder.read(folder, settings.transposed()), true);
    }
    if (NpzReader.isFolder(folder)) {
      return arrays(NpzReader.readFolder(folder, isTransposed(), needsLabels));
    }
    List<Path> tables = folder.files().stream().filter(CsvTable::isNamed).toList();
    Optional<FoundImages> tabled = new TableReader(tables, settings, notices).read(path);
    if (tabled.isEmpty()) {
      return pictures(path, folder);
    }
    if (tabled.get() instanceof FoundImages.Files files) {
      tellUnlisted(files, folder);
    }
    return tabled.get();
  }

  private FoundImages pictures(Path path, FolderContent innermost) throws IOException {
    // The innermost folder may be the only class.
    boolean isClass = !innermost.folder().equals(path) && innermost.folders().isEmpty();
    Faults faults = new Faults(settings.strict());
    PictureFolder pictures =
        PictureFolder.of(
            isClass ? FolderContent.of(innermost.folder().getParent()) : innermost, faults);
    return new FoundImages.Files(pictures.classed(), pictures.loose(), faults);
  }

  private void tellUnlisted(FoundImages.Files tabled, FolderContent folder) throws IOException {
    Set<Path> listed = new HashSet<>();
    tabled.classed().files().forEach(file -> listed.add(file.normalize()));
    PictureFolder all = PictureFolder.of(folder, new Faults(false));
    long unlisted =
        Stream.concat(all.classed().files().stream(), all.loose().stream())
            .filter(file -> !listed.contains(file.normalize()))
            .count();
    if (unlisted > 0) {
      notices.accept(
          "%,d pictures in %s are in no row of its table, and left out."
              .formatted(unlisted, folder.folder()));
    }
  }

  /**
   * Finds what a file holds.
   *
   * @return empty when it is of a form that holds no set of images
   * @throws IOException when something in it cannot be used
   */
  Optional<FoundImages> inFile(Path file) throws IOException {
    if (NpzReader.isArchive(file)) {
      return Optional.of(arrays(NpzReader.read(file, isTransposed(), needsLabels)));
    }
    if (CsvTable.isNamed(file)) {
      Optional<FoundImages> found = new TableReader(List.of(file), settings, notices).read(file);
      if (found.isEmpty()) {
        throw new IOException(
            "expected a table with the columns file,label[,split] or label,pixel0,…,pixel783, found"
                + " other columns, or no pictures, in "
                + file);
      }
      return found;
    }
    if (IdxReader.isIdx(file)) {
      return Optional.of(
          new FoundImages.Arrays(IdxFolder.readSetOf(file, settings.transposed()), true));
    }
    return !needsLabels && file.toString().endsWith(".npy")
        ? Optional.of(arrays(NpzReader.readImages(file, isTransposed())))
        : Optional.empty();
  }

  private static FoundImages arrays(Dataset dataset) {
    return new FoundImages.Arrays(
        dataset, !dataset.classNames().names().equals(List.of(NpzReader.UNLABELED)));
  }

  private boolean isTransposed() {
    return settings.transposed().orElse(false);
  }
}
