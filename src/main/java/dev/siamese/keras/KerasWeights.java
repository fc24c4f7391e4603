package dev.siamese.keras;

import dev.siamese.network.Adam;
import dev.siamese.network.Network;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weights in Keras's own format, {@code .weights.h5}, of Keras 3. */
public final class KerasWeights {
  /** Stands until the file tells its own. */
  private static final double RATE = 0.001;

  private KerasWeights() {}

  /**
   * Reads weights, and what an optimizer remembers if it is Adam's. They may be those of the
   * network, of the twin that has all its weights, or of a siamese network around it.
   *
   * <p>The file does not tell the optimizer's settings: what is laid out as Adam's is taken for
   * Adam's with Keras's defaults and the file's learning rate, of which a notice tells.
   *
   * @throws IOException when the file is missing or damaged or holds other weights
   */
  public static KerasModel read(Path file, Network network) throws IOException {
    KerasFile.requireFile(file);
    return Hdf5File.read(
        file,
        file.toString(),
        (root, arrays) -> {
          Weights weights = new WeightsReader(root, arrays, network).read();
          if (ArrayReader.group(root, OptimizerReader.GROUP).isEmpty()) {
            return KerasModel.of(network, weights);
          }
          Optional<OptimizerReader.Memory> memory = Optional.empty();
          TrainingRemarks remarks = TrainingRemarks.NONE;
          String notice =
              "the optimizer is taken for Adam, with Keras's defaults for what a file of weights"
                  + " does not say";
          try {
            memory = Optional.of(OptimizerReader.read(root, arrays, network, Adam.of(RATE)));
          } catch (IOException | IllegalArgumentException e) {
            notice = "left out: what the optimizer remembers; " + e.getMessage();
            remarks = remarks.withUnknownOptimizer(e.getMessage());
          }
          return new KerasModel(
              network,
              weights,
              memory.map(OptimizerReader.Memory::optimizer),
              memory.map(OptimizerReader.Memory::state),
              remarks,
              Map.of(),
              List.of(notice));
        });
  }

  /**
   * Writes weights, and what the optimizer remembers if it is known. One file serves both {@code
   * model.load_weights(file)} of a siamese network and {@code twin.load_weights(file)} of the model
   * nested in it: the two look in different places, and the weights are in both.
   *
   * @param out is not closed
   * @throws IOException when it cannot be written
   */
  public static void write(OutputStream out, KerasModel model) throws IOException {
    try (TemporaryFile file = new TemporaryFile()) {
      new WeightsWriter(model).write(file.path(), true);
      Files.copy(file.path(), out);
    }
  }
}
