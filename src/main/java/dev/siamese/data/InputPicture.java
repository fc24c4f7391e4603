package dev.siamese.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** One picture to ask a model about, wherever it comes from. */
public final class InputPicture {
  private static final String IN_MEMORY = "a picture in memory";

  /** What is kept is where to get the pixels from, as the model tells the shape. */
  @FunctionalInterface
  private interface Source {
    byte[] image(Preparation preparation) throws IOException;
  }

  private final Source source;

  private InputPicture(Source source) {
    this.source = source;
  }

  /** A picture file, which is read when it is needed. */
  public static InputPicture of(Path file) {
    return new InputPicture(
        preparation -> preparation.prepare(PictureFile.read(file), file.toString()));
  }

  /**
   * What a picture file holds. The stream is read now, and left open.
   *
   * @param name what messages call it
   * @throws IOException when it cannot be read
   */
  public static InputPicture of(InputStream stream, String name) throws IOException {
    byte[] bytes = stream.readAllBytes();
    return new InputPicture(
        preparation -> preparation.prepare(PictureFile.read(bytes, name), name));
  }

  /** A picture in memory, prepared as one from a file is; it must not be changed afterwards. */
  public static InputPicture of(BufferedImage picture) {
    return new InputPicture(preparation -> preparation.prepare(Pixels.of(picture), IN_MEMORY));
  }

  /**
   * Pixels as a data set has them: they are brought to a model's size, and not prepared otherwise.
   *
   * @param pixels unsigned bytes: (height, width, channels); not to be changed afterwards
   * @throws IllegalArgumentException when there are not as many
   */
  public static InputPicture of(byte[] pixels, ImageShape shape) {
    LabeledImages images = new LabeledImages(pixels, new int[1], shape);
    return new InputPicture(preparation -> images.fitted(preparation.shape()).copy(0));
  }

  /**
   * Pictures as a model takes them.
   *
   * @return as many images of the preparation's shape, in their order
   * @throws IOException when one cannot be used
   * @throws IllegalArgumentException when an array cannot hold as many images of this shape
   */
  public static LabeledImages images(List<InputPicture> pictures, Preparation preparation)
      throws IOException {
    ImageShape shape = preparation.shape();
    byte[] pixels = new byte[shape.pixelsOf(pictures.size())];
    for (int i = 0; i < pictures.size(); i++) {
      byte[] image = pictures.get(i).source.image(preparation);
      System.arraycopy(image, 0, pixels, i * image.length, image.length);
    }
    return new LabeledImages(pixels, new int[pictures.size()], shape);
  }
}
