package dev.siamese.model;

import dev.siamese.network.Conv2D;
import dev.siamese.network.Extent;
import dev.siamese.network.Padding;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * A convolution in tiles of 4×4 outputs, by Winograd's minimal filtering: where maps and kernels
 * have many channels, a quarter of the products or fewer is worth the sums around them.
 *
 * <p>A kernel of 3×3 or 4×4 values is transformed as one block, a larger one in 2×2 blocks of 4×4.
 * As the tiles are 4 apart, the blocks of a kernel see the same tiles, each a neighbour of the
 * other's, so that the maps are transformed once. What is left between the transforms is, for each
 * of the (4 + r − 1)² products of a tile, a small convolution of blocks over tiles.
 *
 * <p>Results differ from those of sums of products by some millionths of the largest, in float32;
 * of 8 bits nothing would be left. Of two values that are pooled and differ by no more, another one
 * may be taken than by sums, which then has the gradient.
 */
final class TiledConvolution {
  private static final int TILE = 4;

  /** Values of a block of a kernel that is larger, which see neighbouring tiles. */
  private static final int BLOCK = TILE;

  /**
   * What it takes to transform a value, of maps or back to maps, in products that could be made
   * meanwhile: measured on processors with AVX-512.
   */
  private static final double COST_OF_MAPS = 180;

  private static final double COST_OF_OUTPUTS = 100;

  /** Images that share a transformed kernel, at least: one and another are compared. */
  private static final double LEAST_IMAGES = 2;

  /** Transformed values of an image, of which a layer may not take up gigabytes for a batch. */
  private static final double MOST_VALUES = 1 << 23;

  /** How much less work it has to be. */
  private static final double LEAST_GAIN = 1.15;

  private final Conv2D layer;
  private final TensorShape maps;
  private final TensorShape outputs;
  private final int block;
  private final int blocks;

  /** Of a tile of maps. */
  private final int values;

  private TiledConvolution(Conv2D layer, TensorShape maps) {
    this.layer = layer;
    this.maps = maps;
    this.outputs = layer.outputShape(maps);
    int size = layer.window().size().rows();
    this.block = Math.min(size, BLOCK);
    this.blocks = (size + block - 1) / block;
    this.values = (TILE + block - 1) * (TILE + block - 1);
  }

  /**
   * How a layer convolves its maps in tiles, where that can be done and is less work.
   *
   * @param maps (rows, columns, channels)
   */
  static Optional<TiledConvolution> of(Conv2D layer, TensorShape maps) {
    Window window = layer.window();
    int size = window.size().rows();
    if (!window.size().equals(Extent.square(size))
        || !window.strides().equals(Extent.ONE)
        || !window.dilation().equals(Extent.ONE)
        || layer.groups() != 1
        || size < 3
        || size > 2 * BLOCK) {
      return Optional.empty();
    }
    TiledConvolution tiled = new TiledConvolution(layer, maps);
    return tiled.gain() >= LEAST_GAIN && tiled.transformed() <= MOST_VALUES
        ? Optional.of(tiled)
        : Optional.empty();
  }

  /** How many times as much work the sums of products are. */
  private double gain() {
    double channels = maps.size(2);
    double filters = layer.filters();
    double tiles = (double) tiles(0) * tiles(1);
    double seen = (double) seen(0) * seen(1);
    double size = layer.window().size().rows();
    double work =
        values
            * (tiles * blocks * blocks * channels * filters
                + size * size * channels * filters / LEAST_IMAGES
                + seen * channels * COST_OF_MAPS
                + tiles * filters * COST_OF_OUTPUTS);
    return outputs.size(0) * outputs.size(1) * size * size * channels * filters / work;
  }

  /** Transformed values of the maps and of the outputs of an image. */
  private double transformed() {
    double ofMaps = (double) seen(0) * seen(1) * maps.size(2);
    double ofOutputs = (double) tiles(0) * tiles(1) * layer.filters();
    return values * (ofMaps + ofOutputs);
  }

  /** Tiles of outputs along an axis. */
  private int tiles(int axis) {
    return (outputs.size(axis) + TILE - 1) / TILE;
  }

  /** Tiles of maps along an axis, which the blocks of the kernel see. */
  private int seen(int axis) {
    return tiles(axis) + blocks - 1;
  }

