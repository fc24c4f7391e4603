package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import dev.siamese.Outcome;
import dev.siamese.Python;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.data.ValueRange;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.OutputKind;
import dev.siamese.savedmodel.LoadSettings;
import dev.siamese.savedmodel.SavedModelChoice;
import dev.siamese.savedmodel.SavedModelReader;
import dev.siamese.savedmodel.ServedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SavedModels of others in every form: images, signatures, tags and variables. */
class ForeignSignaturesIT {
  private static final float TOLERANCE = 1e-5f;
  private static final ImageShape SHAPE = ImageShape.MNIST;
  private static final String SIZE =
      "it does not tell the size of its images: 28×28 is taken (--network says another one)";
  private static final String TWIN =
      "no signature of two images: distances are the Euclidean ones of the embeddings";

  private static @TempDir Path temporary;
  private static Path first;
  private static Path second;
  private static LabeledImages images;
  private static Pairs pairs;
  private static Map<String, Answers> models;

  private final List<String> notices = new ArrayList<>();

  /** What TensorFlow says. */
  private record Answers(float[][] embeddings, float[] outputs) {}

  @BeforeAll
  static void saveByTensorFlow() throws IOException {
    Python.run("src/test/python/served_models.py", temporary.toString());
    models =
        new Gson()
            .fromJson(
                Files.readString(temporary.resolve("models.json")),
                new TypeToken<Map<String, Answers>>() {}.getType());
    LabeledImages digits = SyntheticDigits.dataset(4, 10, 20).test();
    first = ModelFixture.picture(temporary.resolve("a.png"), digits, 1);
    second = ModelFixture.picture(temporary.resolve("b.png"), digits, 8);
    byte[] pixels = Files.readAllBytes(temporary.resolve("pixels.bin"));
    int count = pixels.length / SHAPE.pixels();
    images = new LabeledImages(pixels, new int[count], SHAPE);
    pairs =
        new Pairs(
            IntStream.range(0, count).toArray(),
            IntStream.range(0, count).map(image -> count - 1 - image).toArray(),
            new byte[count]);
  }

  private static SavedModelReader open(String name, String... signature) throws IOException {
    return open(name, Set.of(), signature);
  }

  private static SavedModelReader open(String name, Set<String> tags, String... signature)
      throws IOException {
    return SavedModelReader.open(
        temporary.resolve(name),
        new SavedModelChoice(tags, List.of(signature).stream().findFirst(), Optional.empty()));
  }

  private static LoadSettings settings(ValueRange values) {
    return new LoadSettings(SessionSettings.defaults(), values, Optional.empty());
  }

  private void assertCompares(SavedModelReader reader, String name) throws IOException {
    try (ServedModel model = reader.load(settings(ValueRange.ZERO_TO_ONE), notices::add)) {
      assertArrayEquals(models.get(name).outputs(), model.compare(images, pairs), TOLERANCE, name);
    }
  }

  private void assertEmbeds(SavedModelReader reader, String name) throws IOException {
    try (ServedModel model = reader.loadToEmbed(settings(ValueRange.ZERO_TO_ONE), notices::add)) {
      float[][] found = model.embed(images);
      float[][] expected = models.get(name).embeddings();
      for (int image = 0; image < expected.length; image++) {
        assertArrayEquals(expected[image], found[image], TOLERANCE, name);
      }
    }
  }

