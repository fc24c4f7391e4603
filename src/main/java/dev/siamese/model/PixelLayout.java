package dev.siamese.model;

import dev.siamese.data.LabeledImages;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.TUint8;

/**
 * The pixels of an image in the order in which {@link FastEmbeddingNetwork} reads them: (121 cells,
 * 4 windows, 4 pixels).
 *
 * <p>A cell is a position of the first pooled maps, of 11×11. It is the maximum over 2×2 windows,
 * the positions of the first convolution, each of which sees 2×2 pixels. Cells of even rows come
 * first, then those of odd rows; in both, first the even columns, then the odd ones, each from top
 * to bottom: what {@link WinogradConvolution} combines then lies together.
 */
public final class PixelLayout {
  /** Rows and columns of cells. */
  static final int GRID = 11;

  /** Even rows of cells, and even columns. */
  static final int EVEN = 6;

  /** Odd rows of cells, and odd columns. */
  static final int ODD = 5;

  static final int CELLS = GRID * GRID;

  /** Windows of a cell, and pixels of a window. */
  static final int WINDOW = 4;

  private static final int[] ORDER = order();

  /** Images that are copied at a time, so that no second copy of a data set fills the memory. */
  private static final int CHUNK = 512;

  private PixelLayout() {}

  private static int[] order() {
    int[] order = new int[CELLS * WINDOW * WINDOW];
    int next = 0;
    for (int parity = 0; parity < 2; parity++) {
      for (int i = 0; i < GRID; i++) {
        int column = i < EVEN ? 2 * i : 2 * (i - EVEN) + 1;
        for (int row = parity; row < GRID; row += 2) {
          for (int window = 0; window < WINDOW; window++) {
            for (int pixel = 0; pixel < WINDOW; pixel++) {
              int y = 2 * row + window / 2 + pixel / 2;
              int x = 2 * column + window % 2 + pixel % 2;
              order[next++] = y * Architecture.IMAGE_SIZE + x;
            }
          }
        }
      }
    }
    return order;
  }

  /** The shape of a tensor of images, -1 for an unknown number: (n, 121, 16). */
  public static Shape shape(long images) {
    return Shape.of(images, CELLS, WINDOW * WINDOW);
  }

  /**
   * Copies images into a tensor, which the caller closes.
   *
   * @param images (n, 28, 28)
   * @return (n, 121, 16)
   * @throws IllegalArgumentException when the images are of another size
   */
  public static TUint8 tensorOf(LabeledImages images) {
    Architecture.requireImages(images);
    return TUint8.tensorOf(
        shape(images.size()),
        tensor -> {
          ByteDataBuffer target = tensor.asRawTensor().data();
          for (int from = 0; from < images.size(); from += CHUNK) {
            int to = Math.min(from + CHUNK, images.size());
            byte[] chunk = new byte[(to - from) * ORDER.length];
            images.copyPixels(from, to, ORDER, chunk);
            target.offset((long) from * ORDER.length).write(chunk);
          }
        });
  }
}
