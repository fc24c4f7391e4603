package dev.siamese.keras;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model in Keras's older format, an HDF5 file of the whole model, as Keras 2 and 3 write it for
 * names in {@code .h5} and {@code .hdf5}.
 */
public final class KerasHdf5File {
  /** The group of the weights. */
  static final String WEIGHTS = "model_weights";

  private static final String CONFIG = "model_config";

  private KerasHdf5File() {}

  /**
   * Whether a file holds a whole model; else it can only hold weights.
   *
   * @throws IOException when the file is missing or no HDF5 file
   */
  public static boolean holdsModel(Path file) throws IOException {
    KerasFile.requireFile(file);
    return Hdf5File.read(
        file, file.toString(), (root, arrays) -> root.getAttribute(CONFIG) != null);
  }

  /**
   * Reads a model. No code in it is read or run.
   *
   * @param assumptions what the file may not say
   * @throws IOException when the file is missing or damaged, lacks the weights, or holds a model
   *     that this program does not know
   */
  public static KerasModel read(Path file, Assumptions assumptions) throws IOException {
    KerasFile.requireFile(file);
    String source = CONFIG + " in " + file;
    return Hdf5File.read(
        file,
        file.toString(),
        (root, arrays) -> {
          String text =
              TextAttributes.text(root, CONFIG)
                  .orElseThrow(
                      () -> new IOException("expected a text as %s, found none".formatted(source)));
          JsonObject config = Json.parse(text, source);
          ReadNetwork read = KerasConfig.read(config, source, assumptions);
          List<String> notices = new ArrayList<>(read.notices());
          KerasModel model =
              KerasModel.of(read.network(), new WeightsReader(root, arrays, read.network()).read());
          notices.addAll(arrays.notices());
          return new KerasModel(
              model.network(),
              model.weights(),
              Optional.empty(),
              Optional.empty(),
              Map.of(),
              notices);
        });
  }
}
