package dev.siamese.savedmodel;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * A variable of a SavedModel.
 *
 * @param node its number among the objects
 * @param name for instance "conv2d/kernel"; several may have the same
 * @param key of its value in the checkpoint
 */
record StoredVariable(int node, String name, DataType type, Shape shape, String key) {

  /** The last part of its name, for instance "kernel". */
  String leaf() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** As in "conv2d/kernel (2, 2, 1, 128)". */
  @Override
  public String toString() {
    return Arrays.stream(shape.asArray())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", name + " (", ")"));
  }
}
