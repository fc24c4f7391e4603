package dev.siamese.keras;

import dev.siamese.keras.OptimizerRow.Place;
import dev.siamese.keras.WeightsLayout.StoredArray;
import dev.siamese.network.LearningRate;
import dev.siamese.network.Network;
import dev.siamese.network.Optimizer;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.Weights;
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
    model.state().ifPresent(state -> putOptimizer(layout, model.optimizer().orElseThrow(), state));
    hdf5.writeTo(file);
  }

  /** The twin, if its layers' groups can stand beside its own in the siamese network. */
  private Optional<Network> twinBeside() {
    return Twins.only(model.network()).filter(twin -> WeightsLayout.of(twin).models().size() == 1);
  }

  private void put(WeightsLayout layout) {
    for (StoredArray array : layout.arrays()) {
      float[] values = model.weights().values(array.parameter());
      Hdf5Writer.put(hdf5.group(array.variables()), array, values);
    }
  }

  /** The step, the learning rate unless it is a schedule, and what is kept of every parameter. */
  private void putOptimizer(WeightsLayout layout, Optimizer optimizer, OptimizerState state) {
    WritableGroup variables = hdf5.group(OptimizerReader.GROUP);
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
        Hdf5Writer.put(variables, "" + index++, kept.values(0), kept.parameters().get(0).shape());
      } else {
        StoredArray array = trained.get(place.parameter());
        float[] values = kept.values(positions.get(array.parameter()));
        Hdf5Writer.put(variables, "" + index++, values, array.shape());
      }
    }
  }
}
