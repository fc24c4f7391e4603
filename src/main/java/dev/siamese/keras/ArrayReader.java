package dev.siamese.keras;

import dev.siamese.network.TensorShape;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.message.DataLayout;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads arrays of an HDF5 file that may be damaged or hostile.
 *
 * @param source the file, for messages
 * @param size of it in bytes
 */
record ArrayReader(String source, long size) {
  /**
   * The group at a path. Links to elsewhere, even to other files, are no groups and not followed.
   */
  static Optional<Group> group(Group from, String path) {
    Group group = from;
    for (String name : path.split("/")) {
      if (!(group.getChild(name) instanceof Group child)) {
        return Optional.empty();
      }
      group = child;
    }
    return Optional.of(group);
  }

  /** What is wrong with the array of this name, of which no value is looked at yet. */
  Optional<String> problem(Group group, String name, TensorShape shape) {
    String path = group.getPath() + name;
    if (!(group.getChild(name) instanceof Dataset dataset)) {
      return Optional.of("expected the array %s, found none".formatted(path));
    }
    long[] sizes = dataset.getDimensionsAsLong();
    if (!Arrays.equals(sizes, shape.sizes().stream().mapToLong(Integer::longValue).toArray())) {
      String found =
          Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ")"));
      return Optional.of("expected the shape %s of %s, found %s".formatted(shape, path, found));
    }
    // No more than the file can hold, so that what is allocated for it is bounded too.
    if ((long) shape.count() * Float.BYTES > size) {
      return Optional.of(
          "expected at most %d bytes in %s, found the shape %s".formatted(size, path, shape));
    }
    return Optional.empty();
  }

  /**
   * The values of an array, in row-major order.
   *
   * @throws IOException when they are no float32 that stand in the file as they are
   */
  float[] values(Dataset dataset) throws IOException {
    if (isPlain(dataset)
        && dataset.getDataType().getSize() == Float.BYTES
        && dataset.getDataFlat() instanceof float[] read) {
      return read;
    }
    throw new IOException(
        "expected uncompressed float32 in %s, found %s of %d bytes, %s, in %s"
            .formatted(
                dataset.getPath(),
                dataset.getJavaType().getSimpleName(),
                dataset.getDataType().getSize(),
                dataset.getDataLayout(),
                source));
  }

  /**
   * The value of an array without axes, of whatever type.
   *
   * @throws IOException when there is no number
   */
  float single(Dataset dataset) throws IOException {
    return scalar(dataset)
        .orElseThrow(
            () ->
                new IOException(
                    "expected a number in %s, found another value in %s"
                        .formatted(dataset.getPath(), source)))
        .floatValue();
  }

  /** Whether the values stand in the file as they are: nothing to unpack, no size to trust. */
  private static boolean isPlain(Dataset dataset) {
    return dataset.getDataLayout() == DataLayout.CONTIGUOUS
        || dataset.getDataLayout() == DataLayout.COMPACT;
  }

  /** The number that a node holds, if it holds a single one. */
  static Optional<Number> scalar(Node node) {
    return node instanceof Dataset dataset
            && isPlain(dataset)
            && dataset.isScalar()
            && dataset.getData() instanceof Number number
        ? Optional.of(number)
        : Optional.empty();
  }
}
