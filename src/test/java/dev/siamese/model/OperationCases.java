package dev.siamese.model;

import dev.siamese.network.Activation;
import dev.siamese.network.ActivationFunction;
import dev.siamese.network.BinaryOperation;
import dev.siamese.network.Clip;
import dev.siamese.network.Concatenate;
import dev.siamese.network.Dot;
import dev.siamese.network.ELU;
import dev.siamese.network.LeakyReLU;
import dev.siamese.network.Merge;
import dev.siamese.network.PReLU;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.ReLU;
import dev.siamese.network.Reduction;
import dev.siamese.network.Softmax;
import dev.siamese.network.TensorShape;
import dev.siamese.network.UnaryOperation;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Activations, operations, and layers that combine tensors. */
final class OperationCases {
  private static final TensorShape VECTOR = TensorShape.of(6);

  private final LayerCases cases;

  private OperationCases(LayerCases cases) {
    this.cases = cases;
  }

  static void addTo(LayerCases cases) {
    OperationCases these = new OperationCases(cases);
    these.activations();
    these.merges();
    these.operations();
  }

  private static TensorShape shape(int... sizes) {
    return TensorShape.of(sizes);
  }

  private static Activation activation(ActivationFunction function) {
    return new Activation(function);
  }

  private void activations() {
    for (ActivationFunction function : ActivationFunction.values()) {
      cases.add("activation-" + function.kerasName(), activation(function));
      cases.add("activation-" + function.kerasName() + "-vector", activation(function), VECTOR);
    }
    for (ActivationFunction function :
        List.of(
            ActivationFunction.LOG_SIGMOID,
            ActivationFunction.SOFTPLUS,
            ActivationFunction.MISH,
            ActivationFunction.SOFTMAX,
            ActivationFunction.LOG_SOFTMAX,
            ActivationFunction.SPARSEMAX)) {
      cases.add("activation-" + function.kerasName() + "-large", activation(function));
    }
    OptionalDouble open = OptionalDouble.empty();
    OptionalDouble limit = OptionalDouble.of(1.5);
    cases.add("relu", ReLU.PLAIN);
    cases.add("relu-max", new ReLU(limit, 0, 0));
    cases.add("relu-max-6", new ReLU(OptionalDouble.of(6), 0, 0));
    cases.add("relu-slope", new ReLU(open, 0.1, 0));
    cases.add("relu-threshold", new ReLU(open, 0, 0.5));
    cases.add("relu-max-slope", new ReLU(limit, 0.1, 0));
    cases.add("relu-max-threshold", new ReLU(limit, 0, 0.5));
    cases.add("relu-slope-threshold", new ReLU(open, 0.1, 0.5));
    cases.add("relu-all", new ReLU(limit, 0.1, 0.5));
    cases.add("leaky-relu", new LeakyReLU(0.25));
    cases.add("elu", new ELU(1));
    cases.add("elu-alpha", new ELU(0.5));
    cases.add("prelu", new PReLU(ParameterSettings.BIAS, List.of()));
    cases.add("prelu-shared", new PReLU(ParameterSettings.BIAS, List.of(1, 2)));
    cases.add("prelu-shared-negative", new PReLU(ParameterSettings.BIAS, List.of(-1)));
    cases.add("softmax", new Softmax(List.of(-1)));
    cases.add("softmax-1", new Softmax(List.of(1)));
    cases.add("softmax-maps", new Softmax(List.of(1, 2)));
    cases.add("softmax-maps-large", new Softmax(List.of(1, 2)));
    cases.add("softmax-last-two", new Softmax(List.of(-1, -2)));
  }

  private void merges() {
    for (Merge.Function function : Merge.Function.values()) {
      String name = "merge-" + function.name().toLowerCase(Locale.ROOT);
      if (function == Merge.Function.SUBTRACT) {
        cases.add(name, new Merge(function), VECTOR, VECTOR);
      } else {
        cases.add(name, new Merge(function), VECTOR, VECTOR, VECTOR);
      }
    }
    cases.add(
        "merge-repeated",
        new Merge(Merge.Function.MULTIPLY),
        shape(3, 1),
        shape(1, 4),
        shape(3, 4));
    cases.add("concatenate", new Concatenate(-1), shape(3, 1), shape(3, 4), shape(3, 2));
    cases.add("concatenate-1", new Concatenate(1), shape(1, 4), shape(3, 4));
    cases.add("dot", new Dot(-1, -1, false), VECTOR, VECTOR);
    cases.add("dot-normalized", new Dot(1, 1, true), VECTOR, VECTOR);
    cases.add("dot-normalized-tiny", new Dot(1, 1, true), VECTOR, VECTOR);
    cases.add("dot-matrices", new Dot(2, 1, false), shape(3, 5), shape(5, 4));
    cases.add("dot-matrices-normalized", new Dot(1, -1, true), shape(5, 3), shape(4, 5));
    cases.add("dot-vector-matrix", new Dot(1, 2, false), shape(5), shape(4, 5));
    cases.add("dot-maps", new Dot(1, 2, false), shape(5, 2, 3), shape(4, 5));
  }

  private void operations() {
    OptionalDouble constant = OptionalDouble.of(1.5);
    for (BinaryOperation.Function function : BinaryOperation.Function.values()) {
      String name = "binary-" + function.name().toLowerCase(Locale.ROOT);
      cases.add(name, BinaryOperation.of(function), VECTOR, VECTOR);
      cases.add(
          name + "-left", new BinaryOperation(function, constant, OptionalDouble.empty()), VECTOR);
      cases.add(name + "-right", BinaryOperation.with(function, 1.5), VECTOR);
    }
    cases.add(
        "binary-repeated",
        BinaryOperation.of(BinaryOperation.Function.ADD),
        shape(3, 1),
        shape(1, 4));
    for (UnaryOperation.Function function : UnaryOperation.Function.values()) {
      cases.add("unary-" + function.name().toLowerCase(Locale.ROOT), new UnaryOperation(function));
    }
    for (Reduction.Function function : Reduction.Function.values()) {
      String name = "reduction-" + function.name().toLowerCase(Locale.ROOT);
      cases.add(name, new Reduction(function, List.of(-1), false));
      cases.add(name + "-keepdims", new Reduction(function, List.of(1, 2), true));
    }
    cases.add("clip", new Clip(-0.5, 1));
  }
}
