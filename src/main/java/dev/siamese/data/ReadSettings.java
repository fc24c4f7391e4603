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
 * @param unlabelled whether images need no labels, so that pictures need no class folders
 */
public record ReadSettings(
    boolean strict,
    Optional<Boolean> transposed,
    Optional<ImageSize> size,
    OptionalInt channels,
    Fit fit,
    Ink ink,
    boolean unlabelled) {
  /** What data sets tell by themselves. */
  public static final ReadSettings DEFAULT =
      new ReadSettings(
          false, Optional.empty(), Optional.empty(), OptionalInt.empty(), Fit.PAD, Ink.AUTO);

  /** What is said of images that have labels. */
  public ReadSettings(
      boolean strict,
      Optional<Boolean> transposed,
      Optional<ImageSize> size,
      OptionalInt channels,
      Fit fit,
      Ink ink) {
    this(strict, transposed, size, channels, fit, ink, false);
  }

  /** The same where labels are needed or not. */
  public ReadSettings withUnlabelled(boolean other) {
    return new ReadSettings(strict, transposed, size, channels, fit, ink, other);
  }

  /** The same for images that become something else. */
  public ReadSettings withImages(
      Optional<ImageSize> otherSize, OptionalInt otherChannels, Fit otherFit, Ink otherInk) {
    return new ReadSettings(
        strict, transposed, otherSize, otherChannels, otherFit, otherInk, unlabelled);
  }

  /** The same for a model that wants its images prepared in a way of its own. */
  public ReadSettings withPreparation(Preparation wanted) {
    ImageSize wantedSize = new ImageSize(wanted.shape().height(), wanted.shape().width());
    return withImages(
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