  /**
   * Adds it to a graph, without bias and activation.
   *
   * @param x (n, rows, columns, channels)
   * @param kernel (size, size, channels, filters)
   * @return (n, rows, columns, filters)
   */
  <T extends TNumber> Operand<T> convolve(Arithmetic<T> a, Operand<T> x, Operand<T> kernel) {
    Ops tf = a.tf();
    WinogradTransform transform = WinogradTransform.of(TILE, block);
    List<Operand<T>> tiles =
        unstack(
            tf,
            tf.reshape(
                product(a, transform.maps(), tilesOf(a, x)),
                a.integers(values, -1, seen(0), seen(1), maps.size(2))),
            values);
    List<Operand<T>> kernels = kernels(a, transform, kernel);
    List<Operand<T>> products = new ArrayList<>();
    for (int value = 0; value < values; value++) {
      products.add(
          tf.nn.conv2d(
              tiles.get(value),
              kernels.get(value),
              Convolutions.sizes(Extent.ONE),
              Padding.VALID.name()));
    }
    Operand<T> together = tf.reshape(tf.stack(products), a.integers(values, -1));
    return joined(a, product(a, transform.outputs(), together));
  }

  /** (rows of a tile · its columns, n · tiles · channels), with the border that tiles share. */
  private <T extends TNumber> Operand<T> tilesOf(Arithmetic<T> a, Operand<T> x) {
    Ops tf = a.tf();
    int rows = seen(0) + 1;
    int columns = seen(1) + 1;
    int[][] zeros = {{0, 0}, border(0, rows), border(1, columns), {0, 0}};
    Operand<T> parted =
        tf.reshape(
            tf.pad(x, tf.constant(zeros), a.number(0)),
            a.integers(-1, rows, TILE, columns, TILE, maps.size(2)));
    Operand<T> parts = tf.linalg.transpose(parted, a.integers(2, 4, 0, 1, 3, 5));
    Operand<T> tiles = withBorder(a, withBorder(a, parts, 1, columns), 0, rows);
    return tf.reshape(tiles, a.integers(values, -1));
  }

  /** Zeros before and behind the maps, which are then parts of a whole number of tiles. */
  private int[] border(int axis, int parts) {
    int size = layer.window().size().rows();
    int before = layer.window().padding() == Padding.SAME ? (size - 1) / 2 : 0;
    return new int[] {before, parts * TILE - maps.size(axis) - before};
  }

  /**
   * Each part with what its tile takes of the next one, and without the last part. One axis comes
   * after the other, as the gradients of more than two uses would be added up in any order.
   *
   * @param parts (rows of a part, its columns, n, parts along rows, along columns, channels)
   * @param axis 0 for rows, 1 for columns
   */
  private <T extends TNumber> Operand<T> withBorder(
      Arithmetic<T> a, Operand<T> parts, int axis, int count) {
    int[] from = {0, 0, 0, 0, 0, 0};
    int[] size = {-1, -1, -1, -1, -1, -1};
    size[3 + axis] = count - 1;
    Operand<T> own = a.tf().slice(parts, a.integers(from), a.integers(size));
    from[3 + axis] = 1;
    size[axis] = block - 1;
    Operand<T> next = a.tf().slice(parts, a.integers(from), a.integers(size));
    return a.tf().concat(List.of(own, next), a.tf().constant(axis));
  }

  /** By value of a tile: (blocks along rows, along columns, channels, filters). */
  private <T extends TNumber> List<Operand<T>> kernels(
      Arithmetic<T> a, WinogradTransform transform, Operand<T> kernel) {
    Ops tf = a.tf();
    int more = blocks * block - layer.window().size().rows();
    int[][] zeros = {{0, more}, {0, more}, {0, 0}, {0, 0}};
    Operand<T> parted =
        tf.reshape(
            tf.pad(kernel, tf.constant(zeros), a.number(0)),
            a.integers(blocks, block, blocks, block, -1));
    Operand<T> parts =
        tf.reshape(
            tf.linalg.transpose(parted, a.integers(1, 3, 0, 2, 4)), a.integers(block * block, -1));
    return unstack(
        tf,
        tf.reshape(
            product(a, transform.kernel(), parts),
            a.integers(values, blocks, blocks, maps.size(2), layer.filters())),
        values);
  }

  /** The outputs of all tiles as maps. */
  private <T extends TNumber> Operand<T> joined(Arithmetic<T> a, Operand<T> tiles) {
    Ops tf = a.tf();
    int filters = layer.filters();
    Operand<T> apart = tf.reshape(tiles, a.integers(TILE, TILE, -1, tiles(0), tiles(1), filters));
    Operand<T> whole =
        tf.reshape(
            tf.linalg.transpose(apart, a.integers(2, 3, 0, 4, 1, 5)),
            a.integers(-1, tiles(0) * TILE, tiles(1) * TILE, filters));
    return tf.slice(
        whole, a.integers(0, 0, 0, 0), a.integers(-1, outputs.size(0), outputs.size(1), filters));
  }

  private static <T extends TNumber> Operand<T> product(
      Arithmetic<T> a, double[][] transform, Operand<T> values) {
    return a.tf().linalg.matMul(a.matrix(WinogradTransform.squared(transform)), values);
  }

  private static <T extends TNumber> List<Operand<T>> unstack(
      Ops tf, Operand<T> values, int count) {
    return List.copyOf(tf.unstack(values, (long) count).output());
  }
}
