package dev.siamese.network;

import java.util.List;

/** A layer of one input. */
public sealed interface SingleInputLayer extends Layer
    permits Conv2D,
        DepthwiseConv2D,
        SeparableConv2D,
        MaxPooling2D,
        AveragePooling2D,
        GlobalMaxPooling2D,
        GlobalAveragePooling2D,
        ZeroPadding2D,
        Cropping2D,
        Flatten,
        Reshape,
        Permute,
        Dense,
        Dropout,
        SpatialDropout2D,
        GaussianNoise,
        ActivationLayer,
        PReLU,
        BatchNormalization,
        LayerNormalization,
        GroupNormalization,
        UnitNormalization,
        Rescaling,
        Normalization,
        RandomAugmentation,
        Identity,
        UnaryOperation,
        Reduction,
        ExpandDims,
        Squeeze,
        Clip {

  /**
   * The shape of its output.
   *
   * @throws IllegalArgumentException when it cannot take this input
   */
  default TensorShape outputShape(TensorShape input) {
    return input;
  }

  /** The parameters that it keeps, in Keras's order. */
  default List<Parameter> parameters(TensorShape input) {
    return List.of();
  }

  @Override
  default TensorShape outputShape(List<TensorShape> inputs) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException("expected 1 input, found " + inputs.size());
    }
    return outputShape(inputs.get(0));
  }

  @Override
  default List<Parameter> parameters(List<TensorShape> inputs) {
    return parameters(inputs.get(0));
  }
}
