package dev.siamese.exchange;

import dev.siamese.network.Layer.WhileTraining;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.Network;
import dev.siamese.network.OutputKind;
import dev.siamese.network.Regularizer;
import dev.siamese.network.SiameseNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether and how a network can be trained. */
public final class Trainability {
  private Trainability() {}

  /**
   * Checks that there is a loss for what a network gives, and something to train.
   *
   * @return what training leaves out, a line each
   * @throws IllegalArgumentException when it cannot be trained
   */
  public static List<String> require(SiameseNetwork siamese) {
    Network network = siamese.network().inlined();
    if (network.trainableParameters().isEmpty()) {
      throw new IllegalArgumentException(
          "expected parameters to train, found none in the model " + network.name());
    }
    if (siamese.output() == OutputKind.SIMILARITY && !Understanding.endsInSigmoid(network)) {
      throw new IllegalArgumentException(
          "expected a similarity of 0 to 1, as a sigmoid gives, to train it with the binary"
              + " cross-entropy, found another layer at the end of the model "
              + network.name());
    }
    List<String> left = new ArrayList<>();
    String augmentation =
        names(network, layer -> layer.layer().whileTraining() == WhileTraining.AUGMENTS);
    if (!augmentation.isEmpty()) {
      left.add("Left out of training: " + augmentation + ".");
    }
    String activity = names(network, layer -> !layer.activity().equals(Regularizer.NONE));
    if (!activity.isEmpty()) {
      left.add(
          "Left out of the loss of validation: the activity regularizers of " + activity + ".");
    }
    return left;
  }

  private static String names(Network network, Predicate<NamedLayer> which) {
    return network.layers().stream()
        .filter(which)
        .map(NamedLayer::name)
        .collect(Collectors.joining(", "));
  }
}
