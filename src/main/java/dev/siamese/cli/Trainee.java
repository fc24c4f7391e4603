package dev.siamese.cli;

import dev.siamese.data.RandomStream;
import dev.siamese.exchange.StoredModel;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.Parameter;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Slot;
import dev.siamese.network.Weights;
import dev.siamese.training.RunState;
import dev.siamese.training.Supervision;
import dev.siamese.training.Supervision.Alike;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The network of a run as it is kept and as it is trained, which is the same but for a projection
 * that views of pictures are compared by and that is left off afterwards.
 *
 * @param kept the network that the run starts from and leaves
 * @param trained the network that steps are taken with, whose first parameters are those of the
 *     kept one
 */
record Trainee(TrainedNetwork kept, SiameseNetwork trained) {
  /** Units of the projection's first layer. */
  private static final int HIDDEN = 128;

  /** Size of what is compared. */
  private static final int PROJECTED = 64;

  /** What its weights are called; the rest is called as the optimizer's slots. */
  private static final String WEIGHTS = "weights";

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException when the first of the trained network are not the kept one's
   */
  Trainee {
    List<Parameter> own = kept.network().network().parameters();
    if (!trained.network().parameters().subList(0, own.size()).equals(own)) {
      throw new IllegalArgumentException(
          "expected %d parameters first that are kept, found others in %s"
              .formatted(own.size(), trained.network()));
    }
  }

  /**
   * What a network has to become for a lesson.
   *
   * @throws IllegalArgumentException when it cannot
   */
  static Trainee of(TrainedNetwork start, Supervision supervision) {
    if (supervision.objective().isEmpty()) {
      return new Trainee(start, start.network());
    }
    // Refuses the networks that no loss over embeddings teaches.
    SiameseNetwork unit = start.network().withUnitEmbeddings();
    if (!supervision.isOfUnitEmbeddings()) {
      return new Trainee(start, start.network());
    }
    TrainedNetwork kept =
        new TrainedNetwork(
            unit, start.weights().as(unit.network().parameters()), start.preparation());
    return supervision.alike() == Alike.CLASSES
        ? new Trainee(kept, unit)
        : new Trainee(kept, unit.withProjection(HIDDEN, PROJECTED));
  }

  /** Whether it is trained with a projection. */
  boolean isProjected() {
    return parameters() < trained.network().parameters().size();
  }

  /** How many parameters are kept. */
  private int parameters() {
    return kept.network().network().parameters().size();
  }

  private int trainedParameters() {
    return kept.network().network().trainableParameters().size();
  }

  /**
   * A run before its first step, with a new projection.
   *
   * @see #start(OptimizerState, long, Map)
   */
  RunState start(OptimizerState remembered, long seed) {
    return start(remembered, seed, Map.of());
  }

  /**
   * A run before its first step.
   *
   * @param remembered by the optimizer, of the network that is kept
   * @param seed of the weights of a new projection
   * @param earlier the projection that an earlier run has trained, by name: what is not there
   *     begins anew
   */
  RunState start(OptimizerState remembered, long seed, Map<String, Weights> earlier) {
    List<Parameter> all = kept.network().network().trainableParameters();
    Map<Slot, Weights> slots = new EnumMap<>(Slot.class);
    remembered.slots().forEach((slot, values) -> slots.put(slot, values.as(slot.parameters(all))));
    RunState own =
        RunState.startingFrom(kept.weights(), new OptimizerState(remembered.step(), slots));
    if (!isProjected()) {
      return own;
    }
    Map<String, Weights> projection = new TreeMap<>();
    Weights drawn = Weights.initial(trained.network(), RandomStream.WEIGHTS.generator(seed));
    projection.put(WEIGHTS, rest(drawn, parameters()));
    for (Slot slot : slots.keySet()) {
      projection.put(slot.text(), Weights.zeros(projectionParameters()));
    }
    if (remembered.step() == 0) {
      projection.put(WEIGHTS, earlier.getOrDefault(WEIGHTS, projection.get(WEIGHTS)));
    } else {
      projection.replaceAll(earlier::getOrDefault);
    }
    return joined(own, projection);
  }

  /**
   * The projection that the run of a model has trained; empty where there is none to go on with.
   *
   * @param source the model that training goes on from, if any
   * @param file of it, for messages
   * @param notices takes a line where a new one begins
   * @throws IOException when it is damaged
   */
  Map<String, Weights> projection(Optional<StoredModel> source, Path file, Consumer<String> notices)
      throws IOException {
    if (!isProjected() || source.isEmpty()) {
      return Map.of();
    }
    String text = source.get().attachments().get(ProjectionText.NAME);
    if (text == null) {
      notices.accept("A new projection begins: there is none beside the model in " + file);
      return Map.of();
    }
    try {
      return ProjectionText.read(text, projectionParameters());
    } catch (IllegalArgumentException e) {
      throw new IOException("%s in %s".formatted(e.getMessage(), file), e);
    }
  }

  /** Of where a run stands, what is kept. */
  RunState kept(RunState state) {
    if (!isProjected()) {
      return state;
    }
    Map<Slot, Weights> slots = new EnumMap<>(Slot.class);
    state
        .optimizer()
        .slots()
        .forEach(
            (slot, values) ->
                slots.put(slot, slot.isShared() ? values : first(values, trainedParameters())));
    return new RunState(
        state.history(),
        state.begun(),
        first(state.weights(), parameters()),
        new OptimizerState(state.optimizer().step(), slots));
  }

  /** Of where a run stands, the projection's part, by name. */
  Map<String, Weights> projection(RunState state) {
    Map<String, Weights> parts = new TreeMap<>();
    parts.put(WEIGHTS, rest(state.weights(), parameters()));
    state
        .optimizer()
        .slots()
        .forEach(
            (slot, values) -> {
              if (!slot.isShared()) {
                parts.put(slot.text(), rest(values, trainedParameters()));
              }
            });
    return parts;
  }

  /**
   * Where a run stands, of what is kept and the projection's part.
   *
   * @throws IllegalArgumentException when that lacks something
   */
  RunState joined(RunState own, Map<String, Weights> projection) {
    List<Parameter> all = trained.network().trainableParameters();
    Map<Slot, Weights> slots = new EnumMap<>(Slot.class);
    own.optimizer()
        .slots()
        .forEach(
            (slot, values) ->
                slots.put(
                    slot,
                    slot.isShared() ? values : joined(values, part(projection, slot.text()), all)));
    return new RunState(
        own.history(),
        own.begun(),
        joined(own.weights(), part(projection, WEIGHTS), trained.network().parameters()),
        new OptimizerState(own.optimizer().step(), slots));
  }

  /** The parameters of the projection. */
  List<Parameter> projectionParameters() {
    List<Parameter> all = trained.network().parameters();
    return all.subList(parameters(), all.size());
  }

  private static Weights part(Map<String, Weights> projection, String name) {
    Weights found = projection.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "expected the %s of a projection, found %s".formatted(name, projection.keySet()));
    }
    return found;
  }

  private static Weights first(Weights all, int count) {
    return all.select(IntStream.range(0, count).boxed().toList());
  }

  private static Weights rest(Weights all, int from) {
    return all.select(IntStream.range(from, all.parameters().size()).boxed().toList());
  }

  private static Weights joined(Weights first, Weights rest, List<Parameter> parameters) {
    List<float[]> values = new ArrayList<>();
    for (Weights part : List.of(first, rest)) {
      for (int i = 0; i < part.parameters().size(); i++) {
        values.add(part.values(i));
      }
    }
    return new Weights(parameters, values.toArray(float[][]::new));
  }
}
