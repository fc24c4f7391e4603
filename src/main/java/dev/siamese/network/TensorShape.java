package dev.siamese.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The sizes of a tensor for one image or one pair: (height, width, channels) of an image, (size) of
 * an embedding. The batch, which every tensor has as its first axis, is left out.
 *
 * @param sizes 1 or greater, outermost first
 */
public record TensorShape(List<Integer> sizes) {
  /** More values than a tensor of one image can have. */
  private static final long MOST_VALUES = Integer.MAX_VALUE;

  private static final int MOST_AXES = 7;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException when one is not positive, or there are more axes or values
   *     than a tensor can have
   */
  public TensorShape {
    sizes = List.copyOf(sizes);
    long values = 1;
    for (int size : sizes) {
      if (size < 1) {
        throw new IllegalArgumentException("expected sizes of 1 or greater, found " + text(sizes));
      }
      values *= size;
      if (values > MOST_VALUES) {
        throw new IllegalArgumentException(
            "expected a tensor of at most %d values, found %s".formatted(MOST_VALUES, text(sizes)));
      }
    }
    if (sizes.size() > MOST_AXES) {
      throw new IllegalArgumentException(
          "expected at most %d axes, found %s".formatted(MOST_AXES, text(sizes)));
    }
  }

  /** The shape of these sizes. */
  public static TensorShape of(int... sizes) {
    return new TensorShape(Arrays.stream(sizes).boxed().toList());
  }

  /** The number of axes, without the batch. */
  public int rank() {
    return sizes.size();
  }

  /** The size of an axis, from 0; from the end if negative. */
  public int size(int axis) {
    return sizes.get(axis < 0 ? axis + rank() : axis);
  }

  /** The number of values. */
  public int count() {
    return sizes.stream().reduce(1, (a, b) -> a * b);
  }

  /** The same with another size of an axis, which counts as in {@link #size}. */
  public TensorShape with(int axis, int size) {
    List<Integer> changed = new ArrayList<>(sizes);
    changed.set(axis < 0 ? axis + rank() : axis, size);
    return new TensorShape(changed);
  }

  /** The same without an axis, from 0. */
  public TensorShape without(int axis) {
    List<Integer> fewer = new ArrayList<>(sizes);
    fewer.remove(axis);
    return new TensorShape(fewer);
  }

  /**
   * The position among the sizes of an axis as Keras counts it: the batch is 0, and a negative one
   * counts from the end.
   *
   * @throws IllegalArgumentException when it is the batch or there is no such axis
   */
  public int position(int kerasAxis) {
    int position = (kerasAxis < 0 ? kerasAxis + rank() + 1 : kerasAxis) - 1;
    if (position < 0 || position >= rank()) {
      throw new IllegalArgumentException(
          "expected an axis of %s other than the batch, found %d".formatted(this, kerasAxis));
    }
    return position;
  }

  /**
   * The {@linkplain #position positions} of axes, in increasing order, each once.
   *
   * @throws IllegalArgumentException when one is the batch or there is no such axis
   */
  public List<Integer> positions(List<Integer> kerasAxes) {
    return kerasAxes.stream().map(this::position).distinct().sorted().toList();
  }

  @Override
  public String toString() {
    return text(sizes);
  }

  private static String text(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
