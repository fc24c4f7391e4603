package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;

/**
 * A table with a picture in each row: its file, its label and, if need be, the part it is for,
 * under names of the columns or in this order.
 */
final class PictureTable {
  private static final Set<String> FILE =
      Set.of(
          "file",
          "filename",
          "file_name",
          "filepath",
          "path",
          "image",
          "image_path",
          "image_name",
          "img",
          "picture",
          "name");
  private static final Set<String> LABEL =
      Set.of("label", "labels", "class", "class_name", "category", "target", "species", "y");
  private static final Set<String> PART =
      Set.of("split", "set", "subset", "part", "partition", "usage");

  private PictureTable() {}

  /** Whether a table is one of pictures. */
  static boolean is(CsvTable table) {
    return hasNames(table) || isFile(table, table.first().get(0)) && table.first().size() <= 3;
  }

  private static boolean hasNames(CsvTable table) {
    return table.column(FILE) >= 0 && table.column(LABEL) >= 0;
  }

  private static boolean isFile(CsvTable table, String name) {
    try {
      return !name.isBlank() && Files.isRegularFile(table.file().resolveSibling(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * Reads all rows.
   *
   * @param part what the pictures are for where no column says it
   * @param faults is told of files that are not there
   * @throws IOException when a row is too short or tells an unknown part
   */
  static List<LabeledPicture> read(CsvTable table, Part part, Faults faults) throws IOException {
    List<LabeledPicture> pictures = new ArrayList<>();
    boolean named = hasNames(table);
    int file = named ? table.column(FILE) : 0;
    int label = named ? table.column(LABEL) : 1;
    int parts = named ? table.column(PART) : table.first().size() > 2 ? 2 : -1;
    if (!named) {
      add(table, table.first(), 1, new int[] {file, label, parts}, part, pictures, faults);
    }
    for (Optional<CSVRecord> row = table.next(); row.isPresent(); row = table.next()) {
      add(
          table,
          row.get().toList(),
          row.get().getRecordNumber(),
          new int[] {file, label, parts},
          part,
          pictures,
          faults);
    }
    return pictures;
  }

  private static void add(
      CsvTable table,
      List<String> cells,
      long row,
      int[] columns,
      Part part,
      List<LabeledPicture> pictures,
      Faults faults)
      throws IOException {
    if (cells.size() <= Math.max(columns[0], columns[1]) || cells.get(columns[1]).isBlank()) {
      throw new IOException(
          "expected a file and a label, found %s in row %d of %s"
              .formatted(cells, row, table.file()));
    }
    String name = cells.get(columns[0]);
    String said = columns[2] < 0 || columns[2] >= cells.size() ? "" : cells.get(columns[2]).strip();
    Optional<Part> known = said.isEmpty() ? Optional.of(part) : ArrayName.part(said);
    if (known.isEmpty()) {
      throw new IOException(
          "expected train, validation or test, found %s in row %d of %s"
              .formatted(said, row, table.file()));
    }
    if (isFile(table, name)) {
      pictures.add(
          new LabeledPicture(
              table.file().resolveSibling(name), cells.get(columns[1]).strip(), known.get()));
    } else {
      faults.add(
          new IOException(
              "expected the picture of row %d of %s, found none: %s"
                  .formatted(row, table.file(), name)));
    }
  }
}
