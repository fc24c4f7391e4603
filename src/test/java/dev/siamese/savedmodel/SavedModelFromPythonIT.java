package dev.siamese.savedmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import dev.siamese.Python;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.Activation;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.GlobalAveragePooling2D;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.OutputKind;
import dev.siamese.network.Parameter;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import dev.siamese.network.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Keras exports, in the hands of Java. */
class SavedModelFromPythonIT {
  private static final float TOLERANCE = 1e-5f;

  private static @TempDir Path temporary;
  private static PairedImages pairs;
  private static Map<String, Kind> kinds;

  private final List<String> notices = new ArrayList<>();

  /** What Keras says of a model. */
  private record Kind(String kind, String values, float[] outputs) {
    ValueRange range() {
      return ValueRange.of(values);
    }

    Optional<OutputKind> output() {
      return kind.isEmpty()
          ? Optional.empty()
          : Optional.of(OutputKind.valueOf(kind.toUpperCase(Locale.ROOT)));
    }
  }

  @BeforeAll
  static void exportByKeras() throws IOException {
    Python.run("src/test/python/save_pair_models.py", temporary.toString());
    kinds =
        new Gson()
            .fromJson(
                Files.readString(temporary.resolve("kinds.json")),
                new TypeToken<Map<String, Kind>>() {}.getType());
    byte[] first = Files.readAllBytes(temporary.resolve("first.bin"));
    byte[] second = Files.readAllBytes(temporary.resolve("second.bin"));
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    ImageShape shape = new ImageShape(20, 24, 3);
    int count = first.length / shape.pixels();
    pairs =
        new PairedImages(
            new LabeledImages(all, new int[2 * count], shape),
            new Pairs(
                IntStream.range(0, count).toArray(),
                IntStream.range(count, 2 * count).toArray(),
                new byte[count]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "euclidean",
        "squared",
        "manhattan",
        "cosine distance",
        "mean",
        "normalized",
        "lambda",
        "cosine",
        "inverse",
        "exponential",
        "negative",
        "sigmoid",
        "rescaling",
        "rescaling twin",
        "centring",
        "centring twin",
        "twin"
      })
  void tellsWhatKerasDoesAndFindsOutWhatThatIs(String name) throws IOException {
    Kind kind = kinds.get(name);
    try (ServedModel model = load(name, kind.range(), Optional.empty())) {
      assertEquals(kind.output(), Optional.of(model.output()));
      assertEquals(TensorShape.of(20, 24, 3), model.image());
      assertClose(kind.outputs(), outputs(model));
    }
    List<String> others = notices.stream().filter(notice -> !notice.contains("Euclidean")).toList();
    if (!name.equals("negative") && !name.equals("cosine")) {
      assertEquals(List.of(), others);
    }
    assertEquals(name.endsWith("twin"), notices.stream().anyMatch(n -> n.contains("Euclidean")));
  }

  @Test
  void testsAllKinds() {
    assertEquals(19, kinds.size());
  }

  @Test
  void countsRoundingBelowZeroAsZero() throws IOException {
    Pairs same = new Pairs(pairs.pairs().first(), pairs.pairs().first(), pairs.pairs().labels());
    try (ServedModel model = load("cosine distance", ValueRange.ZERO_TO_ONE, Optional.empty())) {
      for (float distance : model.compare(pairs.images(), same)) {
        assertTrue(distance >= 0 && distance < 1e-6, () -> "distance " + distance);
      }
    }
    try (ServedModel model = load("cosine", ValueRange.ZERO_TO_ONE, Optional.empty())) {
      for (float similarity : model.compare(pairs.images(), same)) {
        assertTrue(similarity <= 1 && similarity > 1 - 1e-6, () -> "similarity " + similarity);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rescaling", "rescaling twin", "centring", "centring twin"})
  void tellsThatOtherValuesMayBeRight(String name) throws IOException {
    load(name, ValueRange.ZERO_TO_ONE, Optional.empty()).close();
    String last = notices.get(notices.size() - 1);
    assertTrue(
        last.contains("distances hardly differ at 0..1; --values 0..255 may be right"), last);
    assertTrue(last.contains(temporary.toString()), last);
  }

  @ParameterizedTest
  @CsvSource({
    "negative, not within 0 to 1",
    "random,   change from call to call",
  })
  void tellsWhatIsOddAboutOutputs(String name, String words) throws IOException {
    try (ServedModel model = load(name, ValueRange.ZERO_TO_ONE, Optional.empty())) {
      assertEquals(TensorShape.of(20, 24, 3), model.image());
    } catch (UnclearModelException e) {
      // Random outputs need not be clear; that they are random is told all the same.
      notices.add(e.getMessage());
    }
    assertTrue(notices.stream().anyMatch(notice -> notice.contains(words)), notices::toString);
  }

  @Test
  void asksTheUserWhereTheModelDoesNotTell() throws IOException {
    String message =
        assertThrows(
                IOException.class,
                () -> load("untrained", ValueRange.ZERO_TO_ONE, Optional.empty()))
            .getMessage();
    assertTrue(message.contains("--output distance or --output similarity"), message);
    assertTrue(message.contains(temporary.toString()), message);
    for (OutputKind kind : OutputKind.values()) {
      try (ServedModel model = load("untrained", ValueRange.ZERO_TO_ONE, Optional.of(kind))) {
        assertEquals(kind, model.output());
        assertClose(kinds.get("untrained").outputs(), outputs(model));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SMALL-export",
    "SMALL-save",
    "SMALL-compiled",
    "SMALL-twin",
    "KERAS_IO-export",
    "KERAS_IO-save",
    "KERAS_IO-compiled",
    "COLOUR-export",
    "COLOUR-save",
    "COLOUR-compiled",
    "ADAPTED-export",
    "ADAPTED-save",
    "ADAPTED-compiled",
    "ADAPTED-twin",
    "BRANCHES-export",
    "BRANCHES-save",
    "BRANCHES-compiled",
    "BRANCHES-twin",
  })
  void readsEveryBitOfTheWeights(String name) throws IOException {
    ServedNetworks network = network(name);
    Weights weights = weights(name);
    float[] expected = RawArrays.floats(temporary.resolve(network.name() + ".bin"));
    int next = 0;
    for (int i = 0; i < weights.parameters().size(); i++) {
      Parameter parameter = weights.parameters().get(i);
      if (!parameter.name().endsWith("count")) { // An integer that nothing uses.
        float[] values = Arrays.copyOfRange(expected, next, next + parameter.size());
        assertArrayEquals(values, weights.values(i), parameter.name());
      }
      next += parameter.size();
    }
    assertEquals(expected.length, next);
    assertEquals(OptionalDouble.empty(), open("weights/" + name).threshold());
  }

  @ParameterizedTest
  @ValueSource(strings = {"KERAS_IO-twin", "COLOUR-twin"})
  void refusesTheWeightsOfATwinAloneWhereTheHeadHasSome(String name) {
    String message = assertThrows(IOException.class, () -> weights(name)).getMessage();
    assertTrue(message.contains("twin"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"KERAS_IO-save", "COLOUR-export", "BRANCHES-export"})
  void computesTheSameAfterARoundTrip(String name) throws IOException {
    ServedNetworks network = network(name);
    PairedImages samples = network.samples(10);
    Path written = temporary.resolve("round-trip-" + name);
    SavedModelWriter.write(written, network.model(weights(name)), samples);
    LoadSettings settings =
        new LoadSettings(
            SessionSettings.defaults(), network.range(), Optional.of(network.network().output()));
    try (ServedModel theirs = open("weights/" + name).load(settings, notice -> {});
        ServedModel ours = SavedModelReader.open(written).load(settings, notice -> {})) {
      Pairs drawn = samples.pairs();
      // Keras's Euclidean distance of equal images is not 0 but √1e-7.
      int[] different =
          IntStream.range(0, drawn.size())
              .filter(pair -> drawn.first()[pair] != drawn.second()[pair])
              .toArray();
      Pairs others =
          new Pairs(
              Arrays.stream(different).map(pair -> drawn.first()[pair]).toArray(),
              Arrays.stream(different).map(pair -> drawn.second()[pair]).toArray(),
              new byte[different.length]);
      assertClose(theirs.compare(samples.images(), others), ours.compare(samples.images(), others));
    }
  }

  @Test
  void refusesTheWeightsOfOtherNetworks() throws IOException {
    SiameseNetwork other =
        SiameseNetwork.of(
            ServedNetworks.twin(
                TensorShape.of(28, 28, 1),
                Conv2D.of(4, Window.valid(2), Activation.TANH),
                MaxPooling2D.of(2),
                Conv2D.of(3, Window.valid(2), Activation.TANH),
                MaxPooling2D.of(2),
                new GlobalAveragePooling2D(false),
                Dense.of(5, Activation.LINEAR)),
            Distance.EUCLIDEAN);
    for (String form : List.of("export", "save", "twin")) {
      SavedModelReader reader = open("weights/SMALL-" + form);
      String message = assertThrows(IOException.class, () -> reader.weights(other)).getMessage();
      assertTrue(message.contains("computes something else"), message);
    }
    String message =
        assertThrows(
                IOException.class,
                () -> open("weights/SMALL-export").weights(ServedNetworks.KERAS_IO.network()))
            .getMessage();
    assertTrue(message.contains("/kernel (2, 2, 1, 4)"), message);
  }

  private static ServedNetworks network(String name) {
    return ServedNetworks.valueOf(name.substring(0, name.indexOf('-')));
  }

  private static Weights weights(String name) throws IOException {
    return open("weights/" + name).weights(network(name).network());
  }

  private static float[] outputs(ServedModel model) {
    return model.compare(pairs.images(), pairs.pairs());
  }

  private ServedModel load(String name, ValueRange values, Optional<OutputKind> output)
      throws IOException {
    return open("kinds/" + name)
        .load(new LoadSettings(SessionSettings.defaults(), values, output), notices::add);
  }

  private static SavedModelReader open(String name) throws IOException {
    return SavedModelReader.open(temporary.resolve(name));
  }

  private static void assertClose(float[] expected, float[] found) {
    float greatest = 1;
    for (float value : expected) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    assertArrayEquals(expected, found, TOLERANCE * greatest);
  }
}
