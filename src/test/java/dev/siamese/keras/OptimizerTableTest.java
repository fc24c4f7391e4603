package dev.siamese.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.siamese.network.Adam;
import dev.siamese.network.AdamW;
import dev.siamese.network.Clipping;
import dev.siamese.network.LearningRate;
import dev.siamese.network.Nadam;
import dev.siamese.network.Optimizer;
import dev.siamese.network.OptimizerSettings;
import dev.siamese.network.RMSprop;
import dev.siamese.network.SGD;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTableTest {
  private static final String RATE = "learning_rate";

  /**
   * Settings that change nothing: what things are called, and how averages are taken that are not.
   */
  private static final Set<String> SILENT =
      Set.of("name", "ema_momentum", "ema_overwrite_frequency");

  /** Settings that cannot be kept. */
  private static final Set<String> REFUSED =
      Set.of("use_ema", "loss_scale_factor", "gradient_accumulation_steps");

  /** How a step is run, not what it comes to. */
  private static final Set<String> MEANINGLESS =
      Set.of("run_eagerly", "steps_per_execution", "jit_compile");

  /**
   * Optimizers and schedules with all their settings, and a compiled model, as Keras writes them.
   */
  static JsonObject ofKeras() throws IOException {
    try (Reader reader =
        new InputStreamReader(
            OptimizerTableTest.class.getResourceAsStream("optimizers.json"),
            StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    }
  }

  static Stream<JsonElement> optimizersOfKeras() throws IOException {
    return ofKeras().getAsJsonArray("optimizers").asList().stream();
  }

  @ParameterizedTest
  @MethodSource("optimizersOfKeras")
  void keepsOrNamesEverySettingThatKerasWrites(JsonObject object) {
    Notices notices = new Notices();
    Optimizer optimizer = OptimizerTable.read(object, notices);
    assertEquals(List.of(), notices.lines());
    JsonObject written = OptimizerTable.write(optimizer);
    assertKept(object, written);
    for (String key : object.getAsJsonObject("config").keySet()) {
      if (!SILENT.contains(key)) {
        assertNamed(object, key, "config");
      }
    }
    if (object.getAsJsonObject("config").get(RATE) instanceof JsonObject schedule) {
      assertKept(schedule, written.getAsJsonObject("config").getAsJsonObject(RATE));
      for (String key : schedule.getAsJsonObject("config").keySet()) {
        if (!SILENT.contains(key)) {
          assertNamed(object, key, "config", RATE, "config");
        }
      }
    }
    assertNamed(object, "a_new_setting", "config");
  }

  /** What is written has all settings but those that change nothing and those that are refused. */
  private static void assertKept(JsonObject object, JsonObject written) {
    Set<String> expected = new TreeSet<>(object.getAsJsonObject("config").keySet());
    expected.removeAll(SILENT);
    expected.removeAll(REFUSED);
    assertEquals(expected, new TreeSet<>(written.getAsJsonObject("config").keySet()));
  }

  /** A setting that holds what is none is refused by its name, or by what it holds. */
  private static void assertNamed(JsonObject object, String key, String... path) {
    JsonObject strange = object.deepCopy();
    JsonObject config = strange;
    for (String member : path) {
      config = config.getAsJsonObject(member);
    }
    config.add(key, JsonParser.parseString("{\"class_name\": \"Strange\", \"config\": {}}"));
    JsonObject model = new JsonObject();
    JsonObject compiled = new JsonObject();
    compiled.add("optimizer", strange);
    model.add("compile_config", compiled);
    List<String> told = new ArrayList<>();
    CompileConfig.Compiled read = CompileConfig.read(model, told);
    assertEquals(Optional.empty(), read.optimizer(), key);
    assertEquals(1, told.size(), key);
    assertTrue(told.get(0).contains(key) || told.get(0).contains("Strange"), told.get(0));
    assertEquals(1, told.get(0).lines().count(), told.get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "use_ema, true",
    "loss_scale_factor, 128",
    "gradient_accumulation_steps, 2",
  })
  void namesWhatItDoesNotKeep(String key, String value) throws IOException {
    JsonObject object = optimizersOfKeras().findFirst().orElseThrow().getAsJsonObject();
    object.getAsJsonObject("config").add(key, JsonParser.parseString(value));
    JsonObject compiled = new JsonObject();
    compiled.add("optimizer", object);
    JsonObject model = new JsonObject();
    model.add("compile_config", compiled);
    List<String> told = new ArrayList<>();
    TrainingRemarks remarks = CompileConfig.read(model, told).remarks();
    String reason = "expected no %s of Adam, found %s".formatted(key, value);
    assertEquals(Optional.of(reason), remarks.unknownOptimizer());
    assertEquals(List.of("left out: the optimizer; " + reason), told);
  }

  @Test
  void namesEverySettingOfACompiledModel() throws IOException {
    JsonObject compiled = ofKeras().getAsJsonObject("compiled");
    for (String key : compiled.keySet()) {
      JsonObject model = new JsonObject();
      JsonObject changed = compiled.deepCopy();
      changed.add(key, new JsonPrimitive("strange"));
      model.add("compile_config", changed);
      List<String> told = new ArrayList<>();
      TrainingRemarks remarks = CompileConfig.read(model, told).remarks();
      boolean named =
          remarks.unknownOptimizer().isPresent() && told.size() == 1
              || remarks.loss().equals(Optional.of("strange"))
              || remarks
                  .leftOut()
                  .equals(List.of("left out: %s of the compiled model".formatted(key)));
      assertEquals(!MEANINGLESS.contains(key), named, key);
    }
    JsonObject model = new JsonObject();
    model.add("compile_config", compiled);
    assertEquals(TrainingRemarks.NONE, CompileConfig.read(model, new ArrayList<>()).remarks());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'\"mse\"' | mse",
        "'{\"class_name\": \"function\", \"config\": \"contrastive\"}' | contrastive",
        "'{\"module\": \"keras.losses\", \"class_name\": \"Huber\", \"config\": {}}' | Huber",
        "'{\"module\": \"keras.losses\", \"class_name\": \"BinaryCrossentropy\","
            + " \"config\": {\"from_logits\": false, \"label_smoothing\": 0.0}}' | binary_crossentropy",
        "'{\"module\": \"keras.losses\", \"class_name\": \"BinaryCrossentropy\","
            + " \"config\": {\"label_smoothing\": 0.1}}' | BinaryCrossentropy",
        "'{\"module\": \"keras.losses\", \"class_name\": \"BinaryCrossentropy\","
            + " \"config\": {\"from_logits\": true}}' | BinaryCrossentropy",
      })
  void tellsTheLoss(String json, String name) {
    JsonObject compiled = new JsonObject();
    compiled.add("optimizer", JsonNull.INSTANCE);
    compiled.add("loss", JsonParser.parseString(json));
    JsonObject model = new JsonObject();
    model.add("compile_config", compiled);
    assertEquals(Optional.of(name), CompileConfig.read(model, new ArrayList<>()).remarks().loss());
  }

  /** Optimizers none of whose settings is a default. */
  static Stream<Optimizer> optimizers() {
    OptimizerSettings exponential =
        new OptimizerSettings(
            new LearningRate.ExponentialDecay(0.5, 10, 0.25, true),
            OptionalDouble.of(0.125),
            new Clipping(Clipping.Kind.NORM, 2));
    OptimizerSettings cosine =
        new OptimizerSettings(
            new LearningRate.CosineDecay(0.5, 10, 0.25, OptionalDouble.of(0.75), 5),
            OptionalDouble.of(0),
            new Clipping(Clipping.Kind.GLOBAL_NORM, 3));
    OptimizerSettings piecewise =
        new OptimizerSettings(
            new LearningRate.PiecewiseConstantDecay(
                List.of(1L, 1L << 40), List.of(0.5, 0.25, 0.125)),
            OptionalDouble.empty(),
            new Clipping(Clipping.Kind.VALUE, 4));
    Adam adam = new Adam(exponential, 0.5, 0.25, 0.125, true);
    return Stream.of(
        adam,
        new AdamW(adam.with(cosine)),
        new Nadam(piecewise, 0.5, 0.25, 0.125),
        new RMSprop(exponential, 0.5, 0.25, 0.125, true),
        new SGD(cosine, 0.5, true));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void readsBackEverySetting(Optimizer optimizer) {
    Notices notices = new Notices();
    assertEquals(optimizer, OptimizerTable.read(OptimizerTable.write(optimizer), notices));
    assertEquals(List.of(), notices.lines());
  }

  @Test
  void aNameStandsForKerassDefaults() throws IOException {
    for (JsonElement element : optimizersOfKeras().limit(5).toList()) {
      JsonObject object = element.getAsJsonObject();
      Optimizer written = OptimizerTable.read(object, new Notices());
      JsonElement name = new JsonPrimitive(written.className().toLowerCase(java.util.Locale.ROOT));
      Optimizer named = OptimizerTable.read(name, new Notices());
      // Keras writes it as the float32 that it keeps.
      assertEquals(
          written.common().learningRate().at(0), (float) named.common().learningRate().at(0));
      assertEquals(written, named.withLearningRate(written.common().learningRate()));
    }
  }

  @Test
  void everyOptimizerHasARow() {
    for (Class<?> type : Optimizer.class.getPermittedSubclasses()) {
      assertTrue(
          OptimizerTable.ROWS.stream().anyMatch(row -> row.settings().type() == type),
          type::getSimpleName);
    }
    assertFalse(OptimizerTable.ROWS.isEmpty());
  }
}
