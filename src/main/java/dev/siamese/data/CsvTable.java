package dev.siamese.data;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table in a file of text, its columns apart by commas, semicolons or tabs, packed by gzip or
 * not.
 */
final class CsvTable implements Closeable {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int LONGEST_LINE = 1 << 20;

  private final Path file;
  private final BoundedReader bounded;
  private final CSVParser parser;
  private final Iterator<CSVRecord> rows;
  private final List<String> first;

  private CsvTable(Path file, BoundedReader bounded, CSVParser parser) throws IOException {
    this.file = file;
    this.bounded = bounded;
    this.parser = parser;
    rows = parser.iterator();
    Optional<CSVRecord> record = next();
    if (record.isEmpty()) {
      throw new IOException("expected a table, found an empty file: " + file);
    }
    first = record.get().stream().map(cell -> cell.replace(BYTE_ORDER_MARK, "").strip()).toList();
  }

  /** Whether a file's name is one of a table. */
  static boolean isNamed(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Stream.of(".csv", ".tsv", ".csv.gz", ".tsv.gz").anyMatch(name::endsWith);
  }

  /**
   * Opens a table at its second row.
   *
   * @throws IOException when it cannot be read, or is empty
   */
  static CsvTable open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("expected a table, found no file: " + file);
    }
    InputStream stream = Files.newInputStream(file);
    try {
      boolean packed = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
      BoundedReader bounded =
          new BoundedReader(
              new InputStreamReader(
                  packed ? new GZIPInputStream(stream) : stream,
                  StandardCharsets.UTF_8.newDecoder()));
      BufferedReader reader = new BufferedReader(bounded);
      CSVFormat format =
          CSVFormat.DEFAULT
              .builder()
              .setDelimiter(delimiter(reader))
              .setIgnoreEmptyLines(true)
              .get();
      return new CsvTable(
          file, bounded, CSVParser.builder().setReader(reader).setFormat(format).get());
    } catch (CharacterCodingException e) {
      stream.close();
      throw new IOException("expected text in UTF-8, found other bytes in " + file, e);
    } catch (ZipException | EOFException e) {
      stream.close();
      throw unpacked(file, e);
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  private static IOException unpacked(Path file, Throwable cause) {
    return new IOException(
        "expected a table packed by gzip, found a damaged or different file: %s (%s)"
            .formatted(file, cause.getMessage()),
        cause);
  }

  private static char delimiter(BufferedReader reader) throws IOException {
    reader.mark(LONGEST_LINE);
    char[] start = new char[LONGEST_LINE / 2];
    int length = Math.max(0, reader.read(start));
    reader.reset();
    String line = new String(start, 0, length).lines().findFirst().orElse("");
    return line.indexOf('\t') >= 0
        ? '\t'
        : line.indexOf(',') < 0 && line.indexOf(';') >= 0 ? ';' : ',';
  }

  Path file() {
    return file;
  }

  /** The first row, which may be the names of the columns. */
  List<String> first() {
    return first;
  }

  /** The first column of one of these names, in any case; -1 where there is none. */
  int column(Set<String> names) {
    List<String> lower = first.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    return lower.stream().filter(names::contains).findFirst().map(lower::indexOf).orElse(-1);
  }

  /**
   * The next row, if there is one.
   *
   * @throws IOException when it is no row of a table
   */
  Optional<CSVRecord> next() throws IOException {
    bounded.restart();
    try {
      return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    } catch (UncheckedIOException | IllegalStateException e) {
      if (e.getCause() instanceof ZipException || e.getCause() instanceof EOFException) {
        throw unpacked(file, e.getCause());
      }
      Throwable reason = e.getCause() instanceof CharacterCodingException ? e.getCause() : e;
      throw new IOException(
          "expected a table in UTF-8, found %s in line %d of %s"
              .formatted(reason.getMessage(), parser.getCurrentLineNumber(), file),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
