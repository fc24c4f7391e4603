package dev.siamese.network;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What an optimizer remembers of the steps that it has taken.
 *
 * @param step how many steps have been taken
 * @param slots what it keeps beside that, of {@linkplain Network#trainableParameters() the trained
 *     parameters}
 */
public record OptimizerState(long step, Map<Slot, Weights> slots) {

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException when the step is negative
   */
  public OptimizerState {
    if (step < 0) {
      throw new IllegalArgumentException("expected a step of 0 or greater, found " + step);
    }
    Map<Slot, Weights> copy = new EnumMap<>(Slot.class);
    copy.putAll(slots);
    slots = Collections.unmodifiableMap(copy);
  }

  /** Before the first step in the training of a network. */
  public static OptimizerState start(Optimizer optimizer, Network network) {
    Map<Slot, Weights> slots = new EnumMap<>(Slot.class);
    for (Slot slot : optimizer.slots()) {
      slots.put(slot, slot.start(network.trainableParameters()));
    }
    return new OptimizerState(0, slots);
  }

  /**
   * What it keeps of a kind.
   *
   * @throws IllegalArgumentException when it keeps none
   */
  public Weights slot(Slot slot) {
    Weights found = slots.get(slot);
    if (found == null) {
      throw new IllegalArgumentException(
          "expected a %s, found %s".formatted(slot.text(), slots.keySet()));
    }
    return found;
  }

  /**
   * Checks that it is an optimizer's in the training of a network, and returns it.
   *
   * @throws IllegalArgumentException when it is another's
   */
  public OptimizerState requireFor(Optimizer optimizer, Network network) {
    List<Parameter> trained = network.trainableParameters();
    boolean fits = slots.size() == optimizer.slots().size();
    for (Slot slot : optimizer.slots()) {
      Weights kept = slots.get(slot);
      fits &= kept != null && kept.parameters().equals(slot.parameters(trained));
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "expected the memory of %s for the network %s, found another"
              .formatted(optimizer.className(), network));
    }
    return this;
  }
}
