package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Outcome;
import dev.siamese.data.Dataset;
import dev.siamese.data.PairedImages;
import dev.siamese.data.RandomStream;
import dev.siamese.data.Split;
import dev.siamese.data.SplitSettings;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.evaluation.PairMetrics;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.PairModel;
import dev.siamese.model.SessionSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.TensorFlow;

/** A short run through the real command line, and everything that it leaves behind. */
class TrainCommandIT {
  private static final int EPOCHS = 2;
  private static final int STEPS_PER_EPOCH = 63; // 4000 pairs in batches of 64, the last one of 32
  private static final long SEED = 7;
  private static final String NUMBER = "([0-9.]+)";

  @TempDir static Path runs;
  private static Path run;
  private static Outcome outcome;
  private static Dataset dataset;
  private static Split split;

  @BeforeAll
  static void train() {
    run = runs.resolve("first");
    outcome = trainInto(run);
    dataset = SyntheticDigits.dataset(SEED, 60_000, 10_000);
    split = Split.of(dataset, new SplitSettings(0.2, OptionalInt.of(2000), 0));
  }

  private static Outcome trainInto(Path out) {
    String options =
        "train --data synthetic --limit 2000 --epochs 2 --seed 7 --precision float32 --out " + out;
    return Console.run((Object[]) options.split(" "));
  }

  @Test
  void tellsAProgramItsResultAlone() throws IOException {
    Path out = runs.resolve("told");
    String options = "train --data synthetic --limit 60 --epochs 1 --json --out " + out;
    Outcome told = Console.run((Object[]) options.split(" "));
    assertEquals(0, told.exitCode(), told.errors());
    assertTrue(told.errors().contains("val_loss"), told.errors());
    assertTrue(told.errors().contains("  checkpoints/last.keras, best.keras\n"), told.errors());
    JsonObject result = JsonParser.parseString(told.output()).getAsJsonObject();
    assertEquals(out.toString(), result.remove("run").getAsString());
    assertTrue(result.remove("finished").getAsBoolean());
    assertEquals(JsonParser.parseString(Files.readString(out.resolve("metrics.json"))), result);
  }

  private static JsonObject json(String file) throws IOException {
    return JsonParser.parseString(Files.readString(run.resolve(file))).getAsJsonObject();
  }

  private static List<double[]> history() throws IOException {
    return Files.readAllLines(run.resolve("history.csv")).stream()
        .skip(1)
        .map(row -> Arrays.stream(row.split(",")).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }

  private static StoredModel checkpoint(Path run, String name) throws IOException {
    Path file = run.resolve("checkpoints").resolve(name + ".keras");
    return ModelStore.read(file, ModelHints.NONE);
  }

  private static PairedImages validationPairs() {
    return PairedImages.draw(split.validation(), RandomStream.VALIDATION_PAIRS, SEED);
  }

  /** The distances of the pairs by the weights of the last epoch. */
  private static PairOutputs outputs(PairedImages pairs) throws IOException {
    StoredModel last = checkpoint(run, "last");
    try (PairModel model = new InferenceModel(last.model(), SessionSettings.defaults())) {
      return TestReport.outputs(model, pairs);
    }
  }

  /** The numbers of the only line of the output that has this form, N standing for each. */
  private static double[] printed(String form) {
    List<MatchResult> found =
        Pattern.compile("^" + form.replace("N", NUMBER) + "$", Pattern.MULTILINE)
            .matcher(outcome.output())
            .results()
            .toList();
    assertEquals(1, found.size(), form + " in " + outcome.output());
    double[] numbers = new double[found.get(0).groupCount()];
    Arrays.setAll(numbers, i -> Double.parseDouble(found.get(0).group(i + 1)));
    return numbers;
  }

  @Test
  void endsWellAndPrintsNoError() {
    assertEquals(0, outcome.exitCode(), outcome.toString());
    outcome
        .errors()
        .lines()
        .forEach(line -> assertTrue(line.matches("Epoch [12]/2: [ 0-9]{3} %.*"), line));
  }

  @Test
  void configHoldsEverySetting() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    for (Map.Entry<String, JsonElement> entry : json("config.json").entrySet()) {
      if (entry.getValue().isJsonPrimitive()) {
        settings.put(entry.getKey(), entry.getValue().getAsString());
      }
    }
    assertTrue(settings.remove("started").matches("20..-..-..T..:..:..Z"));
    assertEquals(
        Map.ofEntries(
            Map.entry("seed", "7"),
            Map.entry("epochs", "2"),
            Map.entry("batch_size", "64"),
            Map.entry("optimizer", "Adam"),
            Map.entry("learning_rate", "0.001"),
            Map.entry("amsgrad", "false"),
            Map.entry("beta_1", "0.9"),
            Map.entry("beta_2", "0.999"),
            Map.entry("epsilon", "1.0E-7"),
            Map.entry("margin", "1.0"),
            Map.entry("dropout", "0.4"),
            Map.entry("output", "distance"),
            Map.entry("size", "28x28"),
            Map.entry("channels", "1"),
            Map.entry("fit", "pad"),
            Map.entry("ink", "bright"),
            Map.entry("values", "0..1"),
            Map.entry("validation_split", "0.2"),
            Map.entry("split_seed", "0"),
            Map.entry("limit", "2000"),
            Map.entry("precision", "float32"),
            Map.entry("threads", "" + Runtime.getRuntime().availableProcessors())),
        settings);
  }