  private void assertNotices(String... words) {
    assertEquals(words.length, notices.size(), notices::toString);
    for (int i = 0; i < words.length; i++) {
      assertTrue(notices.get(i).contains(words[i]), notices::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rank3,          false",
    "flat,           true",
    "bytes,          false",
    "double,         false",
    "channels_first, false",
    "any_size,       true",
    "batch1,         false",
    "batch4,         false",
    "single,         false",
    "no_rank,        true",
    "v1,             false",
    "v1_resource,    false",
    "v1_frozen,      false",
  })
  void embedsImagesInTheFormThatIsAskedFor(String name, boolean sizeIsAssumed) throws IOException {
    assertEmbeds(open(name), name);
    assertNotices(sizeIsAssumed ? new String[] {SIZE} : new String[0]);
    notices.clear();
    assertCompares(open(name), name);
    assertNotices(sizeIsAssumed ? new String[] {SIZE, TWIN} : new String[] {TWIN});
  }

  /** Pixels in 16 bits are rounded before TensorFlow, too, sees them. */
  @Test
  void embedsImagesOfHalfPrecision() throws IOException {
    assertEmbeds(open("half"), "half");
  }

  @ParameterizedTest
  @CsvSource({"pairs_of_4, DISTANCE", "single_pairs, DISTANCE", "integers, SIMILARITY"})
  void comparesImagesInTheFormThatIsAskedFor(String name, OutputKind kind) throws IOException {
    SavedModelReader reader = open(name);
    assertCompares(reader, name);
    assertNotices();
    try (ServedModel model = reader.load(settings(ValueRange.ZERO_TO_ONE), notices::add)) {
      assertEquals(kind, model.output());
    }
  }

  @Test
  void knowsTheValuesOfIntegersAlone() throws IOException {
    assertEquals(Optional.of(ValueRange.ZERO_TO_255), open("bytes").values());
    assertEquals(Optional.of(ValueRange.ZERO_TO_255), open("integers").values());
    assertEquals(Optional.empty(), open("double").values());
  }

  @Test
  void feedsTheValuesThatTheUserNames() throws IOException {
    try (ServedModel model =
        open("centred").loadToEmbed(settings(ValueRange.MINUS_ONE_TO_ONE), notices::add)) {
      assertArrayEquals(models.get("centred").embeddings()[3], model.embed(images)[3], TOLERANCE);
    }
  }

  @Test
  void takesTheSignaturesThatFitTogether() throws IOException {
    assertCompares(open("fitting"), "fitting");
    assertNotices();
    assertEmbeds(open("fitting"), "fitting");
    assertNotices(
        "of the signatures of one image, a_pixels, encode, encode is taken, whose embeddings pairs"
            + " compares");
  }

  @Test
  void tellsThatEmbeddingsAreNotThoseThatAreCompared() throws IOException {
    assertCompares(open("unfitting"), "unfitting");
    assertNotices();
    try (ServedModel model =
        open("unfitting").loadToEmbed(settings(ValueRange.ZERO_TO_ONE), notices::add)) {
      assertEquals(784, model.embed(images)[0].length);
    }
    assertNotices(
        "the embeddings of its signature a_pixels are not known to be what serving_default"
            + " compares");
  }

  @Test
  void takesSignaturesThatSayTheSameForOne() throws IOException {
    assertCompares(open("twice"), "twice");
    assertEmbeds(open("twice"), "twice");
    assertNotices();
  }

  @Test
  void asksWhichOfSeveralSignaturesIsMeant() throws IOException {
    assertUnclear(open("two"), "two images, cosine, euclidean", "--signature NAME");
    assertCompares(open("two", "euclidean"), "two");
    assertNotices();
    assertEmbeds(open("two"), "two");
    assertNotices();
    assertUnclear(open("embeddings"), "one image, encode, pixels", "--signature NAME");
    assertEmbeds(open("embeddings", "encode"), "embeddings");
    assertCompares(open("embeddings", "encode"), "embeddings");
    assertNotices(TWIN);
  }

  @Test
  void asksWhichOfSeveralOutputsIsMeant() throws IOException {
    assertUnclear(open("outputs"), "encode:features, encode:logits", "--signature NAME");
    assertEmbeds(open("outputs", "encode:features"), "outputs");
    assertUnclear("no such signature", () -> open("outputs", "encode:others"), "found encode");
  }

  @Test
  void takesTheDefaultOfSeveralSignaturesAndTellsIt() throws IOException {
    assertCompares(open("default"), "default");
    assertNotices(
        "of the signatures of two images, serving_default, cosine, serving_default is taken"
            + " (--signature says otherwise)");
  }

  @Test
  void tellsThatAnswersOfSignaturesChange() throws IOException {
    open("random").loadToEmbed(settings(ValueRange.ZERO_TO_ONE), notices::add).close();
    assertNotices(
        "serving_default, serve, whose answers change from call to call, as of random layers",
        "change from call to call");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "none;    ; no signature (model.export or tf.saved_model.save with signatures= writes some)",
        "strings; ; string (n)",
        "two; other; expected the signature other, found cosine, encode, euclidean",
      })
  void refusesWhatCannotBeUsedByName(String name, String signature, String words) {
    String[] signatures = signature == null ? new String[0] : new String[] {signature};
    assertUnclear(name, () -> open(name, signatures), words, name);
  }

