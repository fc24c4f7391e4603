package dev.siamese.keras;

import dev.siamese.network.Adam;
import dev.siamese.network.Network;
import dev.siamese.network.Optimizer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Weights in Keras's own formats, {@code .weights.h5} of Keras 3, and {@code .weights.h5} and
 * {@code .h5} of Keras 2.
 */
public final class KerasWeights {
  /** Stands until the file tells its own. */
  private static final double RATE = 0.001;

  private static final String ASSUMED =
      "the optimizer is taken for Adam, with Keras's defaults for what a file of weights does not"
          + " say";

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
          Optional<Optimizer> assumed =
              ArrayReader.group(root, OptimizerReader.GROUP).map(group -> Adam.of(RATE));
          KerasModel read =
              KerasContent.read(
                  root,
                  arrays,
                  new ReadNetwork(network, Optional.empty(), List.of()),
                  new CompileConfig.Compiled(assumed, TrainingRemarks.NONE),
                  Map.of(),
                  List.of());
          return read.optimizer().isEmpty() ? read : read.withFirstNotice(ASSUMED);
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
