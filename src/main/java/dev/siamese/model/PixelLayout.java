package dev.siamese.model;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.TUint8;

/**
 * The pixels of an image in the order in which a {@link Plan} reads them: either as they are, those
 * at the end left out that nothing depends on, or (cells, 4 windows · 4 pixels · channels).
 *
 * <p>A cell is a position of the first pooled maps. It is the maximum over 2×2 windows, the
 * positions of the first convolution, each of which sees 2×2 pixels. The cells come row by row, or
 * by parity: those of even rows first, then those of odd rows; in both, first the even columns,
 * then the odd ones, each from top to bottom. What {@link WinogradConvolution} combines then lies
 * together.
 */
public final class PixelLayout {
  /** Windows of a cell, and pixels of a window. */
  static final int WINDOW = 4;

  /** Bytes that are copied at a time, so that no second copy of a data set fills the memory. */
  private static final int CHUNK = 1 << 20;

  private final ImageShape image;
  private final long[] shape;
  private final int[] order;
  private final String description;

  private PixelLayout(ImageShape image, int[] order, String description, long... shape) {
    this.image = image;
    this.order = order;
    this.shape = shape;
    this.description = description;
  }

  /** The pixels of the top-left part of images, row by row: (n, height, width, channels). */
  static PixelLayout cropped(ImageShape image, ImageShape part) {
    int channels = image.channels();
    int[] order =
        IntStream.range(0, part.pixels())
            .map(
                pixel -> {
                  int row = pixel / (part.width() * channels);
                  return row * image.width() * channels + pixel % (part.width() * channels);
                })
            .toArray();
    return new PixelLayout(image, order, part.toString(), part.height(), part.width(), channels);
  }

  /**
   * The pixels that 2×2 convolutions of 2×2 pooling windows see: (n, cells, 16 · channels).
   *
   * @param rows of cells
   * @param columns of cells
   * @param byParity the order of the cells
   */
  static PixelLayout windows(ImageShape image, int rows, int columns, boolean byParity) {
    int[] order = new int[rows * columns * WINDOW * WINDOW * image.channels()];
    int next = 0;
    for (int[] cell : byParity ? cellsByParity(rows, columns) : cells(rows, columns)) {
      for (int window = 0; window < WINDOW; window++) {
        for (int pixel = 0; pixel < WINDOW; pixel++) {
          int y = 2 * cell[0] + window / 2 + pixel / 2;
          int x = 2 * cell[1] + window % 2 + pixel % 2;
          for (int channel = 0; channel < image.channels(); channel++) {
            order[next++] = (y * image.width() + x) * image.channels() + channel;
          }
        }
      }
    }
    String description =
        "%d×%d cells of 4 windows of 2×2 pixels%s"
            .formatted(rows, columns, byParity ? ", even rows and columns first" : "");
    return new PixelLayout(
        image,
        order,
        description,
        (long) rows * columns,
        (long) WINDOW * WINDOW * image.channels());
  }

  private static int[][] cells(int rows, int columns) {
    return IntStream.range(0, rows * columns)
        .mapToObj(cell -> new int[] {cell / columns, cell % columns})
        .toArray(int[][]::new);
  }

  private static int[][] cellsByParity(int rows, int columns) {
    int[][] cells = new int[rows * columns][];
    int even = (columns + 1) / 2;
    int next = 0;
    for (int parity = 0; parity < 2; parity++) {
      for (int i = 0; i < columns; i++) {
        int column = i < even ? 2 * i : 2 * (i - even) + 1;
        for (int row = parity; row < rows; row += 2) {
          cells[next++] = new int[] {row, column};
        }
      }
    }
    return cells;
  }

  /** The shape of a tensor of images, -1 for an unknown number. */
  public Shape shape(long images) {
    return Shape.of(images).append(Shape.of(shape));
  }

  /** How many bytes it has of an image. */
  public int bytes() {
    return order.length;
  }

  /**
   * Copies an image.
   *
   * @param pixels (height, width, channels)
   * @param target takes {@link #bytes} from its offset on
   */
  public void copy(byte[] pixels, byte[] target, int offset) {
    for (int i = 0; i < order.length; i++) {
      target[offset + i] = pixels[order[i]];
    }
  }

  /**
   * Copies images into a tensor, which the caller closes.
   *
   * @return bytes of {@link #shape}
   * @throws IllegalArgumentException when the images are of another size
   */
  public TUint8 tensorOf(LabeledImages images) {
    if (!images.shape().equals(image)) {
      throw new IllegalArgumentException(
          "expected images of %s, found %s".formatted(image, images.shape()));
    }
    return TUint8.tensorOf(
        shape(images.size()),
        tensor -> {
          ByteDataBuffer target = tensor.asRawTensor().data();
          int step = Math.max(1, CHUNK / order.length);
          for (int from = 0; from < images.size(); from += step) {
            int to = Math.min(from + step, images.size());
            byte[] chunk = new byte[(to - from) * order.length];
            images.copyPixels(from, to, order, chunk);
            target.offset((long) from * order.length).write(chunk);
          }
        });
  }

  @Override
  public String toString() {
    return description;
  }
}
