package dev.siamese.keras;

import dev.siamese.network.Activation;
import dev.siamese.network.Adam;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.Dropout;
import dev.siamese.network.Flatten;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.OptimizerSettings;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.Parameter;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Slot;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import dev.siamese.network.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Small models with random weights, for tests of the files. */
final class KerasModels {
  /** A twin that has statistics among its parameters. */
  static final Network TWIN =
      NetworkBuilder.chain(
          "twin",
          TensorShape.of(5, 5, 1),
          Conv2D.of(4, Window.valid(2), Activation.RELU),
          BatchNormalization.standard(),
          new Dropout(0.3),
          Conv2D.of(3, Window.valid(2), Activation.RELU),
          new Flatten(),
          Dense.of(5, Activation.LINEAR));

  static final Network SIAMESE = SiameseNetwork.of(TWIN, Distance.EUCLIDEAN).network();

  private KerasModels() {}

  /** Random values, with some among them whose bits are easily lost. */
  static Weights weights(List<Parameter> parameters, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] values = new float[parameters.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = new float[parameters.get(i).size()];
      for (int j = 0; j < values[i].length; j++) {
        values[i][j] = (float) random.nextGaussian();
      }
    }
    values[1][0] = -0f;
    values[1][1] = Float.MIN_VALUE;
    values[1][2] = Math.nextUp(1f);
    return new Weights(parameters, values);
  }

  /** A model with all that a file can hold, after 77 steps with settings that are no defaults. */
  static KerasModel full(long seed) {
    List<Parameter> trained = SIAMESE.trainableParameters();
    return new KerasModel(
        SIAMESE,
        weights(SIAMESE.parameters(), seed),
        Optional.of(new Adam(OptimizerSettings.of(0.002), 0.8, 0.99, 1e-6, false)),
        Optional.of(
            new OptimizerState(
                77,
                Map.of(
                    Slot.MOMENTUM,
                    weights(trained, seed + 1),
                    Slot.VELOCITY,
                    weights(trained, seed + 2)))),
        TrainingRemarks.NONE,
        Map.of("history.csv", "epoch,loss\n1,0.25\n", "config.json", "{\"ä\": 1}"),
        List.of());
  }

  /** A model without more than its weights. */
  static KerasModel plain(Network network, long seed) {
    return KerasModel.of(network, weights(network.parameters(), seed));
  }
}
