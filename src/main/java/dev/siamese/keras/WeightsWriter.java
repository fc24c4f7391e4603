package dev.siamese.keras;

import dev.siamese.keras.WeightsLayout.StoredArray;
import dev.siamese.network.AdamState;
import dev.siamese.network.Network;
import dev.siamese.network.TensorShape;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes weights in HDF5 where Keras looks for them. */
final class WeightsWriter {
  private final KerasModel model;
  private final Hdf5Writer hdf5 = new Hdf5Writer();

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
    hdf5.root().putGroup(WeightsLayout.VARIABLES);
    WeightsLayout layout = WeightsLayout.of(model.network());
    put(layout);
    if (forTwinToo) {
      twinBeside().map(WeightsLayout::of).ifPresent(this::put);
    }
    model.state().ifPresent(state -> putAdam(layout, state));
    hdf5.writeTo(file);
  }

  /** The twin, if its layers' groups can stand beside its own in the siamese network. */
  private Optional<Network> twinBeside() {
    return Twins.only(model.network()).filter(twin -> WeightsLayout.of(twin).models().size() == 1);
  }

  private void put(WeightsLayout layout) {
    for (StoredArray array : layout.arrays()) {
      float[] values = model.weights().values(array.parameter());
      WritableGroup variables = hdf5.group(array.variables());
      if (array.integer()) {
        variables.putDataset(Integer.toString(array.index()), (long) values[0]);
      } else {
        Hdf5Writer.put(variables, Integer.toString(array.index()), values, array.shape());
      }
    }
  }

  /** The step, the learning rate, and of every parameter the first and the second moment. */
  private void putAdam(WeightsLayout layout, AdamState state) {
    WritableGroup variables = hdf5.group(AdamReader.GROUP);
    variables.putDataset("0", state.step());
    variables.putDataset("1", (float) model.adam().orElseThrow().learningRate());
    Network network = model.network();
    Map<Integer, Integer> positions = WeightsLayout.trainedPositions(network);
    List<StoredArray> trained = layout.trained(network);
    for (int i = 0; i < trained.size(); i++) {
      int position = positions.get(trained.get(i).parameter());
      TensorShape shape = trained.get(i).shape();
      Hdf5Writer.put(variables, "" + (2 + 2 * i), state.firstMoment().values(position), shape);
      Hdf5Writer.put(variables, "" + (3 + 2 * i), state.secondMoment().values(position), shape);
    }
  }
}
