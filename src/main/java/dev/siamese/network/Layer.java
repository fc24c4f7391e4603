package dev.siamese.network;

import java.util.List;

/**
 * A layer or an operation of Keras as data: its settings, and what follows from them. It is named
 * and configured as Keras names and configures it, and knows neither how it is computed nor how it
 * is stored.
 *
 * <p>All records are values: two are equal when their settings are.
 */
public sealed interface Layer
    permits SingleInputLayer, InputLayer, Merge, Concatenate, Dot, BinaryOperation, NestedModel {

  /** What a layer does in training and at no other time. */
  enum WhileTraining {
    /** The same as ever. */
    SAME,
    /** Sets some values to zero. */
    DROPS,
    /** Adds random numbers. */
    ADDS_NOISE,
    /** Takes its statistics from the batch, and remembers them. */
    BATCH_STATISTICS,
    /** Changes images at random; this program leaves it out. */
    AUGMENTS
  }

  /** Keras's name of its class. */
  default String className() {
    return getClass().getSimpleName();
  }

  /**
   * The shape of its output.
   *
   * @param inputs the shapes of what it takes, in their order
   * @throws IllegalArgumentException when it cannot take these
   */
  TensorShape outputShape(List<TensorShape> inputs);

  /**
   * The parameters that it keeps, in Keras's order.
   *
   * @param inputs as of {@link #outputShape}, which accepts them
   */
  default List<Parameter> parameters(List<TensorShape> inputs) {
    return List.of();
  }

  /** What it does while training only. */
  default WhileTraining whileTraining() {
    return WhileTraining.SAME;
  }
}
