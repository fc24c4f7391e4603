package dev.siamese.exchange;

import dev.siamese.network.AdamSettings;
import dev.siamese.network.AdamState;

/**
 * What a model file keeps for training to go on: in Python with {@code model.fit}, in Java from the
 * very step.
 *
 * @param settings of Adam
 * @param state what Adam remembers
 */
public record Checkpoint(AdamSettings settings, AdamState state) {}
