package dev.siamese.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.siamese.data.AtomicFile;
import dev.siamese.data.AtomicFolder;
import dev.siamese.evaluation.VerificationMetrics;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The folder of a run, with the names of its files.
 *
 * @param path the folder
 */
record RunFolder(Path path) {
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
    long parameters = values(network.parameters());
    long remembered = optimizer.slots().size() * values(network.trainableParameters());
    long checkpoint = parameters + remembered;
    // The last and the best, and while one is written, its forerunner.
    return LEAST_FREE_BYTES + Float.BYTES * (3 * checkpoint + parameters);
  }

  private static long values(List<Parameter> parameters) {
    return parameters.stream().mapToLong(Parameter::size).sum();
  }

  /**
   * Checks, without making anything, that a folder for what is told of a model can be made.
   *
   * @throws IOException when the folder exists and is not empty, is a file, cannot be made or
   *     written, or has no room
   */
  static void requireUsable(Path path) throws IOException {
    requireUsable(path, LEAST_FREE_BYTES);
  }

  /** As {@link #requireUsable(Path)}, with room for this many bytes. */
  static void requireUsable(Path path, long bytes) throws IOException {
    AtomicFolder.requireUnused(path);
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

  Path trace() {
    return path.resolve("trace.json");
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

  void writeConfig(Map<String, Object> config) throws IOException {
    write(config(), GSON.toJson(config) + "\n");
  }

  String readConfig() throws IOException {
    return Files.readString(config());
  }

  void writeHistory(History history) throws IOException {
    write(history(), csv(history));
  }

  /** The history as text, one line an epoch under a line of names. */
  static String csv(History history) {
    StringBuilder csv =
        new StringBuilder("epoch,loss,accuracy,val_loss,val_accuracy,seconds,pairs_per_second\n");
    for (EpochResult epoch : history.epochs()) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%.6f,%.6f,%.6f,%.6f,%.3f,%.1f\n",
              epoch.epoch(),
              epoch.loss(),
              epoch.accuracy(),
              epoch.validationLoss(),
              epoch.validationAccuracy(),
              epoch.seconds(),
              epoch.pairsPerSecond()));
    }
    return csv.toString();
  }

  /** Writes the figures of the test pairs, without a loss where there is none. */
  void writeMetrics(VerificationMetrics test) throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("output", test.kind().text());
    figures.put("pairs", test.pairs());
    test.loss().ifPresent(loss -> figures.put("loss", loss));
    figures.put("accuracy", test.accuracy());
    figures.put("threshold", test.threshold());
    figures.put("accuracy_at_threshold", test.accuracyAtThreshold());
    figures.put("roc_auc", test.rocAuc());
    figures.put("eer", test.equalErrorRate());
    write(metrics(), GSON.toJson(Map.of("test", figures)) + "\n");
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
