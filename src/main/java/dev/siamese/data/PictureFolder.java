package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of class folders, {@code <class>/…/<picture>}, which may stand in folders for the parts,
 * {@code train|validation|test/<class>/…/<picture>}.
 *
 * @param classed the pictures in class folders, in the order of their paths
 * @param loose the pictures that are in none
 */
record PictureFolder(PictureList classed, List<Path> loose) {
  private static final int DEEPEST = 32;

  /**
   * Looks through a folder, opening no picture.
   *
   * @param faults is told of files that are no pictures by their names
   * @throws IOException when a folder cannot be read
   */
  static PictureFolder of(FolderContent content, Faults faults) throws IOException {
    PictureFolder pictures = new PictureFolder(new PictureList(), new ArrayList<>());
    boolean divided =
        content.folders().stream().anyMatch(inner -> part(inner).equals(Optional.of(Part.TRAIN)));
    if (!divided) {
      pictures.addClasses(content, Part.TRAIN, faults);
      return pictures;
    }
    pictures.addLoose(content.files(), faults);
    for (Path inner : content.folders()) {
      Optional<Part> part = part(inner);
      if (part.isPresent()) {
        pictures.addClasses(FolderContent.of(inner), part.get(), faults);
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

  private void addClasses(FolderContent content, Part part, Faults faults) throws IOException {
    addLoose(content.files(), faults);
    for (Path folder : content.folders()) {
      addClass(folder, folder.getFileName().toString(), part, 1, faults);
    }
  }

  private void addClass(Path folder, String label, Part part, int depth, Faults faults)
      throws IOException {
    if (depth > DEEPEST) {
      throw new IOException(
          "expected at most %d folders within each other, found more: %s"
              .formatted(DEEPEST, folder));
    }
    FolderContent content;
    try {
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
    for (Path inner : content.folders()) {
      addClass(inner, label, part, depth + 1, faults);
    }
  }

  private void addLoose(List<Path> files, Faults faults) throws IOException {
    for (Path file : files) {
      if (PictureFile.isNamed(file)) {
        loose.add(file);
      } else {
        faults.foreign(file);
      }
    }
  }
}
