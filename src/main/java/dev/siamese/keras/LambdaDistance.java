package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import dev.siamese.network.Distance;
import dev.siamese.network.Network;
import dev.siamese.network.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Lambda layer, whose code is never read: where it can be nothing but a distance of two
 * embeddings, it is taken for one.
 */
final class LambdaDistance {
  static final String CLASS = "Lambda";

  private LambdaDistance() {}

  /**
   * The distance in a Lambda layer's place.
   *
   * @param takes shapes of what the layer is called with
   * @return a network of two inputs, these its first layers and nodes
   * @throws UnexpectedException when the layer is no distance
   */
  static Network of(Declaration lambda, List<TensorShape> takes, ModelContext context) {
    if (takes.size() != 2 || !takes.get(0).equals(takes.get(1)) || takes.get(0).rank() != 1) {
      throw new UnexpectedException(
          "a distance of two embeddings (size) in %s, whose code is not read"
              .formatted(lambda.owner()),
          "it to take " + takes);
    }
    JsonElement given = Json.get(KerasObject.config(lambda.object()), "output_shape");
    if (given.isJsonArray()) {
      List<JsonElement> sizes = new ArrayList<>(given.getAsJsonArray().asList());
      if (sizes.size() == 1) {
        sizes.add(0, JsonNull.INSTANCE); // Keras has it without the batch.
      }
      requireDistance(sizes, given, lambda.name());
    }
    Optional<Distance> known = context.distanceOfLambda();
    Distance distance = known.orElse(Distance.EUCLIDEAN);
    if (known.isEmpty()) {
      context
          .notices()
          .add(
              "not read, but taken for the %s distance: the code of %%s".formatted(distance.text()),
              lambda.owner());
    }
    return distance.network(takes.get(0));
  }

  /**
   * Checks that a Lambda layer's output is a distance where another layer takes it.
   *
   * @throws UnexpectedException when it is known to be none
   */
  static void requireShape(TensorReference output) {
    if (!output.shape().isJsonNull()) {
      requireDistance(Json.array(output.shape()).asList(), output.shape(), output.layer());
    }
  }

  private static void requireDistance(List<JsonElement> sizes, JsonElement shape, String name) {
    boolean single =
        sizes.size() == 2 && Json.isNumber(sizes.get(1)) && Json.number(sizes.get(1)) == 1;
    if (!single) {
      throw Json.expected(
          "a distance (batch, 1) from Lambda \"%s\", whose code is not read".formatted(name),
          shape);
    }
  }
}
