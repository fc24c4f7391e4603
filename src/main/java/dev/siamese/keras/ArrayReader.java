package dev.siamese.keras;

import dev.siamese.network.TensorShape;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.message.DataLayout;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads arrays of an HDF5 file that may be damaged or hostile. Values of 16 bits become the same
 * values of 32, those of 64 the nearest ones.
 */
final class ArrayReader {
  private final String source;
  private final long size;
  private final TextAttributes texts;
  private boolean rounded;

  /**
   * Prepares to read.
   *
   * @param source the file, for messages
   * @param size of it in bytes
   */
  ArrayReader(String source, long size) {
    this.source = source;
    this.size = size;
    this.texts = new TextAttributes(source);
  }

  String source() {
    return source;
  }

  /** Reads the texts of the file. */
  TextAttributes texts() {
    return texts;
  }

  /** What the values that were read so far have lost, a line each. */
  List<String> notices() {
    return rounded ? List.of("rounded to float32: its values of float64") : List.of();
  }

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

  /**
   * The group at a path.
   *
   * @throws IOException when there is none
   */
  Group requireGroup(Group from, String path) throws IOException {
    return group(from, path)
        .orElseThrow(
            () ->
                new IOException(
                    "expected the group %s%s, found none in %s"
                        .formatted(from.getPath(), Json.show(path), source)));
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
    long bytes = Math.max(Short.BYTES, dataset.getDataType().getSize());
    if (shape.count() > size / bytes) {
      return Optional.of(
          "expected at most %d bytes in %s, found the shape %s".formatted(size, path, shape));
    }
    return Optional.empty();
  }

  /**
   * The values of an array, in row-major order.
   *
   * @throws IOException when they are no floating-point numbers that stand in the file as they are
   */
  float[] values(Dataset dataset) throws IOException {
    if (isPlain(dataset) && dataset.getDataType() instanceof FloatingPoint) {
      Object read = dataset.getDataFlat();
      if (read instanceof float[] floats) {
        return floats;
      }
      if (read instanceof double[] doubles) {
        return rounded(doubles);
      }
    }
    if (dataset instanceof ContiguousDataset bits && Bfloat16Types.isOf(dataset.getDataType())) {
      return bfloat16(bits);
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

  private float[] rounded(double[] doubles) {
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
      rounded |= floats[i] != doubles[i] && !Double.isNaN(doubles[i]);
    }
    return floats;
  }

  /** The bits are the upper half of those of a float32. */
  private static float[] bfloat16(ContiguousDataset dataset) {
    ShortBuffer bits = dataset.getBuffer().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] floats = new float[Math.toIntExact(dataset.getSize())];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.intBitsToFloat(bits.get(i) << Short.SIZE);
    }
    return floats;
  }

  /**
   * The values of an array of this shape; one without axes may be of whatever type.
   *
   * @throws IOException as {@link #values(Dataset)} does
   */
  float[] values(Dataset dataset, TensorShape shape) throws IOException {
    return shape.rank() == 0 ? new float[] {single(dataset)} : values(dataset);
  }

  /** The value of an array without axes. */
  private float single(Dataset dataset) throws IOException {
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
  static Optional<Number> scalar(Object node) {
    return node instanceof Dataset dataset
            && isPlain(dataset)
            && dataset.isScalar()
            && dataset.getData() instanceof Number number
        ? Optional.of(number)
        : Optional.empty();
  }
}
