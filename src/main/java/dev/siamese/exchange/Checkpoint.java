package dev.siamese.exchange;

import dev.siamese.network.Optimizer;
import dev.siamese.network.OptimizerState;

/**
 * What a model file keeps for training to go on: in Python with {@code model.fit}, in Java from the
 * very step.
 *
 * @param optimizer its settings
 * @param state what it remembers
 */
public record Checkpoint(Optimizer optimizer, OptimizerState state) {}
