package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of class folders, {@code <class>/…/<picture>}, which may stand in folders for the parts,
 * {@code train|validation|test/<class>/…/<picture>}.
 *
 * @param classed the pictures in class folders, in the order of their paths
 * @param loose the pictures that are in none
 */
record PictureFolder(PictureList classed, PictureList loose) {
  private static final int DEEPEST = 32;

  /**
   * Looks through a folder, opening no picture.
   *
   * @param faults is told of files that are no pictures by their names
   * @throws IOException when a folder cannot be read
   */
  static PictureFolder of(FolderContent content, Faults faults) throws IOException {
    PictureFolder pictures = new PictureFolder(new PictureList(), new PictureList());
    Set<Path> above = new HashSet<>(Set.of(content.folder().toRealPath()));
    boolean divided =
        content.folders().stream().anyMatch(inner -> part(inner).equals(Optional.of(Part.TRAIN)));
    if (!divided) {
      pictures.addClasses(content, Part.TRAIN, above, faults);
      return pictures;
    }
    pictures.addLoose(content.files(), Part.TRAIN, faults);
    for (Path inner : content.folders()) {
      Optional<Part> part = part(inner);
      if (part.isPresent()) {
        pictures.addPart(inner, part.get(), above, faults);
      } else {
        faults.add(
            new IOException(
                "expected the folders train, validation and test, found beside them: " + inner));
      }
    }
    return pictures;
  }

  private static Optional<Part> part(Path folder) {
    return ArrayName.part(folder.getFileName().toString());
  }

  private void addPart(Path folder, Part part, Set<Path> above, Faults faults) throws IOException {
    Path real = folder.toRealPath();
    if (!above.add(real)) {
      faults.add(circle(folder));
      return;
    }
    addClasses(FolderContent.of(folder), part, above, faults);
    above.remove(real);
  }

  private void addClasses(FolderContent content, Part part, Set<Path> above, Faults faults)
      throws IOException {
    addLoose(content.files(), part, faults);
    for (Path folder : content.folders()) {
      addClass(folder, folder.getFileName().toString(), part, above, faults);
    }
  }

  private static IOException circle(Path folder) {
    return new IOException(
        "expected folders that do not lead back into themselves, found a link to one above: "
            + folder);
  }

  /**
   * Adds the pictures of a class folder, or of one within it.
   *
   * @param above the real paths of the folders it is in, by which a link in a circle is known
   */
  private void addClass(Path folder, String label, Part part, Set<Path> above, Faults faults)
      throws IOException {
    if (above.size() > DEEPEST) {
      faults.add(
          new IOException(
              "expected at most %d folders within each other, found more: %s"
                  .formatted(DEEPEST, folder)));
      return;
    }
    FolderContent content;
    Path real;
    try {
      real = folder.toRealPath();
      if (above.contains(real)) {
        throw circle(folder);
      }
      content = FolderContent.of(folder);
    } catch (IOException e) {
      faults.add(e);
      return;
    }
    for (Path file : content.files()) {
      if (PictureFile.isNamed(file)) {
        classed.add(new LabeledPicture(file, label, part));
      } else {
        faults.foreign(file);
      }
    }
    above.add(real);
    for (Path inner : content.folders()) {
      addClass(inner, label, part, above, faults);
    }
    above.remove(real);
  }

  private void addLoose(List<Path> files, Part part, Faults faults) throws IOException {
    for (Path file : files) {
      if (PictureFile.isNamed(file)) {
        loose.add(new LabeledPicture(file, Dataset.UNLABELLED, part));
      } else {
        faults.foreign(file);
      }
    }
  }
}
