package dev.siamese.training;

import dev.siamese.network.AdamState;
import dev.siamese.network.Network;
import dev.siamese.network.Weights;

/**
 * Where a run stands at the end of an epoch: all that is needed to go on.
 *
 * @param history the epochs so far
 * @param weights that they led to
 * @param adam what the optimizer remembers
 */
public record RunState(History history, Weights weights, AdamState adam) {

  /** A run before its first epoch. */
  public static RunState startingFrom(Weights weights, AdamState adam) {
    return new RunState(History.empty(), weights, adam);
  }

  /** A run before its first epoch and the first step of all, of a network with these weights. */
  public static RunState startingFrom(Network network, Weights weights) {
    return startingFrom(weights, AdamState.start(network));
  }
}
