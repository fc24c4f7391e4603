package dev.siamese.cli;

import dev.siamese.training.EpochResult;
import dev.siamese.training.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads a history.csv, as {@link RunFolder} writes it. */
final class HistoryFile {
  private HistoryFile() {}

  /** The first line of runs before whole batches could be learned from. */
  private static final String EARLIER_COLUMNS =
      "epoch,loss,accuracy,val_loss,val_accuracy,seconds,pairs_per_second";

  private static final int FIELDS = 9;
  private static final int EARLIER_FIELDS = 7;

  /**
   * The epochs of a file.
   *
   * @throws IOException when there is none, it holds no epoch, or it is of another form
   */
  static History read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("expected the history.csv of a run, found none: " + file);
    }
    // Bytes that are no text become marks, which are refused as any other wrong line.
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    boolean earlier = !lines.isEmpty() && lines.get(0).equals(EARLIER_COLUMNS);
    if (lines.isEmpty() || !earlier && !lines.get(0).equals(RunFolder.HISTORY_COLUMNS)) {
      throw new IOException(
          "expected the line \"%s\", found another in %s"
              .formatted(RunFolder.HISTORY_COLUMNS, file));
    }
    History history = History.empty();
    for (String line : lines.subList(1, lines.size())) {
      history = history.with(epoch(line, earlier, file));
    }
    if (history.epochs().isEmpty()) {
      throw new IOException("expected at least one epoch, found none in " + file);
    }
    return history;
  }

  private static EpochResult epoch(String line, boolean earlier, Path file) throws IOException {
    String[] fields = line.split(",", -1);
    String expected = "expected %s numbers, found \"%s\" in %s";
    if (fields.length != (earlier ? EARLIER_FIELDS : FIELDS)) {
      throw new IOException(expected.formatted(earlier ? "seven" : "nine", line, file));
    }
    int shift = FIELDS - fields.length;
    try {
      return new EpochResult(
          Integer.parseInt(fields[0]),
          Double.parseDouble(fields[1]),
          Double.parseDouble(fields[2]),
          Double.parseDouble(fields[3]),
          Double.parseDouble(fields[4]),
          earlier ? Double.NaN : Double.parseDouble(fields[5]),
          earlier ? Double.NaN : Double.parseDouble(fields[6]),
          Double.parseDouble(fields[7 - shift]),
          Double.parseDouble(fields[8 - shift]));
    } catch (NumberFormatException e) {
      throw new IOException(expected.formatted(earlier ? "seven" : "nine", line, file), e);
    }
  }
}
