package dev.siamese.model;

import dev.siamese.model.BatchNormalizations.ByBatch;
import dev.siamese.model.Standardization.Scaling;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Dropout;
import dev.siamese.network.GaussianNoise;
import dev.siamese.network.InputLayer;
import dev.siamese.network.Layer;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.Network;
import dev.siamese.network.Regularizer;
import dev.siamese.network.SpatialDropout2D;
import dev.siamese.network.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The graph of a network, layer by layer as Keras computes it. */
public final class NetworkGraph {
  private final Network network;
  private final List<Operand<TFloat32>> parameters;
  private final Formulas<TFloat32> formulas;

  /** What layers do while training only, each in the graph that is trained. */
  public interface Training {

    /**
     * Sets values to zero, and scales the others up.
     *
     * @param node in {@link Network#nodes()} of the {@linkplain Network#inlined() inlined} network
     * @param mask the shape of what decides, where axes of size 1 decide for all along them
     * @param rate the probability of a zero, above 0
     * @param values (n, shape of the node)
     */
    Operand<TFloat32> dropout(int node, TensorShape mask, double rate, Operand<TFloat32> values);

    /**
     * Adds normally distributed numbers.
     *
     * @param node as of {@link #dropout}
     * @param deviation their standard deviation, above 0
     * @param values (n, shape of the node)
     */
    Operand<TFloat32> noise(int node, double deviation, Operand<TFloat32> values);

    /**
     * Takes notice of a batch's statistics, which the moving ones are to follow.
     *
     * @param firstParameter the position of the layer's first parameter in {@link
     *     Network#parameters()}
     * @param layer whose moving mean and variance are its last two parameters
     * @param mean (channels)
     * @param variance (channels), not corrected for the number of values
     */
    void statistics(
        int firstParameter,
        BatchNormalization layer,
        Operand<TFloat32> mean,
        Operand<TFloat32> variance);

    /**
     * Takes notice of a layer's outputs, the size of which adds to the loss.
     *
     * @param values (n, shape of the node)
     */
    void activity(Regularizer regularizer, Operand<TFloat32> values);
  }

  /**
   * A network over these parameters.
   *
   * @param tf builds the graph
   * @param parameters the values of {@link Network#parameters()}, in their order
   * @throws IllegalArgumentException when there are more or fewer of them
   */
  public NetworkGraph(Ops tf, Network network, List<? extends Operand<TFloat32>> parameters) {
    if (parameters.size() != network.parameters().size()) {
      throw new IllegalArgumentException(
          "expected %d parameters of the model %s, found %d"
              .formatted(network.parameters().size(), network.name(), parameters.size()));
    }
    this.network = network.inlined();
    this.parameters = List.copyOf(parameters);
    this.formulas = Formulas.plain(tf, TFloat32.class);
  }

  /**
   * What the network computes at inference.
   *
   * @param inputs each (n, shape of the input)
   * @return each (n, shape of the output)
   */
  public List<Operand<TFloat32>> outputs(List<? extends Operand<TFloat32>> inputs) {
    return outputs(inputs, Optional.empty());
  }

  /**
   * What the network computes while training.
   *
   * @param inputs each (n, shape of the input)
   * @param training does what layers do while training only
   * @return each (n, shape of the output)
   */
  public List<Operand<TFloat32>> outputs(
      List<? extends Operand<TFloat32>> inputs, Training training) {
    return outputs(inputs, Optional.of(training));
  }

