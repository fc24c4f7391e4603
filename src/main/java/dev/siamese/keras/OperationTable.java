package dev.siamese.keras;

import dev.siamese.network.Activation;
import dev.siamese.network.ActivationFunction;
import dev.siamese.network.BinaryOperation;
import dev.siamese.network.Clip;
import dev.siamese.network.Concatenate;
import dev.siamese.network.ELU;
import dev.siamese.network.ExpandDims;
import dev.siamese.network.Layer;
import dev.siamese.network.LeakyReLU;
import dev.siamese.network.ReLU;
import dev.siamese.network.Reduction;
import dev.siamese.network.Reshape;
import dev.siamese.network.Softmax;
import dev.siamese.network.Squeeze;
import dev.siamese.network.UnaryOperation;
import dev.siamese.network.UnitNormalization;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The operations of keras.ops, which Keras has as layers where they are applied to the tensors of a
 * model, and the records that stand for them, one row each.
 */
final class OperationTable {
  static final String MODULE = "keras.src.ops.";

  private static final String NUMPY = MODULE + "numpy";

  static final List<Row<Layer, ?>> ROWS = new ArrayList<>();

  /** Operations that do what a layer does: they are read as that layer, and written as it. */
  static final List<Row<Layer, ?>> READ_AS_LAYERS = new ArrayList<>();

  static {
    for (BinaryOperation.Function function : BinaryOperation.Function.values()) {
      row(
          BinaryOperation.of(function).className(),
          BinaryOperation.class,
          s ->
              new BinaryOperation(
                  function,
                  s.constant(0, BinaryOperation::left),
                  s.constant(1, BinaryOperation::right)));
    }
    for (UnaryOperation.Function function : UnaryOperation.Function.values()) {
      UnaryOperation operation = new UnaryOperation(function);
      row(operation.className(), UnaryOperation.class, s -> operation);
    }
    for (Reduction.Function function : Reduction.Function.values()) {
      row(
          new Reduction(function, List.of(-1), true).className(),
          Reduction.class,
          s -> reduction(function, s));
    }
    row("ExpandDims", ExpandDims.class, s -> new ExpandDims(s.integer("axis", ExpandDims::axis)));
    row("Squeeze", Squeeze.class, s -> new Squeeze(s.value("axis", Codec.AXES, Squeeze::axes)));
    row(
        "Clip",
        Clip.class,
        s ->
            new Clip(
                s.value("x_min", Codec.NUMBER, Clip::least),
                s.value("x_max", Codec.NUMBER, Clip::most)));
    readAsLayers();
  }

  private OperationTable() {}

  private static <R extends Layer> void row(
      String className, Class<R> type, Function<Settings<R>, Layer> description) {
    ROWS.add(new Row<>(module(className), className, type, description));
  }

  private static <R extends Layer> void alias(
      String className, Class<R> type, Function<Settings<R>, Layer> description) {
    READ_AS_LAYERS.add(new Row<>(NUMPY, className, type, description));
  }

  private static String module(String className) {
    return MODULE
        + switch (className) {
          case "Norm" -> "linalg";
          case "Rsqrt", "Erf" -> "math";
          case "Sigmoid",
              "Relu",
              "Relu6",
              "Softplus",
              "Softsign",
              "Silu",
              "Selu",
              "LogSigmoid",
              "HardSigmoid" ->
              "nn";
          default -> "numpy";
        };
  }

  private static Reduction reduction(Reduction.Function function, Settings<Reduction> s) {
    switch (function) {
      case MAX, MIN -> s.none("initial");
      case PROD -> s.none("dtype");
      case NORM -> s.euclidean("ord");
      default -> {}
    }
    return new Reduction(
        function,
        s.value("axis", Codec.AXES, Reduction::axes),
        s.bool("keepdims", false, Reduction::keepDims));
  }

  private static void readAsLayers() {
    alias("Amax", Reduction.class, s -> reduction(Reduction.Function.MAX, s));
    alias("Amin", Reduction.class, s -> reduction(Reduction.Function.MIN, s));
    alias("Softmax", Softmax.class, s -> new Softmax(s.axes(Softmax::axes)));
    alias("Elu", ELU.class, s -> new ELU(s.number("alpha", 1, ELU::alpha)));
    alias(
        "LeakyRelu",
        LeakyReLU.class,
        s -> new LeakyReLU(s.number("negative_slope", 0.2, LeakyReLU::negativeSlope)));
    alias(
        "ReLU",
        ReLU.class,
        s ->
            new ReLU(
                s.value("max_value", Codec.OPTIONAL_NUMBER, OptionalDouble.empty(), ReLU::maxValue),
                s.number("negative_slope", 0, ReLU::negativeSlope),
                s.number("threshold", 0, ReLU::threshold)));
    alias("HardTanh", Activation.class, s -> new Activation(ActivationFunction.HARD_TANH));
    alias(
        "Gelu",
        Activation.class,
        s -> {
          s.none("approximate");
          return new Activation(ActivationFunction.GELU);
        });
    alias(
        "Concatenate",
        Concatenate.class,
        s -> new Concatenate(s.value("axis", Codec.AXIS, Concatenate::axis)));
    alias(
        "Normalize",
        UnitNormalization.class,
        s -> {
          s.euclidean("order");
          // Keras's own is below all lengths that occur, and so is the layer's.
          s.none("epsilon");
          return new UnitNormalization(s.axes(UnitNormalization::axes));
        });
    alias(
        "Reshape",
        Reshape.class,
        s -> new Reshape(s.value("newshape", Codec.SIZES_BEHIND_BATCH, Reshape::target)));
  }
}
