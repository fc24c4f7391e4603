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
 * @param fit how pictures of other proportions are brought to that size
 * @param ink what is done to ink and ground of pictures
 */
public record ReadSettings(
    boolean strict,
    Optional<Boolean> transposed,
    Optional<ImageSize> size,
    OptionalInt channels,
    Fit fit,
    Ink ink) {
  /** What data sets tell by themselves. */
  public static final ReadSettings DEFAULT =
      new ReadSettings(
          false, Optional.empty(), Optional.empty(), OptionalInt.empty(), Fit.PAD, Ink.AUTO);

  /** The same for a model that wants its images prepared in a way of its own. */
  public ReadSettings withPreparation(Preparation wanted) {
    ImageSize wantedSize = new ImageSize(wanted.shape().height(), wanted.shape().width());
    return new ReadSettings(
        strict,
        transposed,
        Optional.of(wantedSize),
        OptionalInt.of(wanted.shape().channels()),
        wanted.fit(),
        wanted.ink());
  }

  /** Whether images are brought to a shape, whatever they are. */
  boolean hasShape() {
    return size.isPresent() && channels.isPresent();
  }

  /**
   * What images become.
   *
   * @param found what most of them are
   */
  public ImageShape shape(ImageShape found) {
    return new ImageShape(
        size.map(ImageSize::height).orElse(found.height()),
        size.map(ImageSize::width).orElse(found.width()),
        channels.orElse(found.channels()));
  }

  /** How pictures are prepared, most of which are of this shape. */
  Preparation preparation(ImageShape found) {
    return new Preparation(shape(found), fit, ink, ValueRange.ZERO_TO_ONE);
  }
}
