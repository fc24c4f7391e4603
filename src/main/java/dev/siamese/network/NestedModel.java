package dev.siamese.network;

import java.util.List;

/**
 * A network used as a layer.
 *
 * @param network of one output
 * @param sequential whether Keras has it as a Sequential model, a mere chain, rather than as a
 *     Functional one
 */
public record NestedModel(Network network, boolean sequential) implements Layer {

  /**
   * Checks the network.
   *
   * @throws IllegalArgumentException when it has several outputs
   */
  public NestedModel {
    if (network.outputs().size() != 1) {
      throw new IllegalArgumentException(
          "expected a nested model of 1 output, found %d in %s"
              .formatted(network.outputs().size(), network.name()));
    }
  }

  @Override
  public String className() {
    return sequential ? "Sequential" : "Functional";
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    if (!inputs.equals(network.inputShapes())) {
      throw new IllegalArgumentException(
          "expected inputs of %s for the model %s, found %s"
              .formatted(network.inputShapes(), network.name(), inputs));
    }
    return network.outputShapes().get(0);
  }

  @Override
  public List<Parameter> parameters(List<TensorShape> inputs) {
    return network.parameters();
  }
}
