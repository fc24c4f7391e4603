package dev.siamese.keras;

import dev.siamese.keras.WeightsLayout.StoredArray;
import dev.siamese.network.AdamSettings;
import dev.siamese.network.AdamState;
import dev.siamese.network.Network;
import dev.siamese.network.Weights;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what an optimizer of Keras remembers, if it is just what Adam does: the step, the learning
 * rate, and of every trained parameter the first and the second moment. Anything else is told and
 * left out.
 */
final class AdamReader {
  static final String GROUP = "optimizer/" + WeightsLayout.VARIABLES;

  private final Group variables;
  private final ArrayReader arrays;
  private final Network network;
  private final List<StoredArray> trained;

  /**
   * What Adam remembers.
   *
   * @param settings Keras's defaults, and the learning rate with which it goes on
   */
  record Memory(AdamState state, AdamSettings settings) {}

  private AdamReader(Group variables, ArrayReader arrays, Network network) {
    this.variables = variables;
    this.arrays = arrays;
    this.network = network;
    this.trained = WeightsLayout.of(network).trained(network);
  }

  /** Reads it if it is there, and adds a notice if it is another optimizer's. */
  static Optional<Memory> read(
      Group root, ArrayReader arrays, Network network, List<String> notices) {
    Optional<Group> variables = ArrayReader.group(root, GROUP);
    if (variables.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new AdamReader(variables.get(), arrays, network).memory());
    } catch (IOException | IllegalArgumentException e) {
      notices.add("left out: what the optimizer remembers; " + e.getMessage());
      return Optional.empty();
    }
  }

  private Memory memory() throws IOException {
    long step = scalar(0, "a step").longValue();
    AdamSettings settings =
        AdamSettings.withLearningRate(scalar(1, "a learning rate").doubleValue());
    int found = variables.getChildren().size();
    if (found == 2 && step == 0) {
      // Merely compiled.
      return new Memory(AdamState.start(network), settings);
    }
    if (found != 2 + 2 * trained.size()) {
      throw new IOException(
          "expected the %d variables of Adam, found %d in %s"
              .formatted(2 + 2 * trained.size(), found, arrays.source()));
    }
    return new Memory(new AdamState(moments(2), moments(3), step), settings);
  }

  private Number scalar(int index, String what) throws IOException {
    return ArrayReader.scalar(variables.getChild(Integer.toString(index)))
        .orElseThrow(
            () ->
                new IOException(
                    "expected %s in %s%d, found none in %s"
                        .formatted(what, variables.getPath(), index, arrays.source())));
  }

  /** The moments of all parameters, which stand in turns. */
  private Weights moments(int first) throws IOException {
    float[][] values = new float[trained.size()][];
    Map<Integer, Integer> positions = WeightsLayout.trainedPositions(network);
    for (int i = 0; i < values.length; i++) {
      String name = Integer.toString(first + 2 * i);
      Optional<String> problem = arrays.problem(variables, name, trained.get(i).shape());
      if (problem.isPresent()) {
        throw new IOException("%s in %s".formatted(problem.get(), arrays.source()));
      }
      values[positions.get(trained.get(i).parameter())] =
          arrays.values((Dataset) variables.getChild(name));
    }
    return new Weights(network.trainableParameters(), values);
  }
}
