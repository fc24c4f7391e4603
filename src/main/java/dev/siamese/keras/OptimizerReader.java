package dev.siamese.keras;

import dev.siamese.keras.OptimizerRow.Place;
import dev.siamese.keras.WeightsLayout.StoredArray;
import dev.siamese.network.LearningRate;
import dev.siamese.network.Network;
import dev.siamese.network.Optimizer;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.Slot;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what an optimizer of Keras remembers: the step, the learning rate where it is no schedule,
 * and what it keeps of every trained parameter.
 */
final class OptimizerReader {
  static final String GROUP = "optimizer/" + WeightsLayout.VARIABLES;

  /** The group in a whole model's HDF5 file. */
  private static final String LISTED = "optimizer_weights";

  private final List<ArrayPlace> variables;
  private final ArrayReader arrays;
  private final Network network;
  private final List<StoredArray> trained;

  /**
   * What an optimizer remembers.
   *
   * @param optimizer at the learning rate with which it goes on
   */
  record Memory(Optimizer optimizer, OptimizerState state) {}

  private OptimizerReader(List<ArrayPlace> variables, ArrayReader arrays, Network network) {
    this.variables = variables;
    this.arrays = arrays;
    this.network = network;
    this.trained = WeightsLayout.of(network).trained(network);
  }

  /**
   * Reads it.
   *
   * @param root of the file
   * @throws IOException when there is none, or it is another optimizer's
   * @throws IllegalArgumentException when the learning rate or the step is out of its range
   */
  static Memory read(Group root, ArrayReader arrays, Network network, Optimizer optimizer)
      throws IOException {
    List<ArrayPlace> variables =
        root.getChild(LISTED) instanceof Group listed
            ? ArrayPlace.listed(listed, arrays)
            : ArrayPlace.numbered(arrays.requireGroup(root, GROUP));
    return new OptimizerReader(variables, arrays, network).memory(optimizer);
  }

  private Memory memory(Optimizer compiled) throws IOException {
    long step = scalar(0, "a step").longValue();
    List<Place> places =
        new ArrayList<>(OptimizerTable.of(compiled).places(compiled, trained.size()));
    // Keras 2 has the rate in the configuration alone.
    boolean older = isOfKeras2(places.size());
    boolean constant = !older && compiled.common().learningRate() instanceof LearningRate.Constant;
    Optimizer optimizer =
        constant ? at(compiled, scalar(1, "a learning rate").doubleValue()) : compiled;
    int first = constant ? 2 : 1;
    int found = variables.size();
    if (found == first && step == 0) {
      // Merely compiled.
      return new Memory(optimizer, OptimizerState.start(optimizer, network));
    }
    if (!places.isEmpty()
        && places.get(places.size() - 1).slot().isShared()
        && first < found
        && variables.get(first).node() instanceof Dataset firstOfAll
        && firstOfAll.isScalar()) {
      // So in the first versions of Keras 3.
      Collections.rotate(places, 1);
    }
    boolean unused = older && places.isEmpty() && found > first;
    if (found != first + places.size() && !unused) {
      throw new IOException(
          "expected the %d variables of %s, found %d in %s"
              .formatted(first + places.size(), optimizer.className(), found, arrays.source()));
    }
    for (int i = 0; unused && i < trained.size(); i++) {
      place(first + i, trained.get(i).shape());
    }
    return new Memory(optimizer, new OptimizerState(step, slots(optimizer, places, first)));
  }

  /** The rate may have been changed since the model was compiled; it is kept as float32. */
  private static Optimizer at(Optimizer compiled, double rate) {
    return (float) compiled.common().learningRate().at(0) == (float) rate
        ? compiled
        : compiled.withLearningRate(LearningRates.constant(rate));
  }

  /**
   * Whether there is no rate behind the step: nothing, or an array. Keras 2 keeps momentums also
   * for an optimizer that never uses them.
   *
   * @param places how many variables there are besides the two
   */
  private boolean isOfKeras2(int places) {
    return variables.size() == 1
        || variables.size() == 1 + (places == 0 ? trained.size() : places)
            && variables.get(1).node() instanceof Dataset dataset
            && dataset.getDimensionsAsLong().length > 0;
  }

  private Number scalar(int index, String what) throws IOException {
    if (index >= variables.size()) {
      throw new IOException(
          "expected %s of the optimizer, found none in %s".formatted(what, arrays.source()));
    }
    return ArrayReader.scalar(variables.get(index).node())
        .orElseThrow(
            () ->
                new IOException(
                    "expected %s in %s, found none in %s"
                        .formatted(what, variables.get(index).path(), arrays.source())));
  }

  private Map<Slot, Weights> slots(Optimizer optimizer, List<Place> places, int first)
      throws IOException {
    Map<Slot, float[][]> values = new EnumMap<>(Slot.class);
    for (Slot slot : optimizer.slots()) {
      values.put(slot, new float[slot.isShared() ? 1 : trained.size()][]);
    }
    Map<Integer, Integer> positions = WeightsLayout.trainedPositions(network);
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      float[][] slot = values.get(place.slot());
      if (place.slot().isShared()) {
        slot[0] = new float[] {scalar(first + i, "a number").floatValue()};
      } else {
        StoredArray array = trained.get(place.parameter());
        slot[positions.get(array.parameter())] = values(first + i, array.shape());
      }
    }
    Map<Slot, Weights> slots = new EnumMap<>(Slot.class);
    values.forEach(
        (slot, read) ->
            slots.put(slot, new Weights(slot.parameters(network.trainableParameters()), read)));
    return slots;
  }

  private float[] values(int index, TensorShape shape) throws IOException {
    return arrays.values(place(index, shape).dataset());
  }

  /** Where an array of this shape is. */
  private ArrayPlace place(int index, TensorShape shape) throws IOException {
    ArrayPlace place = variables.get(index);
    Optional<String> problem = arrays.problem(place.group(), place.name(), shape);
    if (problem.isPresent()) {
      throw new IOException("%s in %s".formatted(problem.get(), arrays.source()));
    }
    return place;
  }
}
