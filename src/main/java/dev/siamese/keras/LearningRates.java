package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.siamese.network.LearningRate;
import dev.siamese.network.LearningRate.CosineDecay;
import dev.siamese.network.LearningRate.ExponentialDecay;
import dev.siamese.network.LearningRate.PiecewiseConstantDecay;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Keras's learning rates in JSON: a number, or a schedule. */
final class LearningRates {
  static final Codec<LearningRate> CODEC = new Codec<>(LearningRates::read, LearningRates::write);

  /** Keras compares whole steps, so that what is behind the point of a boundary does not count. */
  private static final Codec<List<Long>> BOUNDARIES =
      new Codec<>(json -> Json.list(json, each -> (long) Json.number(each)), Json::array);

  private static final Codec<List<Double>> RATES =
      new Codec<>(json -> Json.list(json, Json::number), Json::array);

  private static final List<Row<LearningRate, ?>> SCHEDULES =
      List.of(
          row(
              "ExponentialDecay",
              ExponentialDecay.class,
              s ->
                  new ExponentialDecay(
                      s.value("initial_learning_rate", Codec.NUMBER, ExponentialDecay::initial),
                      s.value("decay_steps", Codec.NUMBER, ExponentialDecay::decaySteps),
                      s.value("decay_rate", Codec.NUMBER, ExponentialDecay::decayRate),
                      s.bool("staircase", false, ExponentialDecay::staircase))),
          row(
              "CosineDecay",
              CosineDecay.class,
              s ->
                  new CosineDecay(
                      s.value("initial_learning_rate", Codec.NUMBER, CosineDecay::initial),
                      s.value("decay_steps", Codec.NUMBER, CosineDecay::decaySteps),
                      s.number("alpha", 0, CosineDecay::alpha),
                      s.value(
                          "warmup_target",
                          Codec.OPTIONAL_NUMBER,
                          OptionalDouble.empty(),
                          CosineDecay::warmupTarget),
                      s.number("warmup_steps", 0, CosineDecay::warmupSteps))),
          row(
              "PiecewiseConstantDecay",
              PiecewiseConstantDecay.class,
              s ->
                  new PiecewiseConstantDecay(
                      s.value("boundaries", BOUNDARIES, PiecewiseConstantDecay::boundaries),
                      s.value("values", RATES, PiecewiseConstantDecay::rates))));

  private LearningRates() {}

  private static <R extends LearningRate> Row<LearningRate, R> row(
      String className, Class<R> type, Function<Settings<R>, R> description) {
    return new Row<>(
        "keras.optimizers.schedules",
        className,
        type,
        s -> {
          s.unused("name");
          return description.apply(s);
        });
  }

  static LearningRate constant(double value) {
    return new LearningRate.Constant(value);
  }

  private static LearningRate read(JsonElement json) {
    if (Json.isNumber(json)) {
      return constant(Json.number(json));
    }
    JsonObject object = Json.object(json);
    for (Row<LearningRate, ?> row : SCHEDULES) {
      if (KerasObject.isOf(object, row.className())) {
        return row.read(
            new SettingsReader(KerasObject.config(object), row.className(), new Notices()));
      }
    }
    throw Json.expected("a number or a schedule that this program knows", json);
  }

  private static JsonElement write(LearningRate rate) {
    if (rate instanceof LearningRate.Constant constant) {
      return new JsonPrimitive(constant.value());
    }
    return SCHEDULES.stream()
        .filter(row -> row.writes(rate))
        .findFirst()
        .orElseThrow()
        .object(rate);
  }
}
