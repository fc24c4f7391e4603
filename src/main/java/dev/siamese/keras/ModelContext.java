package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.siamese.network.Distance;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the readers of all models of a file share. */
final class ModelContext {
  private static final int MOST_LEVELS = 16;

  private final Assumptions assumptions;
  private final Notices notices = new Notices();
  private final Set<JsonElement> seen = new HashSet<>();
  private final Set<String> policies = new TreeSet<>();
  private int level;
  private boolean asksDistance;

  ModelContext(Assumptions assumptions) {
    this.assumptions = assumptions;
  }

  Assumptions assumptions() {
    return assumptions;
  }

  /** What a Lambda layer of two embeddings computes, where that is known. */
  Optional<Distance> distanceOfLambda() {
    asksDistance = true;
    return assumptions.distance();
  }

  /** Whether a distance is known that nothing here asked for. */
  boolean leavesDistance() {
    return assumptions.distance().isPresent() && !asksDistance;
  }

  Notices notices() {
    return notices;
  }

  /** Remembers the type that a layer computes in. */
  void computesIn(String policy) {
    if (!policy.equals(DtypePolicy.FLOAT32)) {
      policies.add(policy);
    }
  }

  /** The types that layers compute in, but float32, as one text; empty where there is none. */
  Optional<String> policy() {
    return policies.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", policies));
  }

  /**
   * Goes into a model.
   *
   * @throws UnexpectedException when there are more in each other than can be run
   */
  void enter(String owner) {
    if (++level > MOST_LEVELS) {
      throw new UnexpectedException(
          "at most %d models in each other".formatted(MOST_LEVELS), owner + " in more");
    }
  }

  /** Comes back out of a model. */
  void leave() {
    level--;
  }

  /**
   * Remembers a layer that is the same object wherever its number occurs.
   *
   * @throws UnexpectedException when it was in another model too: here each model has its own
   */
  void remember(JsonObject layer) {
    JsonElement number = Json.get(layer, "shared_object_id");
    if (!number.isJsonNull() && !seen.add(number)) {
      throw new UnexpectedException(
          "every layer in one model alone", LayerObjects.owner(layer) + " in several");
    }
  }
}
