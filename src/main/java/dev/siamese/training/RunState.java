package dev.siamese.training;

import dev.siamese.network.Network;
import dev.siamese.network.Optimizer;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.Weights;

/**
 * Where a run stands at the end of an epoch or of a step within it: all that is needed to go on.
 *
 * @param history the epochs so far
 * @param begun what the next epoch has come to, where some of its steps are taken
 * @param weights that they led to
 * @param optimizer what the optimizer remembers
 */
public record RunState(
    History history, EpochSums begun, Weights weights, OptimizerState optimizer) {

  /** The end of an epoch. */
  public RunState(History history, Weights weights, OptimizerState optimizer) {
    this(history, EpochSums.NONE, weights, optimizer);
  }

  /** A run before its first epoch. */
  public static RunState startingFrom(Weights weights, OptimizerState optimizer) {
    return new RunState(History.empty(), weights, optimizer);
  }

  /** A run before its first epoch and the first step of all, of a network with these weights. */
  public static RunState startingFrom(Network network, Weights weights, Optimizer optimizer) {
    return startingFrom(weights, OptimizerState.start(optimizer, network));
  }
}
