package dev.siamese.exchange;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.siamese.model.Architecture;
import dev.siamese.model.Parameter;
import dev.siamese.model.TrainingState;
import dev.siamese.model.Weights;
import io.jhdf.Superblock.SuperblockV2V3;
import io.jhdf.WritableGroupImpl;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Writes weights in HDF5 where Keras looks for them.
 *
 * <p>Keras names a layer's group after the layer's class, with _1, _2 … for the next ones, and
 * keeps its arrays in the group "vars" as 0, 1 ….
 */
final class WeightsWriter {
  private static final String VARIABLES = "vars";
  private static final String LAYERS = "layers";

  private WeightsWriter() {}

  /**
   * The bytes of an HDF5 file.
   *
   * @param forTwinToo also writes the weights where a twin alone looks for them: the siamese
   *     network keeps them one level deeper
   * @throws IOException when there is no room for a temporary file
   */
  static byte[] write(StoredModel model, boolean forTwinToo) throws IOException {
    WritableGroup root = new WritableGroupImpl(null, "/");
    root.putGroup(VARIABLES);
    WritableGroup layers = root.putGroup(LAYERS);
    putNetwork(layers.putGroup("functional").putGroup(LAYERS), model.weights());
    if (forTwinToo) {
      putNetwork(layers, model.weights());
    }
    model.checkpoint().ifPresent(checkpoint -> putAdam(root.putGroup("optimizer"), checkpoint));
    return bytes(root);
  }

  /**
   * What HdfFile.write does, but for the note about jHDF that it puts behind the last dataset: the
   * note destroys an empty group that stands there, and Keras needs the root's "vars".
   */
  private static byte[] bytes(WritableGroup root) throws IOException {
    Path file = Files.createTempFile("siamese", ".h5");
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      SuperblockV2V3 superblock = new SuperblockV2V3();
      HdfFileChannel hdf = new HdfFileChannel(channel, superblock);
      root.write(hdf, WritableHdfFile.ROOT_GROUP_ADDRESS);
      hdf.write(superblock.toBuffer(channel.size()), 0);
      return Files.readAllBytes(file);
    } catch (HdfException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "expected to write the temporary file %s, found: %s".formatted(file, reason.getMessage()),
          e);
    } finally {
      Files.delete(file);
    }
  }

  private static void putNetwork(WritableGroup layers, Weights weights) {
    List<Parameter> parameters = weights.architecture().parameters();
    for (int kernel = 0; kernel < parameters.size(); kernel += 2) {
      String name = parameters.get(kernel).name();
      WritableGroup variables =
          layers.putGroup(name.substring(0, name.indexOf('/'))).putGroup(VARIABLES);
      put(variables, 0, weights, kernel);
      put(variables, 1, weights, kernel + 1);
    }
  }

  /** The step, the learning rate, and of every parameter the first and the second moment. */
  private static void putAdam(WritableGroup optimizer, Checkpoint checkpoint) {
    WritableGroup variables = optimizer.putGroup(VARIABLES);
    TrainingState state = checkpoint.state();
    variables.putDataset("0", state.step());
    variables.putDataset("1", (float) checkpoint.adam().learningRate());
    Architecture architecture = state.weights().architecture();
    for (int i = 0; i < architecture.parameters().size(); i++) {
      put(variables, 2 + 2 * i, state.firstMoment(), i);
      put(variables, 3 + 2 * i, state.secondMoment(), i);
    }
  }

  private static void put(WritableGroup group, int index, Weights weights, int parameter) {
    long[] shape = weights.architecture().parameters().get(parameter).shape().asArray();
    group.putDataset(
        Integer.toString(index), nested(weights.values(parameter), shape, 0, new int[1]));
  }

  /** The values as nested arrays, the form in which jHDF takes a shape. */
  private static Object nested(float[] values, long[] shape, int dimension, int[] position) {
    int length = Math.toIntExact(shape[dimension]);
    if (dimension == shape.length - 1) {
      float[] row = Arrays.copyOfRange(values, position[0], position[0] + length);
      position[0] += length;
      return row;
    }
    Object first = nested(values, shape, dimension + 1, position);
    Object array = Array.newInstance(first.getClass(), length);
    Array.set(array, 0, first);
    for (int i = 1; i < length; i++) {
      Array.set(array, i, nested(values, shape, dimension + 1, position));
    }
    return array;
  }
}
