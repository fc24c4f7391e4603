package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.siamese.network.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** With what a model is compiled. Of the loss and of metrics, code would have to be run. */
final class CompileConfig {
  private static final String OPTIMIZER = "optimizer";
  private static final String LOSS = "loss";

  /** How a step is run, not what it comes to. */
  private static final Set<String> MEANINGLESS =
      Set.of("run_eagerly", "steps_per_execution", "jit_compile", "auto_scale_loss");

  private CompileConfig() {}

  /**
   * What is understood of it.
   *
   * @param optimizer its settings; empty where there is none, or it is unknown
   */
  record Compiled(Optional<Optimizer> optimizer, TrainingRemarks remarks) {}

  /**
   * Reads the member "compile_config" of a model.
   *
   * @param model the outermost object of a configuration
   * @param notices gets a line for an optimizer that is not known here, and for an unknown setting
   *     that does nothing
   */
  static Compiled read(JsonObject model, List<String> notices) {
    JsonObject config =
        Json.get(model, "compile_config") instanceof JsonObject found ? found : new JsonObject();
    TrainingRemarks remarks =
        new TrainingRemarks(
            Optional.empty(), loss(Json.get(config, LOSS)), Optional.empty(), leftOut(config));
    JsonElement json = Json.get(config, OPTIMIZER);
    if (json.isJsonNull()) {
      return new Compiled(Optional.empty(), remarks);
    }
    try {
      Notices own = new Notices();
      Optimizer optimizer = OptimizerTable.read(json, own);
      notices.addAll(own.lines());
      return new Compiled(Optional.of(optimizer), remarks);
    } catch (IllegalArgumentException e) {
      notices.add("left out: the optimizer; " + e.getMessage());
      return new Compiled(Optional.empty(), remarks.withUnknownOptimizer(e.getMessage()));
    }
  }

  private static List<String> leftOut(JsonObject config) {
    List<String> left = new ArrayList<>();
    for (String key : config.keySet()) {
      JsonElement value = config.get(key);
      boolean set =
          !value.isJsonNull() && !(value.isJsonArray() && value.getAsJsonArray().isEmpty());
      if (set && !key.equals(OPTIMIZER) && !key.equals(LOSS) && !MEANINGLESS.contains(key)) {
        left.add("left out: %s of the compiled model".formatted(Json.show(key)));
      }
    }
    return left;
  }

  /** The name of a loss: as it is told, or of its function, or its class with what is not usual. */
  private static Optional<String> loss(JsonElement json) {
    if (json.isJsonNull()) {
      return Optional.empty();
    }
    if (json instanceof JsonObject object) {
      if (isCrossEntropy(object)) {
        return Optional.of(TrainingRemarks.CROSS_ENTROPY);
      }
      JsonElement config = Json.get(object, "config");
      return Optional.of(
          Json.show(
              Json.isString(config) ? config.getAsString() : Json.text(object, "class_name")));
    }
    return Optional.of(Json.isString(json) ? Json.show(json.getAsString()) : Json.show(json));
  }

  /** Whether it is Keras's cross-entropy of what a sigmoid gives, as it comes. */
  private static boolean isCrossEntropy(JsonObject object) {
    JsonObject config =
        KerasObject.isOf(object, "BinaryCrossentropy") ? KerasObject.config(object) : null;
    return config != null
        && Set.of(JsonNull.INSTANCE, new JsonPrimitive(false))
            .contains(Json.get(config, "from_logits"))
        && (!Json.isNumber(Json.get(config, "label_smoothing"))
            || Json.number(config.get("label_smoothing")) == 0);
  }

  /**
   * The member "compile_config" of a model. The loss stays open: Keras would ask for the
   * contrastive loss's code while it loads the file.
   */
  static JsonElement write(Optional<Optimizer> optimizer) {
    if (optimizer.isEmpty()) {
      return JsonNull.INSTANCE;
    }
    JsonObject config = new JsonObject();
    config.add(OPTIMIZER, OptimizerTable.write(optimizer.get()));
    config.add(LOSS, JsonNull.INSTANCE);
    config.add("metrics", JsonNull.INSTANCE);
    return config;
  }
}
