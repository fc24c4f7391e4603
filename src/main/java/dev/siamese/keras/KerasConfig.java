package dev.siamese.keras;

import com.google.gson.JsonObject;
import dev.siamese.network.Network;
import dev.siamese.network.Optimizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Networks as what {@code model.to_json()} says in Keras 3. */
public final class KerasConfig {
  private KerasConfig() {}

  /**
   * Reads a network. No code in it is read or run.
   *
   * @param json what {@code model.to_json()} says
   * @param source the file, for messages
   * @throws IOException when it is no model, has a layer or a setting that this program does not
   *     know, or is damaged; the message names it in one line
   */
  public static ReadNetwork read(String json, String source, Assumptions assumptions)
      throws IOException {
    return read(Json.parse(json, source), source, assumptions);
  }

  static ReadNetwork read(JsonObject json, String source, Assumptions assumptions)
      throws IOException {
    ModelContext context = new ModelContext(assumptions);
    try {
      Network network = ModelReader.read(json, Optional.empty(), context);
      List<String> notices = new ArrayList<>(context.notices().lines());
      if (context.leavesDistance() && network.inputs().size() > 1) {
        notices.add("it tells what it computes itself, so that --distance is left out");
      }
      return new ReadNetwork(network, context.policy(), notices);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("%s in %s".formatted(e.getMessage(), source), e);
    }
  }

  /** What {@code keras.models.model_from_json} takes for this network, in safe mode too. */
  public static String write(Network network) {
    return ModelWriter.write(network).toString();
  }

  /** The settings of an optimizer, by Keras's names. */
  public static JsonObject settings(Optimizer optimizer) {
    return KerasObject.config(OptimizerTable.write(optimizer));
  }
}