  private List<Operand<TFloat32>> outputs(
      List<? extends Operand<TFloat32>> inputs, Optional<Training> training) {
    if (inputs.size() != network.inputs().size()) {
      throw new IllegalArgumentException(
          "expected %d inputs of the model %s, found %d"
              .formatted(network.inputs().size(), network.name(), inputs.size()));
    }
    List<Operand<TFloat32>> values = new ArrayList<>();
    for (int node = 0; node < network.nodes().size(); node++) {
      List<Operand<TFloat32>> taken =
          network.nodes().get(node).inputs().stream().map(values::get).toList();
      if (network.layer(node).layer() instanceof InputLayer) {
        values.add(inputs.get(network.inputs().indexOf(node)));
      } else {
        values.add(compute(node, taken, training));
        regularize(node, values.get(node), training);
      }
    }
    return network.outputs().stream().map(values::get).toList();
  }

  /** Tells the training what the size of a node's outputs adds to the loss, if it does. */
  void regularize(int node, Operand<TFloat32> values, Optional<? extends Training> training) {
    Regularizer regularizer = network.layer(node).activity();
    if (!regularizer.equals(Regularizer.NONE)) {
      training.ifPresent(told -> told.activity(regularizer, values));
    }
  }

  /** What a node other than an input gives, from what it takes. */
  Operand<TFloat32> compute(
      int node, List<Operand<TFloat32>> taken, Optional<? extends Training> training) {
    return training.isPresent()
        ? whileTraining(node, taken, training.get())
        : atInference(node, taken);
  }

  private Operand<TFloat32> atInference(int node, List<Operand<TFloat32>> taken) {
    Layer layer = network.layer(node).layer();
    return formulas.compute(layer, network.shapesTaken(node), taken, parametersOf(node));
  }

  private Operand<TFloat32> whileTraining(
      int node, List<Operand<TFloat32>> taken, Training training) {
    NamedLayer named = network.layer(node);
    TensorShape shape = network.shape(node);
    if (named.layer() instanceof Dropout dropout && dropout.rate() > 0) {
      return training.dropout(node, shape, dropout.rate(), taken.get(0));
    }
    if (named.layer() instanceof SpatialDropout2D dropout && dropout.rate() > 0) {
      TensorShape channels = shape.with(0, 1).with(1, 1);
      return training.dropout(node, channels, dropout.rate(), taken.get(0));
    }
    if (named.layer() instanceof GaussianNoise noise && noise.deviation() > 0) {
      return training.noise(node, noise.deviation(), taken.get(0));
    }
    if (named.layer() instanceof BatchNormalization) {
      return formulas
          .batchNormalizations()
          .apply(taken.get(0), normalization(node, taken.get(0), Optional.of(training)));
    }
    return atInference(node, taken);
  }

  /** How a node normalizes a batch, of whose statistics the training takes notice. */
  Scaling<TFloat32> normalization(
      int node, Operand<TFloat32> taken, Optional<? extends Training> training) {
    BatchNormalization layer = (BatchNormalization) network.layer(node).layer();
    TensorShape shape = network.shape(node);
    if (!normalizesByBatch(node, training)) {
      return normalizationByAverages(node);
    }
    ByBatch<TFloat32> batch =
        formulas.batchNormalizations().byBatch(layer, shape, taken, parametersOf(node));
    int first = network.parametersOf(network.nodes().get(node).layer()).get(0);
    training.get().statistics(first, layer, batch.mean(), batch.variance());
    return batch.scaling();
  }

  /**
   * Whether a node normalizes by its batch's statistics: not at inference, nor where it is frozen.
   */
  boolean normalizesByBatch(int node, Optional<? extends Training> training) {
    return training.isPresent() && network.layer(node).trainable();
  }

  /** How a node normalizes at inference, and, as in Keras, where it is frozen. */
  Scaling<TFloat32> normalizationByAverages(int node) {
    BatchNormalization layer = (BatchNormalization) network.layer(node).layer();
    return formulas
        .batchNormalizations()
        .byMovingStatistics(layer, network.shape(node), parametersOf(node));
  }

  /** The parameters of a node's layer. */
  List<Operand<TFloat32>> parametersOf(int node) {
    return network.parametersOf(network.nodes().get(node).layer()).stream()
        .map(parameters::get)
        .toList();
  }
}
