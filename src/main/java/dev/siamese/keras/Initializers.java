package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.siamese.network.Initializer;
import dev.siamese.network.Initializer.Constant;
import dev.siamese.network.Initializer.Distribution;
import dev.siamese.network.Initializer.FanMode;
import dev.siamese.network.Initializer.Orthogonal;
import dev.siamese.network.Initializer.RandomNormal;
import dev.siamese.network.Initializer.RandomUniform;
import dev.siamese.network.Initializer.TruncatedNormal;
import dev.siamese.network.Initializer.VarianceScaling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Keras's initializers in JSON. Seeds are left out: they would give other numbers here. */
final class Initializers {
  static final Codec<Initializer> CODEC = new Codec<>(Initializers::read, Initializers::write);

  private static final String MODULE = "keras.initializers";

  /** Those that Keras gives a name of their own. */
  private static final Map<String, Initializer> NAMED = new LinkedHashMap<>();

  private static final List<Row<Initializer, ?>> ROWS = new ArrayList<>();

  static {
    NAMED.put("Zeros", Initializer.ZEROS);
    NAMED.put("Ones", Initializer.ONES);
    scaling("Glorot", 1, FanMode.FAN_AVG);
    scaling("He", 2, FanMode.FAN_IN);
    scaling("Lecun", 1, FanMode.FAN_IN);
    row(Constant.class, s -> new Constant(s.value("value", Codec.NUMBER, Constant::value)));
    row(
        RandomUniform.class,
        s ->
            new RandomUniform(
                s.number("minval", -0.05, RandomUniform::least),
                s.number("maxval", 0.05, RandomUniform::most)));
    row(
        RandomNormal.class,
        s ->
            new RandomNormal(
                s.number("mean", 0, RandomNormal::mean),
                s.number("stddev", 0.05, RandomNormal::deviation)));
    row(
        TruncatedNormal.class,
        s ->
            new TruncatedNormal(
                s.number("mean", 0, TruncatedNormal::mean),
                s.number("stddev", 0.05, TruncatedNormal::deviation)));
    row(Orthogonal.class, s -> new Orthogonal(s.number("gain", 1, Orthogonal::gain)));
    row(
        VarianceScaling.class,
        s ->
            new VarianceScaling(
                s.number("scale", 1, VarianceScaling::scale),
                s.value(
                    "mode", Codec.named(FanMode.values()), FanMode.FAN_IN, VarianceScaling::mode),
                s.value(
                    "distribution",
                    Codec.named(Distribution.values()),
                    Distribution.TRUNCATED_NORMAL,
                    VarianceScaling::distribution)));
  }

  private Initializers() {}

  private static void scaling(String name, double scale, FanMode mode) {
    NAMED.put(name + "Uniform", new VarianceScaling(scale, mode, Distribution.UNIFORM));
    NAMED.put(name + "Normal", new VarianceScaling(scale, mode, Distribution.TRUNCATED_NORMAL));
  }

  private static <R extends Initializer> void row(
      Class<R> type, Function<Settings<R>, R> description) {
    ROWS.add(new Row<>(MODULE, type.getSimpleName(), type, description));
  }

  private static Initializer read(JsonElement json) {
    JsonObject object = Json.object(json);
    // "OrthogonalInitializer" in older versions of Keras.
    String className = Json.text(object, "class_name").replaceFirst("Initializer$", "");
    SettingsReader settings =
        new SettingsReader(KerasObject.config(object), className, new Notices());
    settings.unused("seed");
    // Axes for the fans, other than Keras's own.
    settings.none("input_axes", "output_axes");
    if (NAMED.containsKey(className)) {
      settings.requireNoMore();
      return NAMED.get(className);
    }
    for (Row<Initializer, ?> row : ROWS) {
      if (row.className().equals(className)) {
        return row.read(settings);
      }
    }
    throw Json.expected("an initializer that this program knows", json);
  }

  private static JsonElement write(Initializer initializer) {
    for (Map.Entry<String, Initializer> named : NAMED.entrySet()) {
      if (named.getValue().equals(initializer)) {
        return KerasObject.of(MODULE, named.getKey(), new JsonObject());
      }
    }
    return ROWS.stream()
        .filter(row -> row.writes(initializer))
        .findFirst()
        .orElseThrow()
        .object(initializer);
  }
}
