package dev.siamese.savedmodel;

import dev.siamese.data.ImageShape;
import java.util.Optional;
import java.util.Set;

/**
 * What of a SavedModel is to be used, where it holds more than one thing or does not tell.
 *
 * @param tags of the graph; empty to take that for serving, or the only one
 * @param signature to use, and no other; empty to choose by what fits
 * @param image the shape of images, where the model takes several
 */
public record SavedModelChoice(
    Set<String> tags, Optional<String> signature, Optional<ImageShape> image) {
  /** Nothing is said. */
  public static final SavedModelChoice DEFAULT =
      new SavedModelChoice(Set.of(), Optional.empty(), Optional.empty());

  /** Copies the tags. */
  public SavedModelChoice {
    tags = Set.copyOf(tags);
  }
}
