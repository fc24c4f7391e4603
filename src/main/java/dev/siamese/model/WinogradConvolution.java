package dev.siamese.model;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * A convolution of 2×2 and the 2×2 max-pooling behind it, over maps of an odd number of rows and of
 * columns, with 9 matrix products for 4 outputs instead of 16.
 *
 * <p>In one dimension, two neighbouring outputs of a kernel (g₀, g₁) over inputs (x₀, x₁, x₂) are
 *
 * <pre>
 * x₀ g₀ + x₁ g₁ = (x₀ − x₁) g₀ + x₁ (g₀ + g₁)
 * x₁ g₀ + x₂ g₁ =                x₁ (g₀ + g₁) + (x₂ − x₁) g₁
 * </pre>
 *
 * <p>which share the middle product. In two dimensions the same is done to columns and then to
 * rows: three terms of each, so nine products, of (pooled positions · n, in) by (in, out). The 2×2
 * outputs that they give are those that are pooled together.
 *
 * <p>All factors are ±1, so that in float32 the sums and differences cost no accuracy worth
 * mention; in bfloat16 each is rounded to 8 bits.
 *
 * @see <a href="https://arxiv.org/abs/1509.09308">Lavin and Gray 2016</a>, section 4.1, for 2×2
 *     outputs of a 2×2 kernel
 * @param <T> the type that is multiplied and added up
 */
final class WinogradConvolution<T extends TNumber> {
  /** The terms of a dimension: x₀ − x₁, x₁ and x₂ − x₁, or g₀, g₀ + g₁ and g₁. */
  private static final int TERMS = 3;

  /** By term of the rows and term of the columns, what each value of the kernel counts. */
  private static final float[][] KERNEL_TERMS = {
    {1, 0, 0, 0}, {1, 1, 0, 0}, {0, 1, 0, 0},
    {1, 0, 1, 0}, {1, 1, 1, 1}, {0, 1, 0, 1},
    {0, 0, 1, 0}, {0, 0, 1, 1}, {0, 0, 0, 1},
  };

  private final Ops tf;
  private final int rows;
  private final int columns;

  /**
   * A convolution of maps.
   *
   * @param tf builds the graph
   * @param rows of the maps, odd
   * @param columns of the maps, odd
   */
  WinogradConvolution(Ops tf, int rows, int columns) {
    this.tf = tf;
    this.rows = rows;
    this.columns = columns;
  }

  /** Rows after pooling, and odd rows of the maps. */
  private int pooledRows() {
    return rows / 2;
  }

  /** Columns after pooling, and odd columns of the maps. */
  private int pooledColumns() {
    return columns / 2;
  }

  /**
   * Convolves and pools maps.
   *
   * @param cells (rows · columns, n · in), in the order of {@link PixelLayout} by parity
   * @param kernel (2, 2, in, out)
   * @return (n, rows / 2, columns / 2, out)
   */
  Operand<T> pooled(Operand<T> cells, Operand<TFloat32> kernel) {
    int inputs = (int) kernel.shape().get(2);
    int outputs = (int) kernel.shape().get(3);
    List<Operand<T>> kernels = kernelTerms(kernel, inputs, outputs, cells.type());
    List<Operand<T>> maps = inputTerms(cells);
    List<Operand<T>> products = new ArrayList<>();
    for (int term = 0; term < kernels.size(); term++) {
      products.add(
          tf.linalg.matMul(
              tf.reshape(maps.get(term), tf.constant(new int[] {-1, inputs})), kernels.get(term)));
    }
    Operand<T> pooled = maximum(outputs(products), outputs);
    // From columns, rows and images to images, rows and columns.
    return tf.linalg.transpose(
        tf.reshape(pooled, tf.constant(new int[] {pooledColumns(), pooledRows(), -1, outputs})),
        tf.constant(new int[] {2, 1, 0, 3}));
  }

