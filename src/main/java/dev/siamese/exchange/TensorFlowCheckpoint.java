package dev.siamese.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * TensorFlow's checkpoints: NAME.index and NAME.data-00000-of-00001, with a file "checkpoint"
 * beside them. They hold weights by the names of a program's objects, and no layers.
 */
final class TensorFlowCheckpoint {
  private TensorFlowCheckpoint() {}

  /**
   * Tells what to save instead of a checkpoint.
   *
   * @throws IOException when there is one, by whichever of its names
   */
  static void requireNone(Path source) throws IOException {
    String name = String.valueOf(source.getFileName());
    boolean isOne =
        name.toLowerCase(Locale.ROOT).matches(".*\\.(index|data-\\d{5}-of-\\d{5})|checkpoint")
            || Files.exists(Path.of(source + ".index"))
            || Files.exists(source.resolve("checkpoint"));
    if (isOne) {
      throw new IOException(
          "expected a model, found a checkpoint of TensorFlow, which has weights but no layers (save"
              + " model.save(\"NAME.keras\") or model.export(\"NAME\") instead): "
              + source);
    }
  }
}
