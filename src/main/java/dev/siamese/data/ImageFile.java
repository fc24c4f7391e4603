package dev.siamese.data;

import dev.siamese.data.Resampling.Enlargement;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads a user's picture (PNG, JPEG, BMP or GIF) at the size and in the channels that are asked
 * for, its aspect ratio kept. Transparent parts show black.
 *
 * <p>Grey ones become as MNIST's images are, bright ink on dark ground: colours become grey by
 * their luminance, and if the border is lighter than the picture as a whole, the picture is dark
 * ink on light paper, and inverted. It is centred on ground of its border's grey. Pictures in
 * colour stay as they are, centred on black.
 */
final class ImageFile {
  private static final long MOST_PIXELS = 50_000_000;
  private static final double BLACK = 0;

  private ImageFile() {}

  /**
   * Reads a picture's pixels.
   *
   * @return (height, width, channels) unsigned bytes
   * @throws IOException when the file is missing, no picture, damaged, or of more than 50 million
   *     pixels
   */
  static byte[] read(Path file, ImageShape shape) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("expected an image file, found none: " + file);
    }
    try (InputStream stream = Files.newInputStream(file)) {
      return read(stream, file.toString(), shape);
    }
  }

  /**
   * Reads a picture's pixels from a stream.
   *
   * @param name what messages call it
   * @return (height, width, channels) unsigned bytes
   * @throws IOException when it is no picture, damaged, or of more than 50 million pixels
   */
  static byte[] read(InputStream content, String name, ImageShape shape) throws IOException {
    try (ImageInputStream stream = new MemoryCacheImageInputStream(content)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IOException(
            "expected a PNG, JPEG, BMP or GIF image, found something else: " + name);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        return prepared(decode(reader, name), shape);
      } finally {
        reader.dispose();
      }
    }
  }

  /** A picture's pixels: (height, width, channels) unsigned bytes. */
  static byte[] prepared(BufferedImage picture, ImageShape shape) {
    return shape.channels() == 1 ? grey(picture, shape) : colour(picture, shape);
  }

  private static byte[] grey(BufferedImage picture, ImageShape shape) {
    DecodedPicture grey = DecodedPicture.grey(picture).withBrightInk();
    // Of 28×28, pictures stay what they have always been to the models that know them.
    Enlargement enlargement =
        shape.equals(ImageShape.MNIST) ? Enlargement.BLOCKS : Enlargement.BILINEAR;
    return grey.resampled(shape, enlargement, grey.ground());
  }

  private static byte[] colour(BufferedImage picture, ImageShape shape) {
    return DecodedPicture.colour(picture).resampled(shape, Enlargement.BILINEAR, BLACK);
  }

  private static BufferedImage decode(ImageReader reader, String name) throws IOException {
    try {
      long width = reader.getWidth(0);
      long height = reader.getHeight(0);
      if (width * height > MOST_PIXELS) {
        throw new IOException(
            "expected at most %d pixels, found %d×%d".formatted(MOST_PIXELS, width, height));
      }
      return reader.read(0);
    } catch (IOException | RuntimeException e) {
      // Java's decoders answer some damaged files with unchecked exceptions.
      throw new IOException("cannot read the image %s: %s".formatted(name, e.getMessage()), e);
    }
  }
}