  /** By term of the rows and term of the columns: (pooled columns, pooled rows, n · in). */
  private List<Operand<T>> inputTerms(Operand<T> cells) {
    int odds = pooledRows();
    List<Operand<T>> parts = split(cells, columns * (rows - odds), columns * odds);
    List<Operand<T>> even = columnTerms(parts.get(0), rows - odds);
    List<Operand<T>> odd = columnTerms(parts.get(1), odds);
    List<List<Operand<T>>> byColumn = new ArrayList<>();
    for (int column = 0; column < TERMS; column++) {
      byColumn.add(differences(even.get(column), odd.get(column), 1, odds));
    }
    List<Operand<T>> terms = new ArrayList<>();
    for (int row = 0; row < TERMS; row++) {
      for (int column = 0; column < TERMS; column++) {
        terms.add(byColumn.get(column).get(row));
      }
    }
    return terms;
  }

  /** By term of the columns: (pooled columns, rows of a parity, n · in). */
  private List<Operand<T>> columnTerms(Operand<T> cells, int ofParity) {
    int odds = pooledColumns();
    List<Operand<T>> parts =
        split(
            tf.reshape(cells, tf.constant(new int[] {columns, ofParity, -1})),
            columns - odds,
            odds);
    return differences(parts.get(0), parts.get(1), 0, odds);
  }

  /** x₀ − x₁, x₁ and x₂ − x₁, where even holds the x₀, and one further the x₂, and odd the x₁. */
  private List<Operand<T>> differences(Operand<T> even, Operand<T> odd, int axis, int odds) {
    int[] from = {0, 0, 0};
    int[] size = {-1, -1, -1};
    size[axis] = odds;
    Operand<T> before = tf.slice(even, tf.constant(from), tf.constant(size));
    from[axis] = 1;
    Operand<T> after = tf.slice(even, tf.constant(from), tf.constant(size));
    return List.of(tf.math.sub(before, odd), odd, tf.math.sub(after, odd));
  }

  /** By term of the rows and term of the columns, added up before they are rounded: (in, out). */
  private List<Operand<T>> kernelTerms(
      Operand<TFloat32> kernel, int inputs, int outputs, Class<T> type) {
    Operand<TFloat32> terms =
        tf.linalg.matMul(
            tf.constant(KERNEL_TERMS), tf.reshape(kernel, tf.constant(new int[] {4, -1})));
    int count = KERNEL_TERMS.length;
    return List.copyOf(
        tf.unstack(
                tf.dtypes.cast(
                    tf.reshape(terms, tf.constant(new int[] {count, inputs, outputs})), type),
                (long) count)
            .output());
  }

  /**
   * The four outputs that are pooled together. They are added up two by two: an AddN of more adds
   * in the order in which its inputs happen to become free, so that no run could be repeated.
   */
  private List<Operand<T>> outputs(List<Operand<T>> products) {
    List<Operand<T>> outputs = new ArrayList<>();
    for (int column : new int[] {0, 2}) {
      Operand<T> shared = tf.math.add(at(products, 1, column), at(products, 1, 1));
      for (int row : new int[] {0, 2}) {
        outputs.add(
            tf.math.add(tf.math.add(at(products, row, column), at(products, row, 1)), shared));
      }
    }
    return outputs;
  }

  private Operand<T> at(List<Operand<T>> terms, int row, int column) {
    return terms.get(row * TERMS + column);
  }

  /** Stacks the outputs, so that one pooling takes their maximum: its gradient is a cheap one. */
  private Operand<T> maximum(List<Operand<T>> values, int channels) {
    int count = values.size();
    Operand<T> stacked =
        tf.reshape(
            tf.concat(values, tf.constant(0)), tf.constant(new int[] {1, count, -1, channels}));
    return MaxPooling.of(tf, stacked, count, 1);
  }

  private List<Operand<T>> split(Operand<T> maps, int... sizes) {
    return List.copyOf(
        tf.splitV(maps, tf.constant(sizes), tf.constant(0), (long) sizes.length).output());
  }
}
