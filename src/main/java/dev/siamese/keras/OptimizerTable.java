package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.siamese.network.Adam;
import dev.siamese.network.AdamW;
import dev.siamese.network.Clipping;
import dev.siamese.network.Nadam;
import dev.siamese.network.Optimizer;
import dev.siamese.network.OptimizerSettings;
import dev.siamese.network.RMSprop;
import dev.siamese.network.SGD;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The optimizers of Keras 3, a row each: their settings and how they keep what they remember. */
final class OptimizerTable {
  private static final String MODULE = "keras.optimizers";

  /** To add an optimizer, add a row. */
  static final List<OptimizerRow> ROWS =
      List.of(
          row("Adam", Adam.class, s -> adam(s, OptionalDouble.empty()), 2),
          row(
              "AdamW",
              AdamW.class,
              s -> new AdamW(adam(s.part(AdamW::adam), OptionalDouble.of(AdamW.WEIGHT_DECAY))),
              2),
          row("Nadam", Nadam.class, OptimizerTable::nadam, 2),
          row("RMSprop", RMSprop.class, OptimizerTable::rmsprop, 0),
          row("SGD", SGD.class, OptimizerTable::sgd, 0));

  private OptimizerTable() {}

  private static <R extends Optimizer> OptimizerRow row(
      String className, Class<R> type, Function<Settings<R>, R> description, int inTurns) {
    return new OptimizerRow(new Row<>(MODULE, className, type, description), inTurns);
  }

  /** The row of an optimizer. */
  static OptimizerRow of(Optimizer optimizer) {
    return ROWS.stream().filter(row -> row.settings().writes(optimizer)).findFirst().orElseThrow();
  }

  /**
   * Reads an optimizer: an object, or a name alone, which stands for Keras's defaults.
   *
   * @param notices gets a line for a setting that is not known here and does nothing
   * @throws IllegalArgumentException when it is another, or has a setting that is not known here
   */
  static Optimizer read(JsonElement json, Notices notices) {
    JsonObject object = Json.isString(json) ? new JsonObject() : Json.object(json);
    String name = Json.isString(json) ? json.getAsString() : Json.text(object, "class_name");
    for (OptimizerRow row : ROWS) {
      String className = row.settings().className();
      if (Json.isString(json)
          ? name.equalsIgnoreCase(className)
          : KerasObject.isOf(object, className)) {
        JsonObject config = KerasObject.config(object);
        return row.settings().read(new SettingsReader(config, className, notices));
      }
    }
    throw new UnexpectedException(
        "one of "
            + String.join(", ", ROWS.stream().map(row -> row.settings().className()).toList()),
        Json.show(name));
  }

  /** Writes an optimizer. */
  static JsonObject write(Optimizer optimizer) {
    return of(optimizer).settings().object(optimizer);
  }

  private static Adam adam(Settings<Adam> s, OptionalDouble weightDecay) {
    return new Adam(
        common(s, 0.001, weightDecay),
        s.number("beta_1", 0.9, Adam::beta1),
        s.number("beta_2", 0.999, Adam::beta2),
        s.number("epsilon", 1e-7, Adam::epsilon),
        s.bool("amsgrad", false, Adam::amsgrad));
  }

  private static Nadam nadam(Settings<Nadam> s) {
    return new Nadam(
        common(s, 0.001, OptionalDouble.empty()),
        s.number("beta_1", 0.9, Nadam::beta1),
        s.number("beta_2", 0.999, Nadam::beta2),
        s.number("epsilon", 1e-7, Nadam::epsilon));
  }

  private static RMSprop rmsprop(Settings<RMSprop> s) {
    return new RMSprop(
        common(s, 0.001, OptionalDouble.empty()),
        s.number("rho", 0.9, RMSprop::rho),
        s.number("momentum", 0, RMSprop::momentum),
        s.number("epsilon", 1e-7, RMSprop::epsilon),
        s.bool("centered", false, RMSprop::centered));
  }

  private static SGD sgd(Settings<SGD> s) {
    return new SGD(
        common(s, 0.01, OptionalDouble.empty()),
        s.number("momentum", 0, SGD::momentum),
        s.bool("nesterov", false, SGD::nesterov));
  }

  /** What all have. */
  private static <R extends Optimizer> OptimizerSettings common(
      Settings<R> optimizer, double learningRate, OptionalDouble weightDecay) {
    optimizer.none("use_ema", "loss_scale_factor", "gradient_accumulation_steps");
    // The last two tell how an average is taken that is not.
    optimizer.unused("name", "ema_momentum", "ema_overwrite_frequency");
    Settings<OptimizerSettings> s = optimizer.part(Optimizer::common);
    return new OptimizerSettings(
        s.value(
            "learning_rate",
            LearningRates.CODEC,
            LearningRates.constant(learningRate),
            OptimizerSettings::learningRate),
        s.value("weight_decay", Codec.OPTIONAL_NUMBER, weightDecay, OptimizerSettings::weightDecay),
        clipping(s.part(OptimizerSettings::clipping)));
  }

  /** Keras takes one of three, and a limit of 0 or less for none. */
  private static Clipping clipping(Settings<Clipping> s) {
    List<Clipping> found =
        List.of(
                limit(s, "clipnorm", Clipping.Kind.NORM),
                limit(s, "global_clipnorm", Clipping.Kind.GLOBAL_NORM),
                limit(s, "clipvalue", Clipping.Kind.VALUE))
            .stream()
            .filter(clipping -> clipping.kind() != Clipping.Kind.NONE)
            .toList();
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "expected one of clipnorm, global_clipnorm and clipvalue, found " + found.size());
    }
    return found.isEmpty() ? Clipping.NONE : found.get(0);
  }

  private static Clipping limit(Settings<Clipping> s, String key, Clipping.Kind kind) {
    OptionalDouble limit =
        s.value(
            key, Codec.OPTIONAL_NUMBER, OptionalDouble.empty(), clipping -> clipping.limitOf(kind));
    return limit.orElse(0) > 0 ? new Clipping(kind, limit.getAsDouble()) : Clipping.NONE;
  }
}
