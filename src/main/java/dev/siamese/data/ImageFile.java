package dev.siamese.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads a user's picture (PNG, JPEG, BMP or GIF) the way MNIST's images are: 28×28, grey, bright
 * ink on dark ground.
 *
 * <p>Colours become grey by their luminance, and transparent parts show black. If the border is
 * lighter than the picture as a whole, the picture is dark ink on light paper, and inverted. Then
 * it is scaled by area averaging until its longer side fills 28 pixels, and centred on ground of
 * its border's grey.
 */
final class ImageFile {
  private static final long MOST_PIXELS = 50_000_000;

  private ImageFile() {}

  /**
   * Reads a picture's pixels, row after row: (28, 28) unsigned bytes.
   *
   * @throws IOException when the file is missing, no picture, damaged, or of more than 50 million
   *     pixels
   */
  static byte[] read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("expected an image file, found none: " + file);
    }
    try (ImageInputStream stream = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IOException(
            "expected a PNG, JPEG, BMP or GIF image, found something else: " + file);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        return GreyPicture.of(decode(reader, file)).withBrightInk().scaledTo(MnistLike.SIZE);
      } finally {
        reader.dispose();
      }
    }
  }

  private static BufferedImage decode(ImageReader reader, Path file) throws IOException {
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
      throw new IOException("cannot read the image %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
