package dev.siamese.keras;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.siamese.keras.WeightsLayout.StoredArray;
import dev.siamese.network.TensorShape;
import io.jhdf.Superblock.SuperblockV2V3;
import io.jhdf.WritableGroupImpl;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Gathers groups, arrays and texts, and writes them as an HDF5 file. */
final class Hdf5Writer {
  private final WritableGroup root = new WritableGroupImpl(null, "/");
  private final TextHeap texts = new TextHeap(WritableHdfFile.ROOT_GROUP_ADDRESS);

  WritableGroup root() {
    return root;
  }

  /** The group at a path, which is made where there is none. */
  WritableGroup group(String path) {
    WritableGroup group = root;
    for (String name : path.split("/")) {
      group =
          group.getChild(name) instanceof WritableGroup present ? present : group.putGroup(name);
    }
    return group;
  }

  /** Adds an array. */
  static void put(WritableGroup group, String name, float[] values, TensorShape shape) {
    group.putDataset(
        name, shape.rank() == 0 ? values[0] : nested(values, shape.sizes(), 0, new int[1]));
  }

  /** Adds an array of a layer, among the layer's others. */
  static void put(WritableGroup variables, StoredArray array, float[] values) {
    String name = Integer.toString(array.index());
    if (array.integer()) {
      variables.putDataset(name, (long) values[0]);
    } else {
      put(variables, name, values, array.shape());
    }
  }

  /** Adds a text, or a list of some, beside a group. */
  void putText(WritableGroup group, String name, Object text) {
    group.getAttributes().put(name, texts.attribute(group, name, text));
  }

  /** The values as nested arrays, the form in which jHDF takes a shape. */
  private static Object nested(float[] values, List<Integer> sizes, int dimension, int[] position) {
    int length = sizes.get(dimension);
    if (dimension == sizes.size() - 1) {
      float[] row = Arrays.copyOfRange(values, position[0], position[0] + length);
      position[0] += length;
      return row;
    }
    Object first = nested(values, sizes, dimension + 1, position);
    Object array = Array.newInstance(first.getClass(), length);
    Array.set(array, 0, first);
    for (int i = 1; i < length; i++) {
      Array.set(array, i, nested(values, sizes, dimension + 1, position));
    }
    return array;
  }

  /**
   * What HdfFile.write does, but for the note about jHDF that it puts behind the last dataset: the
   * note destroys an empty group that stands there, and Keras needs the root's "vars".
   *
   * @throws IOException when the file cannot be written
   */
  void writeTo(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ, WRITE, TRUNCATE_EXISTING)) {
      long start = WritableHdfFile.ROOT_GROUP_ADDRESS + texts.size();
      SuperblockV2V3 superblock = new SuperblockV2V3(0, start);
      HdfFileChannel hdf = new HdfFileChannel(channel, superblock);
      if (texts.size() > 0) {
        hdf.write(texts.content(), WritableHdfFile.ROOT_GROUP_ADDRESS);
      }
      root.write(hdf, start);
      hdf.write(superblock.toBuffer(channel.size()), 0);
    } catch (HdfException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "expected to write the temporary file %s, found: %s".formatted(file, reason.getMessage()),
          e);
    }
  }
}
