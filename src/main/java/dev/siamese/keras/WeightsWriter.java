package dev.siamese.keras;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.siamese.keras.OptimizerRow.Place;
import dev.siamese.keras.WeightsLayout.StoredArray;
import dev.siamese.network.LearningRate;
import dev.siamese.network.Network;
import dev.siamese.network.Optimizer;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
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
import java.util.Map;
import java.util.Optional;

/** Writes weights in HDF5 where Keras looks for them. */
final class WeightsWriter {
  private final KerasModel model;
  private final WritableGroup root = new WritableGroupImpl(null, "/");

  WeightsWriter(KerasModel model) {
    this.model = model;
  }

  /**
   * Writes an HDF5 file.
   *
   * @param forTwinToo also puts the weights where a twin alone looks for them
   * @throws IOException when the file cannot be written
   */
  void write(Path file, boolean forTwinToo) throws IOException {
    root.putGroup(WeightsLayout.VARIABLES);
    WeightsLayout layout = WeightsLayout.of(model.network());
    put(layout);
    if (forTwinToo) {
      twinBeside().map(WeightsLayout::of).ifPresent(this::put);
    }
    model.state().ifPresent(state -> putOptimizer(layout, model.optimizer().orElseThrow(), state));
    writeTo(file);
  }

  /** The twin, if its layers' groups can stand beside its own in the siamese network. */
  private Optional<Network> twinBeside() {
    return Twins.only(model.network()).filter(twin -> WeightsLayout.of(twin).models().size() == 1);
  }

  private void put(WeightsLayout layout) {
    for (StoredArray array : layout.arrays()) {
      float[] values = model.weights().values(array.parameter());
      WritableGroup variables = group(array.variables());
      if (array.integer()) {
        variables.putDataset(Integer.toString(array.index()), (long) values[0]);
      } else {
        put(variables, array.index(), values, array.shape());
      }
    }
  }

  /** The step, the learning rate unless it is a schedule, and what is kept of every parameter. */
  private void putOptimizer(WeightsLayout layout, Optimizer optimizer, OptimizerState state) {
    WritableGroup variables = group(OptimizerReader.GROUP);
    int index = 0;
    variables.putDataset(Integer.toString(index++), state.step());
    if (optimizer.common().learningRate() instanceof LearningRate.Constant rate) {
      variables.putDataset(Integer.toString(index++), (float) rate.value());
    }
    Map<Integer, Integer> positions = WeightsLayout.trainedPositions(model.network());
    List<StoredArray> trained = layout.trained(model.network());
    for (Place place : OptimizerTable.of(optimizer).places(optimizer, trained.size())) {
      Weights kept = state.slot(place.slot());
      if (place.slot().isShared()) {
        put(variables, index++, kept.values(0), kept.parameters().get(0).shape());
      } else {
        StoredArray array = trained.get(place.parameter());
        put(variables, index++, kept.values(positions.get(array.parameter())), array.shape());
      }
    }
  }

  private WritableGroup group(String path) {
    WritableGroup group = root;
    for (String name : path.split("/")) {
      group =
          group.getChild(name) instanceof WritableGroup present ? present : group.putGroup(name);
    }
    return group;
  }

  private static void put(WritableGroup group, int index, float[] values, TensorShape shape) {
    Object array = shape.rank() == 0 ? values[0] : nested(values, shape.sizes(), 0, new int[1]);
    group.putDataset(Integer.toString(index), array);
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
   */
  private void writeTo(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ, WRITE, TRUNCATE_EXISTING)) {
      SuperblockV2V3 superblock = new SuperblockV2V3();
      HdfFileChannel hdf = new HdfFileChannel(channel, superblock);
      root.write(hdf, WritableHdfFile.ROOT_GROUP_ADDRESS);
      hdf.write(superblock.toBuffer(channel.size()), 0);
    } catch (HdfException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "expected to write the temporary file %s, found: %s".formatted(file, reason.getMessage()),
          e);
    }
  }
}
