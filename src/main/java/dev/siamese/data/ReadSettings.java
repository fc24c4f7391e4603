package dev.siamese.data;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a user says of a data set, for what it does not tell, or otherwise than it tells.
 *
 * @param strict whether a file that cannot be used ends the reading, instead of being left out
 * @param transposed whether rows and columns of images in arrays have to change places; empty for
 *     EMNIST's only
 * @param size the size that images are brought to; empty for that of most of them
 * @param channels the channels that images are brought to; empty for those of most of them
 * @param preparation how pictures are prepared, as a model wants it; empty for a new one
 */
public record ReadSettings(
    boolean strict,
    Optional<Boolean> transposed,
    Optional<ImageSize> size,
    OptionalInt channels,
    Optional<Preparation> preparation) {
  /** What data sets tell by themselves. */
  public static final ReadSettings DEFAULT =
      new ReadSettings(
          false, Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty());

  /** The same for a model that wants its images prepared in a way of its own. */
  public ReadSettings withPreparation(Preparation wanted) {
    return new ReadSettings(strict, transposed, size, channels, Optional.of(wanted));
  }

  /**
   * What images become.
   *
   * @param found what most of them are
   */
  public ImageShape shape(ImageShape found) {
    return preparation
        .map(Preparation::shape)
        .orElseGet(
            () ->
                new ImageShape(
                    size.map(ImageSize::height).orElse(found.height()),
                    size.map(ImageSize::width).orElse(found.width()),
                    channels.orElse(found.channels())));
  }

  /** How pictures are prepared, most of which are of this shape. */
  Preparation preparation(ImageShape found) {
    return preparation.orElseGet(() -> Preparation.of(shape(found), ValueRange.ZERO_TO_ONE));
  }
}
