package dev.siamese.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.siamese.data.AtomicFile;
import dev.siamese.data.AtomicFolder;
import dev.siamese.network.Network;
import dev.siamese.network.Optimizer;
import dev.siamese.network.Parameter;
import dev.siamese.training.EpochResult;
import dev.siamese.training.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * The folder of a run, with the names of its files.
 *
 * @param path the folder
 */
record RunFolder(Path path) {
  /** The first line of history.csv. */
  static final String HISTORY_COLUMNS =
      "epoch,loss,accuracy,val_loss,val_accuracy,active,hardness,seconds,samples_per_second";

  private static final Path RUNS = Path.of("runs");
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final String CHECKPOINTS = "checkpoints";
  private static final long LEAST_FREE_BYTES = 20_000_000;
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** Where a run goes when the user names no folder. */
  static Path defaultPath() {
    return RUNS.resolve(LocalDateTime.now().format(NAME));
  }

  /**
   * Makes the folder for what is told of a model.
   *
   * @throws IOException when {@link #requireUsable} does
   */
  static RunFolder create(Path path) throws IOException {
    requireUsable(path);
    Files.createDirectories(path);
    return new RunFolder(path);
  }

  /** The bytes that a run of this network fills: its checkpoints, the exported model, the rest. */
  static long bytesOf(Network network, Optimizer optimizer) {
    long parameters = Parameter.valuesOf(network.parameters());
    long remembered = optimizer.slots().size() * Parameter.valuesOf(network.trainableParameters());
    long checkpoint = parameters + remembered;
    // The last two and the best, and the one that is being written.
    return LEAST_FREE_BYTES + Float.BYTES * (4 * checkpoint + parameters);
  }

  /**
   * Checks, without making anything, that a folder for what is told of a model can be made.
   *
   * @throws IOException when the folder exists and is not empty, is a file, cannot be made or
   *     written, or has no room
   */
  static void requireUsable(Path path) throws IOException {
    AtomicFolder.requireUnused(path);
    requireRoom(path, LEAST_FREE_BYTES);
  }

  /**
   * Checks that a folder can be made or written, and has room for this many bytes.
   *
   * @throws IOException when it cannot or has not
   */
  static void requireRoom(Path path, long bytes) throws IOException {
    Path existing = path.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      throw new IOException("expected a folder that can be written, found " + existing);
    }
    long free = Files.getFileStore(existing).getUsableSpace();
    if (free < bytes) {
      throw new IOException(
          "expected %d MB of free space, found %d MB in %s"
              .formatted(bytes / 1_000_000, free / 1_000_000, existing));
    }
  }

  Path config() {
    return path.resolve("config.json");
  }

  Path history() {
    return path.resolve("history.csv");
  }

  Path metrics() {
    return path.resolve("metrics.json");
  }

  Path trainPairs() {
    return path.resolve("train-pairs.png");
  }

  Path historyChart() {
    return path.resolve("history.png");
  }

  Path testPredictions() {
    return path.resolve("test-predictions.png");
  }

  Path distances() {
    return path.resolve("distances.png");
  }

  Path roc() {
    return path.resolve("roc.png");
  }

  Path errors() {
    return path.resolve("errors.png");
  }

  Path confusion() {
    return path.resolve("confusion.png");
  }

  Path embeddingMap() {
    return path.resolve("embedding-map.png");
  }

  Path report() {
    return path.resolve("report.html");
  }

  Path tensorBoard() {
    return path.resolve("tensorboard");
  }

  Path trace() {
    return path.resolve("trace.json");
  }

  /** The one that is being written. */
  Path nextCheckpoint() {
    return path.resolve(CHECKPOINTS).resolve("next.keras");
  }

  Path previousCheckpoint() {
    return path.resolve(CHECKPOINTS).resolve("previous.keras");
  }

  Path lastCheckpoint() {
    return path.resolve(CHECKPOINTS).resolve("last.keras");
  }

  Path bestCheckpoint() {
    return path.resolve(CHECKPOINTS).resolve("best.keras");
  }

  Path savedModel() {
    return path.resolve("savedmodel");
  }

  /** The model that is to take the place of an exported one. */
  Path nextSavedModel() {
    return path.resolve(".next-savedmodel");
  }

  /** The lock of the process that works in the folder. */
  Path lock() {
    return path.resolve(".lock");
  }

  void writeConfig(Map<String, Object> config) throws IOException {
    write(config(), json(config) + "\n");
  }

  String readConfig() throws IOException {
    return Files.readString(config());
  }

  void writeHistory(History history) throws IOException {
    write(history(), csv(history));
  }

  /** The history as text, one line an epoch under a line of names. */
  static String csv(History history) {
    StringBuilder csv = new StringBuilder(HISTORY_COLUMNS).append('\n');
    for (EpochResult epoch : history.epochs()) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%.6f,%.6f,%.6f,%.6f,%.6f,%.6f,%.3f,%.1f\n",
              epoch.epoch(),
              epoch.loss(),
              epoch.accuracy(),
              epoch.validationLoss(),
              epoch.validationAccuracy(),
              epoch.active(),
              epoch.hardness(),
              epoch.seconds(),
              epoch.samplesPerSecond()));
    }
    return csv.toString();
  }

  /** Writes what {@link MetricsJson} says. */
  void writeMetrics(Map<String, Object> metrics) throws IOException {
    write(metrics(), json(metrics) + "\n");
  }

  /** Names and values as JSON. */
  static String json(Map<String, Object> values) {
    return GSON.toJson(values);
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
