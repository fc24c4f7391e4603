package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Outcome;
import dev.siamese.Python;
import dev.siamese.data.Dataset;
import dev.siamese.data.IdxFixture;
import dev.siamese.data.ImageCollection;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.Preparation;
import dev.siamese.data.RandomStream;
import dev.siamese.data.ReadSettings;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.data.ValueRange;
import dev.siamese.evaluation.PairMetrics;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.exchange.StoredModels;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.PairModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SessionSettings.Precision;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.MetaGraphDef;

/** The commands that take a MODEL, with one model in every form. */
class ModelCommandsIT {
  @TempDir static Path fixed;

  private static final StoredModel MODEL = StoredModels.SMALL.full(2);
  private static final Dataset DIGITS = SyntheticDigits.dataset(3, 100, 60);

  private static Map<String, List<Object>> forms;
  private static PairModel network;
  private static Path data;
  private static final Preparation PREPARATION =
      Preparation.of(ImageShape.MNIST, ValueRange.ZERO_TO_ONE);
  private static final ReadSettings READING = ReadSettings.DEFAULT.withPreparation(PREPARATION);

  private static Path pictures;

  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    forms = ModelFixture.everyForm(fixed, MODEL);
    network = new InferenceModel(MODEL.model(), SessionSettings.defaults());
    data = fixed.resolve("data");
    IdxFixture.writeFolder(data, DIGITS.train(), DIGITS.test(), "");
    pictures = Files.createDirectory(fixed.resolve("pictures"));
    ModelFixture.picture(pictures.resolve("a.png"), DIGITS.test(), 0);
    ModelFixture.picture(pictures.resolve("b, \"c\".png"), DIGITS.test(), 1);
  }

  @AfterAll
  static void close() {
    network.close();
  }

  static List<String> formNames() {
    return ModelFixture.formNames();
  }

  /** Runs a command with a model in a form. */
  private static Outcome run(String command, String form, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(forms.get(form));
    arguments.addAll(List.of(more));
    return Console.run(arguments.toArray());
  }

  /** Runs a command that must succeed, and returns what it prints. */
  private static String succeed(String command, String form, Object... more) {
    Outcome outcome = run(command, form, more);
    assertEquals(0, outcome.exitCode(), outcome.toString());
    // That a file without a threshold may be of another scale than 0.5 is told behind it.
    String expected =
        form.equals("model.weights.h5")
            ? "The optimizer is taken for Adam, with Keras's defaults for what a file of weights"
                + " does not say, in %s.\n".formatted(forms.get(form).get(0))
            : "";
    assertTrue(outcome.errors().startsWith(expected), outcome::toString);
    assertTrue(!expected.isEmpty() || outcome.errors().isEmpty(), outcome::toString);
    return outcome.output();
  }

  @ParameterizedTest
  @MethodSource("formNames")
  void evaluateMeasuresTheTestPairs(String form) throws IOException {
    Path out = folder.resolve("out");
    String[] options = {"--threshold", "0.05", "--margin", "0.25", "--seed", "5"};
    String printed =
        succeed(
            "evaluate",
            form,
            Stream.concat(Stream.of("--data", data, "--out", out), Arrays.stream(options))
                .toArray());

    PairedImages pairs = PairedImages.draw(DIGITS.test(), RandomStream.TEST_PAIRS, 5);
    PairOutputs outputs = TestReport.outputs(network, pairs);
    double loss = PairMetrics.loss(outputs, 0.25).orElseThrow();
    double accuracy = PairMetrics.accuracy(outputs, 0.05);
    JsonObject test =
        JsonParser.parseString(Files.readString(out.resolve("metrics.json")))
            .getAsJsonObject()
            .getAsJsonObject("test");
    assertEquals(120, test.get("pairs").getAsInt());
    assertEquals(loss, test.get("loss").getAsDouble(), 1e-7);
    assertEquals(accuracy, test.get("accuracy_at_threshold").getAsDouble(), 1e-9);
    assertEquals(0.05, test.get("threshold").getAsDouble());
    assertTrue(accuracy > 0.5 && accuracy < 1, "no figure to tell apart: " + accuracy);
    assertTrue(printed.contains("loss                    %.4f [".formatted(loss)), printed);
    assertTrue(printed.endsWith("Threshold: 0.0500, as given\n"), printed);
    assertTrue(Files.size(out.resolve("roc.png")) > 1000);
  }

  @Test
  void evaluateTakesGivenPairs() throws IOException {
    Path files = pictures.resolveSibling("pairs.tsv");
    Files.writeString(files, "a.png\ta.png\t1\na.png\tb, \"c\".png\t0\n");
    Outcome outcome =
        run("evaluate", "model.keras", "--pairs", files, "--data", pictures, "--json");
    assertEquals(
        "1 of 2 pairs join an image with itself as the same class, which makes every figure of the"
            + " pairs look better than it is.\n",
        outcome.remarks());
    JsonObject ofFiles = JsonParser.parseString(outcome.output()).getAsJsonObject();
    assertEquals("pairs of pairs.tsv", ofFiles.getAsJsonObject("data").get("name").getAsString());
    assertEquals(1, ofFiles.getAsJsonObject("test").get("roc_auc").getAsDouble());
    assertFalse(ofFiles.has("retrieval"), "no classes are known");

    Path numbers = Files.writeString(folder.resolve("numbers.csv"), "0,1,0\n2,5,1\n3,4,1\n");
    JsonObject test =
        JsonParser.parseString(
                succeed("evaluate", "model.keras", "--pairs", numbers, "--data", data, "--json"))
            .getAsJsonObject()
            .getAsJsonObject("test");
    Pairs pairs = new Pairs(new int[] {0, 2, 3}, new int[] {1, 5, 4}, new byte[] {0, 1, 1});
    PairOutputs outputs = TestReport.outputs(network, new PairedImages(DIGITS.test(), pairs));
    assertEquals(PairMetrics.loss(outputs, 1).orElseThrow(), test.get("loss").getAsDouble(), 1e-7);

    Files.writeString(numbers, "0,60,0\n2,5,1\n");
    run("evaluate", "model.keras", "--pairs", numbers, "--data", data)
        .assertFailed(1, "0 to 59", "60", numbers);
    Files.writeString(files, "a.png\tno.png\t1\na.png\ta.png\t0\n");
    run("evaluate", "model.keras", "--pairs", files, "--data", pictures).assertFailed(1, "no.png");
  }

  @ParameterizedTest
  @CsvSource({
    "run folder, 'Threshold: 0.4370, stored with the model'",
    "model.keras, 'Threshold: 0.4370, stored with the model'",
    "savedmodel, 'Threshold: 0.4370, stored with the model'",
    "model.weights.h5, ', the most accurate on the validation pairs'"
  })
  void evaluateSaysWhereTheThresholdComesFrom(String form, String words) {
    String printed = succeed("evaluate", form, "--data", data);
    assertTrue(printed.endsWith(words + "\n"), printed);
    JsonObject test =
        JsonParser.parseString(succeed("evaluate", form, "--data", data, "--json"))
            .getAsJsonObject()
            .getAsJsonObject("test");
    assertTrue(words.endsWith(", " + test.get("threshold_origin").getAsString()), test::toString);
  }

  @ParameterizedTest
  @MethodSource("formNames")
  void compareTellsTheDistanceOfTwoPictures(String form) throws IOException {
    Path first = pictures.resolve("a.png");
    Path second = pictures.resolve("b, \"c\".png");
    assertTrue(succeed("compare", form, first, first).startsWith("same: distance 0.0000, "));

    ImageCollection images = ImageCollection.ofFiles(List.of(first, second), PREPARATION);
    Pairs pair = new Pairs(new int[] {0}, new int[] {1}, new byte[] {Pairs.DIFFERENT});
    float distance = network.compare(images.images(), pair)[0];
    assertTrue(distance > 0.002, "the pictures are too much alike: " + distance);
    assertEquals(
        "different: distance %.4f, threshold 0.0010 (as given)\n".formatted(distance),
        succeed("compare", form, first, second, "--threshold", "0.001"));
    assertEquals(
        "same: distance %.4f, threshold %s\n"
            .formatted(
                distance,
                form.equals("model.weights.h5")
                    ? "0.5000 (the default)"
                    : "0.4370 (stored with the model)"),
        succeed("compare", form, first, second));
  }

  @ParameterizedTest
  @MethodSource("formNames")
  void embedWritesATableOfPictures(String form) throws IOException {
    Path csv = folder.resolve("Embeddings.CSV");
    assertEquals(
        "2 embeddings of 5 values in " + csv + "\n",
        succeed("embed", form, pictures, "--out", csv));
    List<String> rows = Files.readAllLines(csv);
    assertEquals(3, rows.size());
    assertEquals("name,e0,e1,e2,e3,e4", rows.get(0));
    float[][] expected =
        network.embed(ImageCollection.read(pictures, READING, line -> {}).images());
    assertArrayEquals(expected[0], floats(rows.get(1), "a.png,"), 1e-6f);
    assertArrayEquals(expected[1], floats(rows.get(2), "\"b, \"\"c\"\".png\","), 1e-6f);
  }

  @Test
  void embedKeepsTheLabelsOfAnIdxFile() throws IOException {
    Path tsv = folder.resolve("e.tsv");
    succeed("embed", "model.keras", data.resolve("t10k-images-idx3-ubyte"), "--out", tsv);
    List<String> rows = Files.readAllLines(tsv);
    List<String> metadata = Files.readAllLines(folder.resolve("e-metadata.tsv"));
    assertEquals(60, rows.size());
    assertEquals("name\tlabel", metadata.get(0));
    float[][] expected = network.embed(DIGITS.test());
    BufferedImage sprite = ImageIO.read(folder.resolve("e-sprite.png").toFile());
    assertEquals(8 * 28, sprite.getWidth());
    for (int image = 0; image < 60; image++) {
      assertEquals(image + "\t" + DIGITS.test().label(image), metadata.get(1 + image));
      assertArrayEquals(expected[image], floats(rows.get(image).replace('\t', ','), ""), 0);
      int x = image % 8 * 28 + 14;
      int y = image / 8 * 28 + 14;
      assertEquals(DIGITS.test().pixel(image, 14, 14), sprite.getRaster().getSample(x, y, 0));
    }
    String config = Files.readString(folder.resolve("e-projector_config.pbtxt"));
    assertTrue(config.contains("tensor_path: \"e.tsv\""), config);
    assertTrue(config.contains("single_image_dim: 28"), config);
  }

  @ParameterizedTest
  @MethodSource("formNames")
  void embedComputesInBfloat16(String form) throws IOException {
    Path csv = folder.resolve("e.csv");
    Path picture = pictures.resolve("a.png");
    Outcome outcome = run("embed", form, picture, "--out", csv, "--precision", "bfloat16");
    assertEquals(0, outcome.exitCode(), outcome.toString());
    LabeledImages image = ImageCollection.read(picture, READING, line -> {}).images();
    SessionSettings settings = SessionSettings.defaults().withPrecision(Precision.BFLOAT16);
    try (PairModel bfloat16 = new InferenceModel(MODEL.model(), settings)) {
      float[] expected = bfloat16.embed(image)[0];
      assertFalse(Arrays.equals(network.embed(image)[0], expected), "no difference to see");
      assertArrayEquals(expected, floats(Files.readAllLines(csv).get(1), "a.png,"), 0);
    }
  }

  private static float[] floats(String row, String start) {
    assertTrue(row.startsWith(start), row);
    String[] values = row.substring(start.length()).split("[,\t]");
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = Float.parseFloat(values[i]);
    }
    return floats;
  }

  @Test
  void embedWritesWhatNumpyLoads() throws IOException {
    Path npy = folder.resolve("e.npy");
    succeed("embed", "savedmodel", pictures, "--out", npy);
    String code =
        "import sys, numpy; a = numpy.load(sys.argv[1]); print(a.dtype, a.shape, *a.flat)";
    String printed = Python.run("-c", code, npy.toString()).strip();
    float[] numbers = floats(printed.replace(' ', ','), "float32,(2,,5),");
    float[][] expected =
        network.embed(ImageCollection.read(pictures, READING, line -> {}).images());
    assertArrayEquals(expected[0], Arrays.copyOf(numbers, 5), 1e-6f);
    assertArrayEquals(expected[1], Arrays.copyOfRange(numbers, 5, 10), 1e-6f);
  }

  @Test
  void embedTakesTheWeightsOfAModelThatTellsOnlyDistances() throws IOException {
    Path pairs = savedModelWithoutEmbedding();
    Path csv = folder.resolve("e.csv");
    Outcome outcome = Console.run("embed", pairs, pictures.resolve("a.png"), "--out", csv);
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertEquals("", outcome.errors());
    LabeledImages image =
        ImageCollection.read(pictures.resolve("a.png"), READING, line -> {}).images();
    assertArrayEquals(
        network.embed(image)[0], floats(Files.readAllLines(csv).get(1), "a.png,"), 1e-6f);

    ModelFixture.edit(pairs, MetaGraphDef.Builder::clearObjectGraphDef);
    Console.run("embed", pairs, pictures, "--out", csv)
        .assertFailed(1, "one image to its embedding", "weights", "found neither", pairs);
  }

  private Path savedModelWithoutEmbedding() throws IOException {
    Path pairs = folder.resolve("pairs");
    ModelStore.write(pairs, MODEL);
    ModelFixture.edit(pairs, graph -> graph.removeSignatureDef("embed"));
    return pairs;
  }

  @ParameterizedTest
  @MethodSource("formNames")
  void summaryListsWhatIsThere(String form) {
    String printed = succeed("summary", form);
    assertTrue(printed.contains("│ dense (Dense) "), printed);
    assertTrue(printed.contains(" Total params: 112 "), printed);
    boolean savedModel = form.equals("savedmodel");
    assertEquals(
        !savedModel && !form.equals("model.h5"),
        printed.contains("Optimizer: Adam after 77 steps at a learning rate of 0.002\n"));
    assertEquals(!form.equals("model.weights.h5"), printed.contains("Threshold: 0.4370\n"));
    String signature = "  embed: images float (n, 28, 28, 1) → embedding float (n, 5)\n";
    assertEquals(savedModel, printed.contains(signature), printed);
  }

  @Test
  void summaryOfAModelWithoutReadableWeightsListsItsSignatures() throws IOException {
    Path model = savedModelWithoutEmbedding();
    ModelFixture.edit(model, MetaGraphDef.Builder::clearObjectGraphDef);
    Outcome outcome = Console.run("summary", model);
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertEquals("", outcome.errors());
    String printed = outcome.output();
    String reason = printed.lines().findFirst().orElseThrow();
    assertTrue(reason.startsWith("Layers: unknown, expected "), reason);
    assertTrue(reason.endsWith("found none for the signature serving_default in " + model), reason);
    assertTrue(printed.contains("  serving_default: image1 float (n, 28, 28, 1), "), printed);
    assertFalse(printed.contains("  embed: "), printed);
  }

  /** Which is known only when the model is: a similarity may have such a threshold. */
  @ParameterizedTest
  @MethodSource("formNames")
  void refusesANegativeThresholdOfADistance(String form) {
    Object picture = pictures.resolve("a.png");
    String words = "expected a threshold of 0 or greater, found -0.1";
    run("compare", form, picture, picture, "--threshold", "-0.1").assertFailed(2, words);
    run("evaluate", form, "--data", data, "--threshold", "-0.1").assertFailed(2, words);
  }

  @Test
  void embedRefusesWhatItCannotReadOrWrite() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty.csv"));
    Path model = (Path) forms.get("model.keras").get(0);
    Path csv = folder.resolve("e.csv");
    Console.run("embed", model, empty, "--out", csv).assertFailed(1, "expected pictures", empty);
    Console.run("embed", model, pictures, "--out", empty)
        .assertFailed(1, "found the folder", empty);
    Path missing = folder.resolve("missing");
    Console.run("embed", model, pictures, "--out", missing.resolve("e.csv"))
        .assertFailed(1, "found none", missing);
    Console.run("embed", model, missing, "--out", csv).assertFailed(1, "found none", missing);
    assertFalse(Files.exists(csv));
  }
}
