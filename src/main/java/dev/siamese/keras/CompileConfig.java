package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.siamese.network.AdamSettings;
import java.util.List;
import java.util.Optional;

/** With what a model is compiled, as far as it is Adam. Of the loss, code would have to be run. */
final class CompileConfig {
  private static final String OPTIMIZER = "optimizer";

  private static final Row<AdamSettings, AdamSettings> ADAM =
      new Row<>(
          "keras.optimizers",
          "Adam",
          AdamSettings.class,
          s -> {
            s.none(
                "weight_decay",
                "clipnorm",
                "global_clipnorm",
                "clipvalue",
                "use_ema",
                "ema_overwrite_frequency",
                "loss_scale_factor",
                "gradient_accumulation_steps",
                "amsgrad");
            s.unused("name", "ema_momentum");
            return new AdamSettings(
                s.number("learning_rate", 0.001, AdamSettings::learningRate),
                s.number("beta_1", 0.9, AdamSettings::beta1),
                s.number("beta_2", 0.999, AdamSettings::beta2),
                s.number("epsilon", 1e-7, AdamSettings::epsilon));
          });

  private CompileConfig() {}

  /**
   * The settings of Adam.
   *
   * @param model the outermost object of a configuration
   * @param notices gets a line for another optimizer, and for a setting that is not known here
   */
  static Optional<AdamSettings> read(JsonObject model, List<String> notices) {
    JsonElement compiled = Json.get(model, "compile_config");
    JsonElement optimizer =
        compiled instanceof JsonObject config ? Json.get(config, OPTIMIZER) : JsonNull.INSTANCE;
    if (optimizer.isJsonNull()) {
      return Optional.empty();
    }
    if (Json.isString(optimizer) && optimizer.getAsString().equalsIgnoreCase("adam")) {
      return Optional.of(AdamSettings.withLearningRate(0.001));
    }
    try {
      JsonObject object = Json.object(optimizer);
      if (!KerasObject.isOf(object, ADAM.className())) {
        throw new UnexpectedException("Adam", Json.show(Json.text(object, "class_name")));
      }
      Notices own = new Notices();
      AdamSettings adam =
          ADAM.read(new SettingsReader(KerasObject.config(object), ADAM.className(), own));
      notices.addAll(own.lines());
      return Optional.of(adam);
    } catch (IllegalArgumentException e) {
      notices.add("left out: the optimizer; " + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * The member "compile_config" of a model. The loss stays open: Keras would ask for the
   * contrastive loss's code while it loads the file.
   */
  static JsonElement write(Optional<AdamSettings> adam) {
    if (adam.isEmpty()) {
      return JsonNull.INSTANCE;
    }
    JsonObject config = new JsonObject();
    config.add(OPTIMIZER, ADAM.object(adam.get()));
    config.add("loss", JsonNull.INSTANCE);
    config.add("metrics", JsonNull.INSTANCE);
    return config;
  }
}
