package dev.siamese.exchange;

import dev.siamese.model.Architecture;
import dev.siamese.model.Parameter;
import dev.siamese.model.TrainingState;
import dev.siamese.model.Weights;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/** Reads the network's weights, and Adam's memory if it is there, from HDF5 as Keras writes it. */
final class WeightsReader {
  private final String source;
  private final int sourceSize;

  private WeightsReader(String source, int sourceSize) {
    this.source = source;
    this.sourceSize = sourceSize;
  }

  /**
   * What was read.
   *
   * @param adam the state of an optimizer whose variables are laid out as Adam's
   * @param learningRate of that optimizer
   */
  record Content(Weights weights, Optional<TrainingState> adam, float learningRate) {}

  /**
   * Finds the network wherever it is in the file, as a twin alone or inside a siamese network.
   *
   * @param bytes of an HDF5 file
   * @param source the file, for messages
   * @throws IOException when this is no HDF5 file of Keras 3, or holds another network
   */
  static Content read(byte[] bytes, String source) throws IOException {
    try (HdfFile file = HdfFile.fromBytes(bytes)) {
      WeightsReader reader = new WeightsReader(source, bytes.length);
      Weights weights = reader.network(file);
      if (file.getChild("optimizer") instanceof Group optimizer
          && optimizer.getChild("vars") instanceof Group variables) {
        return reader.withAdam(weights, variables);
      }
      return new Content(weights, Optional.empty(), Float.NaN);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // jHDF trusts the addresses and sizes in the file: damaged, they can lead it anywhere.
      throw new IOException(
          "expected an HDF5 file of weights, found a damaged or different one: %s (%s)"
              .formatted(source, e.getMessage()),
          e);
    }
  }

  private Weights network(Group root) throws IOException {
    List<KerasLayers> found = KerasLayers.find(root, source);
    if (found.isEmpty()) {
      boolean keras2 =
          root.getChild("model_weights") != null
              || root.getAttribute("layer_names") != null
              || root.getChild("_layer_checkpoint_dependencies") != null;
      throw new IOException(
          "expected weights as Keras 3 stores them, found %s in %s"
              .formatted(keras2 ? "the layout of Keras 2" : "no layer that has any", source));
    }
    Weights weights = weights(found.get(0));
    for (KerasLayers other : found.subList(1, found.size())) {
      if (!weights(other).equals(weights)) {
        throw new IOException(
            "expected one network, found different weights in %s and %s in %s"
                .formatted(found.get(0).path(), other.path(), source));
      }
    }
    return weights;
  }

  private Weights weights(KerasLayers network) throws IOException {
    // The convolutions come first, whatever the dense layer is called.
    List<KerasLayers.Layer> layers =
        network.layers().stream()
            .sorted(Comparator.comparingInt(layer -> -layer.kernelShape().numDimensions()))
            .toList();
    Architecture architecture =
        NetworkLayers.architecture(
            layers.stream().map(KerasLayers.Layer::kernelShape).toList(),
            layers + " in " + network.path(),
            source);
    List<Parameter> parameters = architecture.parameters();
    float[][] values = new float[parameters.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = array(kernelAndBias(layers.get(i / 2)), i % 2, parameters.get(i).shape());
    }
    return new Weights(architecture, values);
  }

  private Group kernelAndBias(KerasLayers.Layer layer) throws IOException {
    int arrays = layer.variables().getChildren().size();
    if (arrays != 2) {
      throw new IOException(
          "expected a kernel and a bias in %s, found %d arrays in %s"
              .formatted(layer.path(), arrays, source));
    }
    return layer.variables();
  }

  private float[] array(Group variables, int index, Shape shape) throws IOException {
    String path = variables.getPath() + index;
    if (!(variables.getChild(Integer.toString(index)) instanceof Dataset dataset)) {
      throw new IOException("expected the array %s, found none in %s".formatted(path, source));
    }
    NetworkLayers.requireShape(shape, path, Shape.of(dataset.getDimensionsAsLong()), source);
    long values = 1;
    for (long length : shape.asArray()) {
      // No more than the file can hold, so that what is allocated for it is bounded too.
      if (length < 1 || length > sourceSize || (values *= length) > sourceSize / Float.BYTES) {
        throw new IOException(
            "expected at most %d bytes in %s, found the shape %s in %s"
                .formatted(sourceSize, path, NetworkLayers.text(shape), source));
      }
    }
    if (KerasLayers.isPlain(dataset)
        && dataset.getDataType().getSize() == Float.BYTES
        && dataset.getDataFlat() instanceof float[] read) {
      return read;
    }
    throw new IOException(
        "expected uncompressed float32 in %s, found %s of %d bytes, %s, in %s"
            .formatted(
                path,
                dataset.getJavaType().getSimpleName(),
                dataset.getDataType().getSize(),
                dataset.getDataLayout(),
                source));
  }

  /** Adds Adam's memory if there is just what Adam keeps. */
  private Content withAdam(Weights weights, Group variables) throws IOException {
    Architecture architecture = weights.architecture();
    List<Parameter> parameters = architecture.parameters();
    Optional<Number> step = KerasLayers.scalar(variables.getChild("0"));
    Optional<Number> learningRate = KerasLayers.scalar(variables.getChild("1"));
    if (variables.getChildren().size() != 2 + 2 * parameters.size()
        || step.isEmpty()
        || learningRate.isEmpty()) {
      return new Content(weights, Optional.empty(), Float.NaN);
    }
    float[][] first = new float[parameters.size()][];
    float[][] second = new float[parameters.size()][];
    for (int i = 0; i < first.length; i++) {
      Shape shape = parameters.get(i).shape();
      first[i] = array(variables, 2 + 2 * i, shape);
      second[i] = array(variables, 3 + 2 * i, shape);
    }
    TrainingState state =
        new TrainingState(
            weights,
            new Weights(architecture, first),
            new Weights(architecture, second),
            step.get().longValue());
    return new Content(weights, Optional.of(state), learningRate.get().floatValue());
  }
}
