package dev.siamese.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;

/**
 * A table with an image in each row, a label and its pixels row after row, as Kaggle has MNIST:
 * under names of the columns, or with the label first.
 */
final class PixelTable {
  private static final Set<String> LABEL = Set.of("label", "labels", "class", "target", "y");
  private static final int FEWEST_PIXELS = 16;
  private static final int WHITE = 255;

  private PixelTable() {}

  /** Whether a table is one of pixels, with labels or without. */
  static boolean is(CsvTable table) {
    return table.first().size() >= FEWEST_PIXELS;
  }

  /** Whether a table tells labels, rather than pixels alone. */
  static boolean hasLabels(CsvTable table) {
    return table.column(LABEL) >= 0 || hasNoNames(table);
  }

  /** Whether the first row is an image: only its label may be no number. */
  private static boolean hasNoNames(CsvTable table) {
    return table.column(LABEL) < 0
        && table.first().stream().skip(1).allMatch(cell -> cell.matches("[0-9.]+"));
  }

  /**
   * Reads all rows.
   *
   * @param transposed whether rows and columns of the images have to change places
   * @throws IOException when they are not all of one length, or something is no pixel
   */
  static DatasetParts.Images read(CsvTable table, boolean transposed) throws IOException {
    int column = Math.max(0, table.column(LABEL));
    int pixels = table.first().size() - 1;
    int side = (int) Math.round(Math.sqrt(pixels));
    if (side * side != pixels) {
      throw new IOException(
          "expected a label and the pixels of square images in each row, found %d columns in %s"
              .formatted(pixels + 1, table.file()));
    }
    List<String> labels = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (hasNoNames(table)) {
      add(table.first(), 1, column, labels, bytes, table.file());
    }
    for (Optional<CSVRecord> row = table.next(); row.isPresent(); row = table.next()) {
      List<String> cells = row.get().toList();
      if (cells.size() != pixels + 1) {
        throw new IOException(
            "expected %d columns, found %d in row %d of %s"
                .formatted(pixels + 1, cells.size(), row.get().getRecordNumber(), table.file()));
      }
      add(cells, row.get().getRecordNumber(), column, labels, bytes, table.file());
    }
    if (labels.isEmpty()) {
      throw new IOException("expected images, found none in " + table.file());
    }
    int[] shape = {labels.size(), side, side, 1};
    return new ArrayContent(shape, bytes.toByteArray())
        .labeled(labels, transposed, "images in " + table.file(), "labels");
  }

  private static void add(
      List<String> cells,
      long row,
      int label,
      List<String> labels,
      ByteArrayOutputStream bytes,
      Path file)
      throws IOException {
    for (int cell = 0; cell < cells.size(); cell++) {
      if (cell == label) {
        labels.add(cells.get(cell).strip());
      } else {
        bytes.write(pixel(cells.get(cell), row, file));
      }
    }
  }

  private static int pixel(String cell, long row, Path file) throws IOException {
    int value = 0;
    int digits = 0;
    while (digits < cell.length() && Character.digit(cell.charAt(digits), 10) >= 0) {
      value = Math.min(WHITE + 1, 10 * value + Character.digit(cell.charAt(digits++), 10));
    }
    boolean whole = digits == cell.length() || cell.substring(digits).matches("\\.0*");
    if (digits == 0 || !whole || value > WHITE) {
      throw new IOException(
          "expected a pixel of 0 to 255, found %s in row %d of %s: multiply fractions by 255"
              .formatted(cell, row, file));
    }
    return value;
  }
}
