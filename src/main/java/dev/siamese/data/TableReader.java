package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads tables: of pixels, or of picture files. Of several, each is for the part that its name
 * tells.
 *
 * @param tables all tables there are, those among them that hold neither
 */
record TableReader(List<Path> tables, ReadSettings settings, Consumer<String> notices) {
  private static final String EMNIST = "emnist";

  /**
   * Reads what they hold: images, or the names of pictures.
   *
   * @return empty when none of the tables holds images or names pictures
   * @throws IOException when two tables are for one part, or one cannot be used
   */
  Optional<FoundImages> read(Path origin) throws IOException {
    Faults faults = new Faults(settings.strict());
    PictureList pictures = new PictureList();
    DatasetParts arrays = new DatasetParts();
    Map<Part, Path> taken = new EnumMap<>(Part.class);
    for (Path file : tables) {
      try (CsvTable table = CsvTable.open(file)) {
        Part part = tables.size() == 1 ? Part.TRAIN : partOf(file);
        if (PictureTable.is(table)) {
          take(part, file, taken);
          pictures.addAll(PictureTable.read(table, part, faults));
        } else if (PixelTable.is(table) && PixelTable.hasLabels(table)) {
          take(part, file, taken);
          arrays.put(part, PixelTable.read(table, isTransposed(file)));
        } else if (PixelTable.is(table)) {
          notices.accept("A table of images without labels is left out: " + file);
        }
      }
    }
    if (!pictures.isEmpty() && !arrays.isEmpty()) {
      throw new IOException(
          "expected tables of one kind, found pixels and names of pictures in " + origin);
    }
    if (pictures.isEmpty() && !faults.found().isEmpty()) {
      notices.accept("Not one picture of a table is there: " + faults.found().get(0) + ".");
    }
    if (pictures.isEmpty()) {
      return arrays.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new FoundImages.Arrays(arrays.dataset(DatasetParts.nameOf(origin), origin), true));
    }
    return Optional.of(new FoundImages.Files(pictures, new PictureList(), faults));
  }

  private static void take(Part part, Path file, Map<Part, Path> taken) throws IOException {
    Path other = taken.put(part, file);
    if (other != null) {
      throw new IOException(
          "expected one table of %s images, found %s and %s"
              .formatted(part.text(), other.getFileName(), file));
    }
  }

  private boolean isTransposed(Path file) {
    return settings.transposed().orElse(file.getFileName().toString().startsWith(EMNIST));
  }

  private static Part partOf(Path file) {
    return ArrayName.partIn(file.getFileName().toString()).orElse(Part.TRAIN);
  }
}