  @Test
  void takesTheOnlyGraphOrThatOfTheTagsThatAreNamed() throws IOException {
    assertEmbeds(open("v1_mine"), "v1_mine");
    assertNotices("its only graph, tagged mine rather than serve, is taken");
    assertUnclear(
        "v1_graphs",
        () -> open("v1_graphs"),
        "tagged serve, found one tagged train; and one tagged serve, gpu",
        "--tags");
    notices.clear();
    assertEmbeds(open("v1_graphs", Set.of("serve", "gpu")), "v1_graphs");
    assertEmbeds(open("v1_graphs", Set.of("train")), "v1_graphs");
    assertNotices();
    assertUnclear("v1", () -> open("v1", Set.of("gpu")), "tagged gpu, found one tagged serve");
  }

  @Test
  void listsWhatIsThereThoughItCannotBeUsed() throws IOException {
    assertEquals(
        List.of(
            "Graph tagged train:",
            "  Signatures:",
            "    serving_default: images float (n, 28, 28, 1) → embedding float (n, 7)",
            "Graph tagged serve, gpu:",
            "  Signatures:",
            "    serving_default: images float (n, 28, 28, 1) → embedding float (n, 7)"),
        SavedModelReader.describe(temporary.resolve("v1_graphs")));
    assertEquals(
        List.of("Graph tagged serve:", "  no signatures"),
        SavedModelReader.describe(temporary.resolve("none")));
  }

  @Test
  void commandsTakeTheSignatureAndTheTagsThatAreNamed() {
    compare("two").assertFailed(1, "cosine, euclidean", "--signature NAME");
    String euclidean = compare("two", "--signature", "euclidean").output();
    assertTrue(euclidean.contains("distance"), euclidean);
    String cosine = compare("two", "--signature", "cosine").output();
    assertTrue(cosine.contains("distance") && !cosine.equals(euclidean), cosine);
    compare("v1_graphs").assertFailed(1, "--tags");
    assertEquals(0, compare("v1_graphs", "--tags", "serve,gpu").exitCode());
    Path file = temporary.resolve("npy.npy");
    Console.succeed("embed", temporary.resolve("fitting"), first, "--out", file);
    Console.run("embed", temporary.resolve("embeddings"), first, "--out", file)
        .assertFailed(1, "encode, pixels", "--signature NAME");
  }

  @Test
  void commandsRefuseFractionsForIntegers() {
    assertEquals(0, compare("bytes", "--values", "0..255").exitCode());
    compare("bytes", "--values", "0..1")
        .assertFailed(1, "expected --values 0..255, as its images are integers, found 0..1");
  }

  @Test
  void commandsRefuseAChoiceWhereThereIsNone() throws IOException {
    Path file = Files.createFile(temporary.resolve("some.keras"));
    Console.run("summary", file, "--signature", "x")
        .assertFailed(1, "expected a SavedModel folder, of which --tags and --signature", file);
  }

  @Test
  void summaryListsWhatIsThereThoughItCannotBeUsed() {
    for (String name : List.of("none", "strings", "two", "v1_graphs")) {
      String listed = Console.succeed("summary", temporary.resolve(name)).output();
      assertTrue(listed.startsWith("Cannot be used as it stands: expected "), listed);
      assertTrue(listed.contains("\nGraph tagged "), listed);
    }
  }

  @Test
  void summaryTellsWhatIsAssumed() {
    String listed = Console.succeed("summary", temporary.resolve("rank3")).output();
    assertTrue(
        listed.contains("Images: 28×28, pixels as 0..1 (assumed; --values says otherwise)\n"),
        listed);
    listed = Console.succeed("summary", temporary.resolve("bytes")).output();
    assertTrue(listed.contains("Images: 28×28, pixels as 0..255\n"), listed);
  }

  private static Outcome compare(String name, Object... options) {
    List<Object> command =
        new ArrayList<>(List.of("compare", temporary.resolve(name), first, second));
    command.addAll(List.of(options));
    return Console.run(command.toArray());
  }

  private void assertUnclear(SavedModelReader reader, String... parts) {
    assertUnclear(
        "unclear",
        () -> reader.load(settings(ValueRange.ZERO_TO_ONE), notices::add).close(),
        parts);
  }

  private static void assertUnclear(String what, Executable action, String... parts) {
    String message = assertThrows(IOException.class, action, what).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
    assertTrue(message.contains(temporary.toString()), message);
    assertEquals(1, message.lines().count(), message);
  }
}
