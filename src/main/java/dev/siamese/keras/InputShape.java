package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.siamese.network.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shape of an input, whose sizes a configuration may leave open. */
final class InputShape {
  private static final String SHAPE = "batch_shape";

  private InputShape() {}

  /**
   * The shape of an input, where it is open that of its use, or that of the caller's images.
   *
   * @param taken what the model is called with there; empty for the outermost model
   * @throws UnexpectedException when a size stays open, or the input is of another kind
   */
  static TensorShape of(Declaration input, Optional<TensorShape> taken, ModelContext context) {
    JsonObject config = KerasObject.config(input.object());
    SettingsReader settings = new SettingsReader(config, input.owner(), context.notices());
    settings.unused("name", "dtype", SHAPE);
    settings.none("sparse", "ragged", "optional");
    settings.requireNoMore();
    DtypePolicy.check(Json.get(config, "dtype"), input.owner(), context.notices());
    JsonElement shape = Json.get(config, SHAPE);
    Optional<TensorShape> use = taken.or(() -> context.assumptions().image());
    if (shape.isJsonNull()) {
      return use.orElseThrow(() -> open(input, shape));
    }
    List<JsonElement> sizes = Json.array(shape).asList();
    if (sizes.isEmpty()) {
      throw open(input, shape);
    }
    if (!sizes.get(0).isJsonNull()) {
      context.notices().add("left out: the fixed size of the batch of %s", input.owner());
    }
    List<Integer> known = new ArrayList<>();
    for (int axis = 0; axis < sizes.size() - 1; axis++) {
      JsonElement size = sizes.get(axis + 1);
      if (!size.isJsonNull()) {
        known.add(Json.integer(size));
      } else if (use.isPresent() && use.get().rank() == sizes.size() - 1) {
        known.add(use.get().size(axis));
      } else {
        throw open(input, shape);
      }
    }
    return new TensorShape(known);
  }

  private static UnexpectedException open(Declaration input, JsonElement shape) {
    return Json.expected(
        "a size of images for %s, which takes them of any".formatted(input.owner()), shape);
  }
}
