package dev.siamese.network;

import java.util.List;

/**
 * Puts all values into another shape.
 *
 * @param target its sizes, of which one may be -1 for what is left
 */
public record Reshape(List<Integer> target) implements SingleInputLayer {
  private static final int REST = -1;

  /**
   * Copies the sizes.
   *
   * @throws IllegalArgumentException when more than one is -1, or one is neither that nor positive
   */
  public Reshape {
    target = List.copyOf(target);
    if (target.stream().filter(size -> size == REST).count() > 1
        || target.stream().anyMatch(size -> size < 1 && size != REST)) {
      throw new IllegalArgumentException(
          "expected positive sizes, at most one of them -1, found " + target);
    }
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    long known = 1;
    for (int size : target) {
      known *= size == REST ? 1 : size;
    }
    boolean open = target.contains(REST);
    if (known > input.count() || (open ? input.count() % known : input.count() - known) != 0) {
      throw new IllegalArgumentException(
          "expected a shape for the %d values of %s, found %s"
              .formatted(input.count(), input, target));
    }
    int rest = (int) (input.count() / known);
    return new TensorShape(target.stream().map(size -> size == REST ? rest : size).toList());
  }
}
