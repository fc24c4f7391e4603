package dev.siamese.exchange;

import dev.siamese.data.ValueRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a target's name asks for. */
enum TargetForm {
  KERAS,
  WEIGHTS,
  HDF5,
  SAVED_MODEL;

  /** Endings of models in forms that this program does not write. */
  private static final Set<String> OTHERS =
      Set.of(
          "tflite",
          "onnx",
          "pb",
          "pbtxt",
          "ckpt",
          "index",
          "json",
          "pt",
          "pth",
          "safetensors",
          "pkl",
          "npz",
          "npy",
          "mlmodel",
          "mlpackage",
          "zip",
          "gz",
          "tar",
          "txt",
          "csv");

  /**
   * The form of a name.
   *
   * @throws IllegalArgumentException when it is the name of another kind of file
   */
  static TargetForm of(Path target) {
    String name = lowerCaseName(target);
    if (name.endsWith(".keras")) {
      return KERAS;
    }
    if (name.endsWith(".weights.h5")) {
      return WEIGHTS;
    }
    if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
      return HDF5;
    }
    if (OTHERS.contains(name.substring(name.lastIndexOf('.') + 1)) && name.contains(".")) {
      throw new IllegalArgumentException(
          "expected a name in .keras, .h5, .hdf5 or .weights.h5, or one without such an ending for a"
              + " SavedModel folder, of which TensorFlow's own converters make other forms, found "
              + target);
    }
    return SAVED_MODEL;
  }

  static String lowerCaseName(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return String.valueOf(name).toLowerCase(Locale.ROOT); // The root has none.
  }

  /** What of a model the form has no room for, without the file. */
  List<String> leftOut(StoredModel model) {
    List<String> left = new ArrayList<>();
    if (this == WEIGHTS && model.threshold().isPresent()) {
      left.add("left out: the threshold %.4f".formatted(model.threshold().getAsDouble()));
    }
    ValueRange values = model.model().values();
    ValueRange assumed =
        ExpectedValues.of(model.model().network().twin()).orElse(ValueRange.ZERO_TO_ONE);
    if (this == WEIGHTS && values != assumed) {
      left.add("left out: that it expects values of " + values.text());
    }
    if ((this == HDF5 || this == SAVED_MODEL) && model.checkpoint().isPresent()) {
      left.add("left out: what the optimizer remembers, which .keras keeps");
    }
    if ((this == WEIGHTS || this == SAVED_MODEL) && !model.attachments().isEmpty()) {
      left.add(
          "left out: "
              + String.join(", ", model.attachments().keySet().stream().sorted().toList()));
    }
    return left;
  }
}
