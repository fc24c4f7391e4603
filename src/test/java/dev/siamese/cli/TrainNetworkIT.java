package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Outcome;
import dev.siamese.data.Dataset;
import dev.siamese.data.IdxFixture;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.NpzFixture;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.data.ValueRange;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.network.OutputKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks of all kinds from untrained weights to files in every form, by commands alone. */
class TrainNetworkIT {
  private static final ImageShape COLOUR = new ImageShape(32, 32, 3);
  private static final String SAVED = "saved_model.pb";

  @TempDir static Path fixed;
  private static ForeignModels networks;
  private static Path colours;

  @TempDir Path folder;
  private Path run;
  private final List<Object> network = new ArrayList<>();

  /** What is trained on what. */
  private enum Training {
    KERAS_IO("keras-io", OutputKind.DISTANCE, ValueRange.ZERO_TO_ONE, ""),
    TWIN(
        "twin.json",
        OutputKind.DISTANCE,
        ValueRange.ZERO_TO_255,
        "It is a twin alone, whose embeddings are compared"),
    SIAMESE(
        "siamese.json",
        OutputKind.SIMILARITY,
        ValueRange.ZERO_TO_ONE,
        "It ends in a sigmoid, whose output is taken for a similarity");

    private final String network;
    private final OutputKind output;
    private final ValueRange values;
    private final String notice;

    Training(String network, OutputKind output, ValueRange values, String notice) {
      this.network = network;
      this.output = output;
      this.values = values;
      this.notice = notice;
    }
  }

  @BeforeAll
  static void make() throws IOException {
    networks = ForeignModels.make("networks", fixed);
    Dataset digits = SyntheticDigits.dataset(2, 120, 40);
    colours =
        NpzFixture.write(
            fixed.resolve("colours.npz"),
            NpzFixture.arrays(coloured(digits.train()), coloured(digits.test())),
            ZipEntry.DEFLATED);
  }

  /** Each digit in a colour of its own. */
  private static LabeledImages coloured(LabeledImages digits) {
    byte[] pixels = IdxFixture.pixels(digits.fitted(COLOUR));
    for (int i = 0; i < pixels.length; i++) {
      int label = digits.label(i / COLOUR.pixels());
      pixels[i] = (byte) ((pixels[i] & 0xFF) * ((label * (i % 3 + 1)) % 10 + 1) / 10);
    }
    return new LabeledImages(pixels, digits.labels(), COLOUR);
  }

  private Outcome train(Object... options) {
    run = folder.resolve("run");
    List<Object> command = new ArrayList<>(List.of("train", "--out", run));
    command.addAll(network);
    command.addAll(List.of(options));
    return Console.succeed(command.toArray());
  }

  private JsonObject json(String name) throws IOException {
    return JsonParser.parseString(Files.readString(run.resolve(name))).getAsJsonObject();
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> run.relativize(file).toString())
          .filter(name -> !name.startsWith("savedmodel") || name.endsWith(SAVED))
          .collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @EnumSource
  void goesAllTheWay(Training training) throws IOException {
    boolean isFile = training.network.endsWith(".json");
    Object source = isFile ? networks.model(training.network) : training.network;
    network.addAll(List.of("--network", source));
    Outcome outcome = train("--data", colours, "--epochs", "2", "--batch-size", "32");
    assertTold(training, outcome.errors());
    assertEquals(
        Set.of(
            "config.json",
            "history.csv",
            "metrics.json",
            "report.html",
            "errors.png",
            "confusion.png",
            "embedding-map.png",
            "train-pairs.png",
            "history.png",
            "test-predictions.png",
            "distances.png",
            "roc.png",
            "checkpoints/last.keras",
            "checkpoints/previous.keras",
            "checkpoints/best.keras",
            "savedmodel/" + SAVED),
        files());
    assertEquals(source.toString(), json("config.json").get("network").getAsString());
    assertEquals(training.output.text(), json("config.json").get("output").getAsString());
    assertEquals(training.values.text(), json("config.json").get("values").getAsString());
    JsonObject test = json("metrics.json").getAsJsonObject("test");
    assertEquals(training.output.text(), test.get("output").getAsString());
    assertTrue(test.get("loss").getAsDouble() > 0, test::toString);

    StoredModel model = ModelStore.read(run, ModelHints.NONE);
    assertEquals(training.output, model.model().network().output());
    assertEquals(12, model.checkpoint().orElseThrow().state().step()); // 192 pairs by 32, twice
    assertEvaluates(test);
    assertConverts(model);
    assertSummarizes(training, model);
  }

  private static void assertTold(Training training, String errors) {
    List<String> told = errors.lines().filter(line -> !line.startsWith("Epoch ")).toList();
    List<String> expected = new ArrayList<>();
    if (!training.notice.isEmpty()) {
      expected.add(training.notice);
    }
    if (training == Training.TWIN) {
      expected.add("Left out of training: ");
    } else {
      expected.add("The images of colours, 32×32×3, are brought to the network's 28×28.");
    }
    assertEquals(expected.size(), told.size(), errors);
    for (int i = 0; i < told.size(); i++) {
      assertTrue(told.get(i).startsWith(expected.get(i)), errors);
    }
  }

