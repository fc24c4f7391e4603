package dev.siamese.keras;

import dev.siamese.network.Network;
import dev.siamese.network.Optimizer;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one of Keras's files holds.
 *
 * @param network siamese or a twin alone
 * @param weights of all its parameters
 * @param optimizer the settings of the optimizer, if it is known here
 * @param state what it remembers; there if the optimizer is
 * @param remarks what else the file says of training
 * @param attachments texts of this program beside the model, by file name
 * @param notices a line each for what was left out or assumed in reading
 */
public record KerasModel(
    Network network,
    Weights weights,
    Optional<Optimizer> optimizer,
    Optional<OptimizerState> state,
    TrainingRemarks remarks,
    Map<String, String> attachments,
    List<String> notices) {
  private static final Pattern ATTACHMENT_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  /**
   * Copies the attachments and notices.
   *
   * @throws IllegalArgumentException when the weights or the state are of other parameters, an
   *     optimizer and its state are not both there, or an attachment's name is not a plain file
   *     name
   */
  public KerasModel {
    if (!weights.parameters().equals(network.parameters())) {
      throw new IllegalArgumentException(
          "expected weights of the network %s, found others".formatted(network));
    }
    if (state.isPresent() != optimizer.isPresent()) {
      throw new IllegalArgumentException(
          "expected an optimizer and what it remembers, found one of both");
    }
    if (state.isPresent()) {
      state.get().requireFor(optimizer.get(), network);
    }
    attachments = Map.copyOf(attachments);
    notices = List.copyOf(notices);
    for (String name : attachments.keySet()) {
      if (!ATTACHMENT_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "expected a plain file name for an attachment, found \"%s\"".formatted(name));
      }
    }
  }

  /** The same with a line before the others. */
  KerasModel withFirstNotice(String notice) {
    List<String> all = new ArrayList<>(List.of(notice));
    all.addAll(notices);
    return new KerasModel(network, weights, optimizer, state, remarks, attachments, all);
  }

  /** A network and its weights alone. */
  public static KerasModel of(Network network, Weights weights) {
    return new KerasModel(
        network,
        weights,
        Optional.empty(),
        Optional.empty(),
        TrainingRemarks.NONE,
        Map.of(),
        List.of());
  }
}
