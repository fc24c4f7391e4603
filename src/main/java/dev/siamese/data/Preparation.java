package dev.siamese.data;

import dev.siamese.data.Resampling.Enlargement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * How pictures become the images that a network knows. It travels with the model.
 *
 * @param shape size and channels of the images
 * @param fit how pictures of other proportions are brought to that size
 * @param ink what is done to ink and ground
 * @param values the numbers that stand for pixels
 */
public record Preparation(ImageShape shape, Fit fit, Ink ink, ValueRange values) {
  private static final double BLACK = 0;

  /**
   * Checks that handwriting becomes what MNIST has.
   *
   * @throws IllegalArgumentException when it is to become anything else
   */
  public Preparation {
    if (ink == Ink.HANDWRITING && !shape.equals(ImageShape.MNIST)) {
      throw new IllegalArgumentException(
          "expected images of %s for the ink of handwriting, found %s"
              .formatted(ImageShape.MNIST, shape));
    }
  }

  /** What images of this shape are prepared by when nothing else is known. */
  public static Preparation of(ImageShape shape, ValueRange values) {
    return new Preparation(shape, Fit.PAD, shape.channels() == 1 ? Ink.BRIGHT : Ink.AS_IS, values);
  }

  /** The same with {@link Ink#AUTO} decided by these pictures. */
  public Preparation decidedBy(List<Path> pictures) {
    return ink == Ink.AUTO ? withInk(InkChoice.of(pictures, shape)) : this;
  }

  /** The same with this ink. */
  public Preparation withInk(Ink other) {
    return new Preparation(shape, fit, other, values);
  }

  /** The same with these values. */
  public Preparation withValues(ValueRange other) {
    return new Preparation(shape, fit, ink, other);
  }

  /** What is done to pictures, for people. */
  public String inWords() {
    return "fit: %s, ink: %s".formatted(fit.text(), ink.text());
  }

  /**
   * Prepares a picture by what it seems to be painted on; {@link Ink#AUTO} is decided by itself.
   *
   * @param name what messages call it
   * @throws IOException when it shows nothing to prepare
   */
  byte[] prepare(DecodedPicture picture, String name) throws IOException {
    try {
      return prepare(picture).image();
    } catch (IOException e) {
      throw new IOException("%s: %s".formatted(e.getMessage(), name), e);
    }
  }

  /**
   * Prepares a picture by what it seems to be painted on; {@link Ink#AUTO} is decided by itself.
   *
   * @throws IOException when it shows nothing to prepare
   */
  Prepared prepare(DecodedPicture picture) throws IOException {
    if (ink == Ink.HANDWRITING) {
      return isSized(picture) && Handwriting.isReady(picture)
          ? new Prepared(picture.grey().values(), Ground.READY)
          : Handwriting.prepare(picture, Ground.READY);
    }
    // Once, as every look at brightness would make it anew.
    DecodedPicture seen =
        shape.channels() == 1 && picture.opacity().isEmpty() ? picture.grey() : picture;
    if (ink == Ink.AUTO) {
      return withInk(InkChoice.of(seen, shape)).prepare(seen);
    }
    // Whatever lies behind transparent parts, pictures as they are need no decision.
    Ground ground = ink == Ink.AS_IS ? Ground.READY : seen.ground();
    return new Prepared(prepare(seen, ground), ground);
  }

  /**
   * Prepares a picture.
   *
   * @param ground of all pictures that belong together
   * @return unsigned bytes: (height, width, channels) of the shape
   * @throws IOException when it shows nothing to prepare
   */
  byte[] prepare(DecodedPicture picture, Ground ground) throws IOException {
    if (ink == Ink.HANDWRITING) {
      boolean stays = ground == Ground.READY && isSized(picture);
      return stays ? picture.grey().values() : Handwriting.prepare(picture, ground).image();
    }
    boolean byItself = ink == Ink.AS_IS && picture.opacity().isPresent();
    DecodedPicture opaque = picture.over(byItself ? picture.ground() : ground);
    if (ink == Ink.AS_IS) {
      DecodedPicture pixels = shape.channels() == 1 ? opaque.grey() : opaque;
      return resampled(pixels, Enlargement.BILINEAR, BLACK);
    }
    DecodedPicture pixels = shape.channels() == 1 ? opaque.grey() : opaque.plain();
    DecodedPicture bright = ground == Ground.LIGHT ? pixels.negative() : pixels;
    // Of 28×28, pictures stay what they have always been to the models that know them.
    Enlargement enlargement =
        shape.equals(ImageShape.MNIST) ? Enlargement.BLOCKS : Enlargement.BILINEAR;
    return resampled(bright, enlargement, bright.grey().border());
  }

  /** Whether a picture is one image already, but for its polarity. */
  private boolean isSized(DecodedPicture picture) {
    return picture.height() == shape.height()
        && picture.width() == shape.width()
        && picture.opacity().isEmpty();
  }

  private byte[] resampled(DecodedPicture picture, Enlargement enlargement, double ground) {
    DecodedPicture image =
        picture.resampled(shape.height(), shape.width(), fit, enlargement, ground);
    return shape.channels() == 1 ? image.values() : image.colour().values();
  }
}
