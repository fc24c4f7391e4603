package dev.siamese.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.network.Activation;
import dev.siamese.network.ActivationFunction;
import dev.siamese.network.AveragePooling2D;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Clip;
import dev.siamese.network.Concatenate;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Cropping2D;
import dev.siamese.network.Dense;
import dev.siamese.network.DepthwiseConv2D;
import dev.siamese.network.Dot;
import dev.siamese.network.Dropout;
import dev.siamese.network.ELU;
import dev.siamese.network.ExpandDims;
import dev.siamese.network.Extent;
import dev.siamese.network.GaussianNoise;
import dev.siamese.network.GlobalAveragePooling2D;
import dev.siamese.network.GlobalMaxPooling2D;
import dev.siamese.network.GroupNormalization;
import dev.siamese.network.Initializer;
import dev.siamese.network.InputLayer;
import dev.siamese.network.Layer;
import dev.siamese.network.LayerNormalization;
import dev.siamese.network.LeakyReLU;
import dev.siamese.network.Margins;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Normalization;
import dev.siamese.network.PReLU;
import dev.siamese.network.Padding;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.RandomAugmentation;
import dev.siamese.network.ReLU;
import dev.siamese.network.Reduction;
import dev.siamese.network.Regularizer;
import dev.siamese.network.Rescaling;
import dev.siamese.network.Reshape;
import dev.siamese.network.SeparableConv2D;
import dev.siamese.network.Softmax;
import dev.siamese.network.SpatialDropout2D;
import dev.siamese.network.Squeeze;
import dev.siamese.network.UnitNormalization;
import dev.siamese.network.Window;
import dev.siamese.network.ZeroPadding2D;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LayerTableTest {
  /** Settings that change nothing here, in the words of the tables' rows. */
  private static final Set<String> SILENT =
      Set.of("name", "trainable", "seed", "renorm_clipping", "renorm_momentum");

  /** One of each layer that is known, as Keras writes it. */
  static Stream<JsonElement> layersOfKeras() throws IOException {
    try (Reader reader =
        new InputStreamReader(
            LayerTableTest.class.getResourceAsStream("layers.json"), StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonArray().asList().stream();
    }
  }

  private static Layer read(JsonObject object, Notices notices) {
    return LayerObjects.read(object, notices, List.of());
  }

  @ParameterizedTest
  @MethodSource("layersOfKeras")
  void knowsEverySettingThatKerasWrites(JsonObject object) {
    Notices notices = new Notices();
    read(object, notices);
    assertEquals(List.of(), notices.lines());
    for (String key : object.getAsJsonObject("config").keySet()) {
      if (!SILENT.contains(key)) {
        JsonObject strange = object.deepCopy();
        strange
            .getAsJsonObject("config")
            .add(key, JsonParser.parseString("{\"class_name\": \"Strange\", \"config\": {}}"));
        assertTrue(isRefusedOrTold(strange), "passed over in silence: " + key);
      }
    }
    JsonObject more = object.deepCopy();
    more.getAsJsonObject("config").addProperty("a_new_setting", 1);
    assertTrue(isRefusedOrTold(more));
  }

  private static boolean isRefusedOrTold(JsonObject object) {
    Notices notices = new Notices();
    try {
      read(object, notices);
      LayerObjects.activity(object, notices);
      return !notices.lines().isEmpty();
    } catch (IllegalArgumentException e) {
      assertEquals(1, e.getMessage().lines().count());
      return true;
    }
  }

  @Test
  void everyLayerHasARow() {
    layerClasses(Layer.class)
        .filter(type -> type != InputLayer.class && type != NestedModel.class)
        .forEach(
            type ->
                assertTrue(
                    Stream.concat(LayerTable.ROWS.stream(), OperationTable.ROWS.stream())
                        .anyMatch(row -> row.type() == type),
                    type::getSimpleName));
  }

  private static Stream<Class<?>> layerClasses(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(LayerTableTest::layerClasses)
        : Stream.of(type);
  }

  /** Layers none of whose settings is a default. */
  static Stream<Layer> layers() {
    Window window = new Window(new Extent(2, 3), new Extent(4, 4), Padding.SAME, Extent.ONE);
    Window dilated = new Window(new Extent(2, 3), Extent.ONE, Padding.VALID, new Extent(2, 1));
    ParameterSettings one =
        new ParameterSettings(new Initializer.Constant(0.5), new Regularizer(0.1, 0));
    ParameterSettings two =
        new ParameterSettings(new Initializer.RandomUniform(-1, 2), new Regularizer(0, 0.2));
    ParameterSettings three =
        new ParameterSettings(new Initializer.Orthogonal(3), new Regularizer(0.1, 0.2));
    return Stream.of(
        new Conv2D(4, dilated, 2, new LeakyReLU(0.1), one, Optional.of(two)),
        new Conv2D(4, window, 2, Activation.TANH, three, Optional.empty()),
        new DepthwiseConv2D(3, window, new ELU(0.5), one, Optional.of(two)),
        new SeparableConv2D(5, 3, window, new Softmax(List.of(1, 2)), one, two, Optional.of(three)),
        new Dense(7, new ReLU(OptionalDouble.of(6), 0.1, 0.2), two, Optional.empty()),
        new MaxPooling2D(window),
        new AveragePooling2D(window),
        new GlobalMaxPooling2D(true),
        new GlobalAveragePooling2D(true),
        new ZeroPadding2D(new Margins(1, 2, 3, 4)),
        new Cropping2D(new Margins(1, 2, 3, 4)),
        new Reshape(List.of(2, -1)),
        new Rescaling(List.of(1.0, 2.0, 3.0), List.of(0.5)),
        new ReLU(OptionalDouble.empty(), 0.5, 0.25),
        new LeakyReLU(0.25),
        new ELU(2),
        new Softmax(List.of(1)),
        new PReLU(three, List.of(1, 2)),
        new BatchNormalization(
            1,
            0.5,
            0.25,
            Optional.of(one),
            Optional.empty(),
            new Initializer.RandomNormal(1, 2),
            new Initializer.TruncatedNormal(3, 4)),
        new BatchNormalization(
            2, 0.5, 0.25, Optional.empty(), Optional.of(two), Initializer.ONES, Initializer.ZEROS),
        new LayerNormalization(List.of(1, 3), 0.5, false, Optional.of(two), Optional.empty()),
        new LayerNormalization(List.of(1), 0.5, true, Optional.of(one), Optional.empty()),
        new GroupNormalization(-1, 1, 0.5, Optional.empty(), Optional.of(one)),
        new UnitNormalization(List.of(1, 2)),
        new Normalization(List.of(1, 2), Optional.empty(), true),
        new Normalization(
            List.of(3),
            Optional.of(new Normalization.Statistics(List.of(1.0, 2.0), List.of(3.0, 4.0))),
            false),
        new Concatenate(1),
        new Dot(1, 2, true),
        new Dropout(0.25),
        new SpatialDropout2D(0.25),
        new GaussianNoise(0.25),
        new RandomAugmentation("RandomFlip", "{\"mode\":\"horizontal\",\"seed\":7}"),
        new Reduction(Reduction.Function.NORM, List.of(1, 2), true),
        new Reduction(Reduction.Function.MAX, List.of(2), false),
        new ExpandDims(2),
        new Squeeze(List.of(1, 2)),
        new Clip(-1, 2));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void readsBackEverySetting(Layer layer) {
    boolean operation = LayerObjects.isOperation(layer);
    Regularizer activity = operation ? Regularizer.NONE : new Regularizer(0.25, 0.5);
    JsonObject written = LayerObjects.write(new NamedLayer("name", layer, false, activity));
    assertEquals(layer, read(written, new Notices()));
    assertEquals(activity, LayerObjects.activity(written, new Notices()));
  }

  @Test
  void readsBackEveryActivationAndInitializer() {
    for (ActivationFunction function : ActivationFunction.values()) {
      Activation activation = new Activation(function);
      assertEquals(activation, Activations.CODEC.read(Activations.CODEC.write(activation)));
    }
    for (Initializer.FanMode mode : Initializer.FanMode.values()) {
      for (Initializer.Distribution distribution : Initializer.Distribution.values()) {
        for (double scale : new double[] {1, 2, 3}) {
          Initializer initializer = new Initializer.VarianceScaling(scale, mode, distribution);
          assertEquals(initializer, Initializers.CODEC.read(Initializers.CODEC.write(initializer)));
        }
      }
    }
  }

  @Test
  void readsInitializersOfOlderVersions() {
    assertEquals(
        new Initializer.Orthogonal(2),
        Initializers.CODEC.read(
            JsonParser.parseString(
                "{\"class_name\": \"OrthogonalInitializer\", \"config\": {\"gain\": 2}}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "relu | RELU",
        "swish | SILU",
        "hard_swish | HARD_SILU",
      })
  void readsActivationsByName(String name, ActivationFunction function) {
    Activation expected = new Activation(function);
    assertEquals(expected, activation("\"%s\"".formatted(name)));
    assertEquals(
        expected,
        activation(
            "{\"module\": \"builtins\", \"class_name\": \"function\", \"config\": \"%s\"}"
                .formatted(name)));
    assertEquals(Activation.LINEAR, activation("null"));
  }

  private static Layer activation(String json) {
    return Activations.CODEC.read(JsonParser.parseString(json));
  }
}