  @Test
  void configNamesTheDataAndTheVersions() throws IOException {
    JsonObject data = json("config.json").getAsJsonObject("data");
    assertEquals("synthetic digits", data.get("name").getAsString());
    assertEquals("drawn with seed 7", data.get("origin").getAsString());
    assertEquals(dataset.checksum(), data.get("sha256").getAsString());
    assertEquals(2000, data.get("train_images").getAsInt());
    assertEquals(400, data.get("validation_images").getAsInt());
    assertEquals(400, data.get("test_images").getAsInt());
    JsonObject versions = json("config.json").getAsJsonObject("versions");
    assertEquals(TensorFlow.version(), versions.get("tensorflow").getAsString());
    assertEquals(System.getProperty("java.runtime.version"), versions.get("java").getAsString());
    assertTrue(versions.has("siamese") && versions.has("os"), versions::toString);
  }

  @Test
  void classesThatAreHeldOutAndLabelsThatAreKeptStandInItsConfig() throws IOException {
    Path out = runs.resolve("few");
    String options =
        "train --data synthetic --limit 200 --labels-per-class 4 --held-out 0,7-9 --epochs 1 --out ";
    Outcome few = Console.run((Object[]) (options + out).split(" "));
    assertEquals(0, few.exitCode(), few.errors());
    JsonObject config =
        JsonParser.parseString(Files.readString(out.resolve("config.json"))).getAsJsonObject();
    assertEquals(4, config.get("labels_per_class").getAsInt());
    assertEquals("[\"0\",\"7-9\"]", config.get("held_out").toString());
    assertEquals(24, config.getAsJsonObject("data").get("train_images").getAsInt());
    Console.run("train", "--resume", "--out", out, "--epochs", 2, "--held-out", "7-9")
        .assertFailed(2, "--held-out would change the run: expected [0, 7-9]", "found [7-9]");
    Console.succeed("train", "--resume", "--out", out, "--epochs", 2);
    Outcome tested =
        Console.succeed("evaluate", out, "--data", "synthetic", "--held-out", "0,7-9", "--json");
    JsonObject data =
        JsonParser.parseString(tested.output()).getAsJsonObject().getAsJsonObject("data");
    assertEquals(4000, data.get("test_images").getAsInt());
    Console.run("evaluate", out, "--data", "synthetic", "--held-out", "9", "--whole")
        .assertFailed(2, "expected --whole or --held-out, found both");
  }

