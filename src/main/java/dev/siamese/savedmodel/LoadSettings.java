package dev.siamese.savedmodel;

import dev.siamese.data.ValueRange;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.OutputKind;
import java.util.Optional;

/**
 * How a SavedModel is asked.
 *
 * @param session how TensorFlow runs it; it computes in the precision in which it was exported
 * @param values what it expects for the pixels of images
 * @param output what it says of two images, where that is known; else it is found out
 */
public record LoadSettings(
    SessionSettings session, ValueRange values, Optional<OutputKind> output) {}