  /** What the run measured is found again. */
  private void assertEvaluates(JsonObject test) throws IOException {
    for (Path model : List.of(run, run.resolve("savedmodel"))) {
      Path out = folder.resolve("evaluation-" + model.getFileName());
      Console.succeed("evaluate", model, "--data", colours, "--out", out);
      JsonObject again =
          JsonParser.parseString(Files.readString(out.resolve("metrics.json")))
              .getAsJsonObject()
              .getAsJsonObject("test");
      assertEquals(test.keySet(), again.keySet());
      for (String figure : List.of("loss", "accuracy", "roc_auc", "eer", "threshold")) {
        double expected = test.get(figure).getAsDouble();
        assertEquals(expected, again.get(figure).getAsDouble(), 1e-5, figure);
      }
    }
  }

  /** In every form and back it says the same of two pictures, and has the same embeddings. */
  private void assertConverts(StoredModel model) throws IOException {
    String verdict = networks.compare(run, networks.second()).output();
    assertTrue(verdict.endsWith(" (stored with the model)\n"), verdict);
    Path csv = folder.resolve("e.csv");
    Console.succeed("embed", run, networks.first(), "--out", csv);
    String[] embedding = Files.readString(csv).split(",");
    Path from = run;
    for (String name : List.of("1.weights.h5", "2", "3.keras")) {
      Path target = folder.resolve(name);
      List<Object> command = new ArrayList<>(List.of("convert", from, target));
      if (from.toString().endsWith(".h5")) {
        command.addAll(network);
        command.add("--output=" + model.model().network().output().text());
        command.add("--values=" + model.model().values().text());
      }
      Console.succeed(command.toArray());
      from = target;
    }
    StoredModel back = ModelStore.read(from, ModelHints.NONE);
    assertEquals(model.model().weights(), back.model().weights());
    assertEquals(model.model().values(), back.model().values());
    assertEquals(model.model().network().output(), back.model().network().output());
    String number = verdict.substring(0, verdict.indexOf(',')).replaceFirst(".* ", "");
    Outcome outcome = networks.compare(from, networks.second());
    assertTrue(outcome.output().contains(" " + number + ", "), verdict + outcome);
    Console.succeed("embed", from, networks.first(), "--out", csv);
    String[] again = Files.readString(csv).split(",");
    assertEquals(embedding.length, again.length);
    for (int i = embedding.length / 2 + 1; i < embedding.length; i++) {
      assertEquals(Float.parseFloat(embedding[i]), Float.parseFloat(again[i]), 1e-5f);
    }
  }

  private void assertSummarizes(Training training, StoredModel model) {
    String summary = Console.succeed("summary", run, "--plan").output();
    String output = "Output: " + training.output.text() + "\n";
    assertTrue(summary.contains(output), summary);
    assertTrue(summary.contains(", pixels as " + training.values.text() + "\n"), summary);
    assertTrue(summary.contains("Plan of the twin:\n  pixels: "), summary);
    assertTrue(summary.contains("Threshold: "), summary);
    assertTrue(summary.contains("Optimizer: Adam after 12 steps at a learning"), summary);
    long parameters = model.model().weights().parameters().stream().mapToLong(p -> p.size()).sum();
    assertTrue(summary.contains(" Total params: %,d ".formatted(parameters)), summary);
  }

  @Test
  void aLargeNetworkTrainsToo() throws IOException {
    network.addAll(List.of("--network", "koch"));
    Outcome outcome =
        train("--data", "synthetic", "--limit", "20", "--epochs", "1", "--batch-size", "10");
    assertTrue(
        outcome.errors().startsWith("The images of synthetic digits, 28×28, are brought to the"),
        outcome.errors());
    assertEquals("similarity", json("config.json").get("output").getAsString());
    StoredModel model = ModelStore.read(run, ModelHints.NONE);
    assertEquals(4, model.checkpoint().orElseThrow().state().step());
    String verdict = networks.compare(run, networks.first()).output();
    assertTrue(verdict.contains(": similarity 0."), verdict);
    String summary = Console.succeed("summary", run.resolve("savedmodel")).output();
    assertTrue(summary.contains(" Total params: 38,951,745 "), summary);
  }

  @Test
  void imagesOfOtherSizesAreBroughtToANetworkThatIsNamedAndChooseItsSizeElse() throws IOException {
    Dataset digits = SyntheticDigits.dataset(1, 40, 20);
    Path data = folder.resolve("wide");
    ImageShape wide = new ImageShape(28, 32, 1);
    IdxFixture.writeFolder(data, digits.train().fitted(wide), digits.test().fitted(wide), "");
    network.addAll(List.of("--network", "reference"));
    Outcome outcome = train("--data", data, "--epochs", "1");
    assertTrue(
        outcome
            .errors()
            .startsWith("The images of wide, 28×32, are brought to the network's 28×28."),
        outcome.errors());
    network.clear();
    folder = folder.resolve("else");
    Outcome followed = train("--data", data, "--epochs", "1", "--channels", "3");
    assertTrue(followed.errors().contains("brought to the network's 28×32×3."), followed.errors());
    assertEquals(
        "28×32×3", json("config.json").getAsJsonObject("data").get("image_shape").getAsString());
  }

  @Test
  void whatCannotBeTrainedIsRefusedBeforeAnythingIsMade() {
    Path unbounded = networks.model("unbounded.json");
    Path out = folder.resolve("out");
    Console.run("train", "--network", unbounded, "--output", "similarity", "--out", out)
        .assertFailed(1, "expected a similarity of 0 to 1, as a sigmoid gives");
    assertTrue(Files.notExists(out));
  }
}