  @Test
  void historyHoldsTheEpochsThatWerePrinted() throws IOException {
    assertEquals(
        "epoch,loss,accuracy,val_loss,val_accuracy,active,hardness,seconds,samples_per_second",
        Files.readAllLines(run.resolve("history.csv")).get(0));
    List<double[]> rows = history();
    assertEquals(EPOCHS, rows.size());
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      double[] row = rows.get(epoch - 1);
      assertEquals(epoch, row[0]);
      double[] printed =
          printed(
              "Epoch %d/2 - N s - loss: N - accuracy: N - val_loss: N - val_accuracy: N - .*"
                  .formatted(epoch));
      assertEquals(row[7], printed[0], 0.0506);
      assertArrayEquals(
          Arrays.copyOfRange(row, 1, 5), Arrays.copyOfRange(printed, 1, 5), 0.0000506);
      assertTrue(row[1] > 0.05 && row[1] < 0.5, "loss " + row[1]);
      assertTrue(row[2] > 0.4 && row[2] <= 1, "accuracy " + row[2]);
      assertEquals(Math.rint(row[2] * 4000), row[2] * 4000, 0.003, "accuracy of 4000 pairs");
      assertTrue(row[8] >= 4000 / row[7], "pairs a second " + row[8]);
    }
  }

  @Test
  void theLastCheckpointIsTheLastEpoch() throws IOException {
    StoredModel last = checkpoint(run, "last");
    assertEquals(EPOCHS * STEPS_PER_EPOCH, last.checkpoint().orElseThrow().state().step());
    for (String file : List.of("config.json", "history.csv")) {
      assertEquals(Files.readString(run.resolve(file)), last.attachments().get(file));
    }
    double[] row = history().get(EPOCHS - 1);
    PairedImages pairs = validationPairs();
    assertEquals(row[3], PairMetrics.loss(outputs(pairs), 1).orElseThrow(), 0.000002);
    assertEquals(row[4], PairMetrics.accuracy(outputs(pairs), 0.5), 0.002);
  }

  @Test
  void theBestCheckpointIsTheEpochOfTheLowestValidationLoss() throws IOException {
    List<double[]> rows = history();
    int best = rows.get(0)[3] <= rows.get(1)[3] ? 1 : 2;
    StoredModel model = checkpoint(run, "best");
    assertEquals(best * STEPS_PER_EPOCH, model.checkpoint().orElseThrow().state().step());
    assertEquals(1 + best, model.attachments().get("history.csv").lines().count());
  }

  @Test
  void theExportedModelIsTheLastEpoch() throws IOException {
    StoredModel exported = ModelStore.read(run.resolve("savedmodel"), ModelHints.NONE);
    assertEquals(checkpoint(run, "last").model(), exported.model());
    JsonObject test = json("metrics.json").getAsJsonObject("test");
    assertEquals(
        test.get("threshold").getAsDouble(), exported.threshold().orElseThrow(), 0.0000001);
  }

  @Test
  void metricsAreThoseOfTheTestPairs() throws IOException {
    JsonObject file = json("metrics.json");
    JsonObject test = file.getAsJsonObject("test");
    assertEquals(List.of("data", "test", "retrieval"), List.copyOf(file.keySet()));
    assertEquals(
        List.of(
            "output",
            "pairs",
            "loss",
            "accuracy",
            "threshold",
            "threshold_origin",
            "accuracy_at_threshold",
            "roc_auc",
            "eer",
            "confusion",
            "tar_at_far",
            "intervals_95",
            "reliability",
            "classes"),
        List.copyOf(test.keySet()));
    PairedImages pairs = PairedImages.draw(split.test(), RandomStream.TEST_PAIRS, SEED);
    PairOutputs outputs = outputs(pairs);
    assertEquals(
        "the most accurate on the validation pairs", test.get("threshold_origin").getAsString());
    double threshold = test.get("threshold").getAsDouble();
    // A pair at the very threshold may fall to either side.
    double onePair = 1.01 / 800;
    assertEquals("distance", test.get("output").getAsString());
    assertEquals(800, test.get("pairs").getAsInt());
    assertEquals(PairMetrics.loss(outputs, 1).orElseThrow(), test.get("loss").getAsDouble(), 1e-6);
    assertEquals(PairMetrics.accuracy(outputs, 0.5), test.get("accuracy").getAsDouble(), onePair);
    assertEquals(
        PairMetrics.accuracy(outputs, threshold),
        test.get("accuracy_at_threshold").getAsDouble(),
        onePair);
    assertTrue(test.get("roc_auc").getAsDouble() > 0.5, test::toString);
    assertTrue(test.get("eer").getAsDouble() < 0.5, test::toString);
  }

  @Test
  void theThresholdIsTheBestOneOfTheValidationPairs() throws IOException {
    PairedImages pairs = validationPairs();
    PairOutputs outputs = outputs(pairs);
    double threshold = json("metrics.json").getAsJsonObject("test").get("threshold").getAsDouble();
    double reached = PairMetrics.accuracy(outputs, threshold);
    for (float other : outputs.values()) {
      assertTrue(reached >= PairMetrics.accuracy(outputs, other) - 1.01 / 800);
    }
  }

  @Test
  void printsTheTestFigures() throws IOException {
    JsonObject test = json("metrics.json").getAsJsonObject("test");
    assertEquals(800, printed("Test pairs: N")[0]);
    Map.of(
            "loss", "  loss +N \\[.*\\]",
            "accuracy", "  accuracy at 0.5 +N \\[.*\\]",
            "accuracy_at_threshold", "  accuracy at threshold +N \\[.*\\] \\(.*\\)",
            "roc_auc", "  ROC-AUC +N \\[.*\\]",
            "eer", "  equal error rate +N \\[.*\\]")
        .forEach(
            (figure, form) ->
                assertEquals(test.get(figure).getAsDouble(), printed(form)[0], 0.0000501, figure));
    double threshold = printed("  accuracy at threshold .* \\(N\\)")[0];
    assertEquals(test.get("threshold").getAsDouble(), threshold, 0.000501);
  }

  @Test
  void printsTheSizesAndTheNetwork() {
    String output = outcome.output();
    assertTrue(
        output.startsWith("synthetic digits: 2,000 images to train, 400 to validate, 400 to test"),
        output);
    assertEquals(2, output.split("Total params: 107,456 ", -1).length - 1, output);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train-pairs",
        "history",
        "test-predictions",
        "distances",
        "roc",
        "errors",
        "confusion",
        "embedding-map"
      })
  void picturesCanBeLookedAt(String name) throws IOException {
    BufferedImage picture = ImageIO.read(run.resolve(name + ".png").toFile());
    int width = picture.getWidth();
    int height = picture.getHeight();
    assertTrue(width >= 400 && width <= 1600, picture::toString);
    assertTrue(height >= 250 && height <= 1200, picture::toString);
    long colours =
        Arrays.stream(picture.getRGB(0, 0, width, height, null, 0, width)).distinct().count();
    assertTrue(colours > 20, name + " has " + colours + " colours");
  }

  @Test
  void saysWhereEveryFileIs() throws IOException {
    String output = outcome.output();
    assertTrue(output.contains("Written to " + run + ":\n"), output);
    String listing = output.substring(output.indexOf("Written to "));
    try (Stream<Path> files = Files.walk(run, 2)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(run.resolve("savedmodel")))
          .forEach(file -> assertTrue(listing.contains(file.getFileName().toString()), listing));
    }
  }

  @Test
  void theSameSeedGivesTheSameRun() throws IOException {
    Path again = runs.resolve("again");
    assertEquals(0, trainInto(again).exitCode());
    assertEquals(withoutTimes(run), withoutTimes(again));
    assertEquals(
        Files.readString(run.resolve("metrics.json")),
        Files.readString(again.resolve("metrics.json")));
    assertEquals(checkpoint(run, "last").checkpoint(), checkpoint(again, "last").checkpoint());
  }

  private static List<String> withoutTimes(Path run) throws IOException {
    return Files.readAllLines(run.resolve("history.csv")).stream()
        .map(row -> row.replaceFirst(",[^,]*,[^,]*$", ""))
        .toList();
  }
}
