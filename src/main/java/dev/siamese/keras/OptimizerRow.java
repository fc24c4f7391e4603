package dev.siamese.keras;

import dev.siamese.network.Optimizer;
import dev.siamese.network.Slot;
import java.util.ArrayList;
import java.util.List;

/**
 * An optimizer of Keras.
 *
 * @param settings says each setting once, for reading and for writing
 * @param inTurns how many of its first slots stand in turns, parameter by parameter; of each other
 *     slot all parameters stand together, behind these
 */
record OptimizerRow(Row<Optimizer, ?> settings, int inTurns) {

  /**
   * A place in the list of variables, behind the step and the learning rate.
   *
   * @param slot what stands there
   * @param parameter of which, counted in the order of the file; 0 where it is of all together
   */
  record Place(Slot slot, int parameter) {}

  /**
   * What stands in a file, in order.
   *
   * @param parameters how many are trained
   */
  List<Place> places(Optimizer optimizer, int parameters) {
    List<Place> places = new ArrayList<>();
    List<Slot> slots = optimizer.slots();
    for (int parameter = 0; parameter < parameters; parameter++) {
      for (Slot slot : slots.subList(0, inTurns)) {
        places.add(new Place(slot, parameter));
      }
    }
    for (Slot slot : slots.subList(inTurns, slots.size())) {
      for (int parameter = 0; parameter < (slot.isShared() ? 1 : parameters); parameter++) {
        places.add(new Place(slot, parameter));
      }
    }
    return places;
  }
}
