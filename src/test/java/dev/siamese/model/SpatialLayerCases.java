package dev.siamese.model;

import static dev.siamese.network.Activation.LINEAR;
import static dev.siamese.network.Activation.RELU;
import static dev.siamese.network.Activation.TANH;

import dev.siamese.network.Activation;
import dev.siamese.network.ActivationFunction;
import dev.siamese.network.ActivationLayer;
import dev.siamese.network.AveragePooling2D;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Cropping2D;
import dev.siamese.network.Dense;
import dev.siamese.network.DepthwiseConv2D;
import dev.siamese.network.Dropout;
import dev.siamese.network.ExpandDims;
import dev.siamese.network.Extent;
import dev.siamese.network.Flatten;
import dev.siamese.network.GaussianNoise;
import dev.siamese.network.GlobalAveragePooling2D;
import dev.siamese.network.GlobalMaxPooling2D;
import dev.siamese.network.Identity;
import dev.siamese.network.Margins;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.Padding;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.Permute;
import dev.siamese.network.RandomAugmentation;
import dev.siamese.network.Reshape;
import dev.siamese.network.SeparableConv2D;
import dev.siamese.network.SpatialDropout2D;
import dev.siamese.network.Squeeze;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Window;
import dev.siamese.network.ZeroPadding2D;
import java.util.List;
import java.util.Optional;

/** Layers that see windows of maps, change shapes, or multiply by a matrix. */
final class SpatialLayerCases {
  private static final TensorShape VECTOR = TensorShape.of(6);
  private static final Optional<ParameterSettings> BIAS = Optional.of(ParameterSettings.BIAS);
  private static final Optional<ParameterSettings> NONE = Optional.empty();

  private final LayerCases cases;

  private SpatialLayerCases(LayerCases cases) {
    this.cases = cases;
  }

  static void addTo(LayerCases cases) {
    SpatialLayerCases these = new SpatialLayerCases(cases);
    these.convolutions();
    these.poolings();
    these.shapings();
    these.dense();
    these.withoutEffect();
  }

  private static TensorShape shape(int... sizes) {
    return TensorShape.of(sizes);
  }

  private static Window window(
      int rows, int columns, Extent strides, Padding padding, Extent dilation) {
    return new Window(new Extent(rows, columns), strides, padding, dilation);
  }

  private static Window moved(int rows, int columns, Extent strides, Padding padding) {
    return window(rows, columns, strides, padding, Extent.ONE);
  }

  private static Window dilated(int rows, int columns, Extent dilation, Padding padding) {
    return window(rows, columns, Extent.ONE, padding, dilation);
  }

  private static Conv2D grouped(int filters, int groups, Window window) {
    return new Conv2D(filters, window, groups, LINEAR, ParameterSettings.KERNEL, BIAS);
  }

  private static DepthwiseConv2D depthwise(
      int multiplier, Window window, ActivationLayer activation, Optional<ParameterSettings> bias) {
    return new DepthwiseConv2D(multiplier, window, activation, ParameterSettings.KERNEL, bias);
  }

  private static SeparableConv2D separable(
      int multiplier, Window window, ActivationLayer activation, Optional<ParameterSettings> bias) {
    ParameterSettings kernel = ParameterSettings.KERNEL;
    return new SeparableConv2D(5, multiplier, window, activation, kernel, kernel, bias);
  }

  private static Activation activation(ActivationFunction function) {
    return new Activation(function);
  }

  private void convolutions() {
    Extent two = Extent.square(2);
    cases.add("conv2d", Conv2D.of(3, Window.valid(3), LINEAR));
    cases.add("conv2d-same", Conv2D.of(3, Window.same(3), LINEAR));
    cases.add("conv2d-even-same", Conv2D.of(3, moved(2, 4, Extent.ONE, Padding.SAME), LINEAR));
    cases.add("conv2d-strides-same", Conv2D.of(3, moved(3, 3, two, Padding.SAME), LINEAR));
    cases.add(
        "conv2d-strides-valid", Conv2D.of(3, moved(3, 1, new Extent(3, 2), Padding.VALID), LINEAR));
    cases.add(
        "conv2d-dilated", Conv2D.of(3, dilated(3, 2, new Extent(2, 3), Padding.VALID), LINEAR));
    cases.add("conv2d-dilated-same", Conv2D.of(3, dilated(3, 3, two, Padding.SAME), LINEAR));
    cases.add("conv2d-groups", grouped(6, 2, Window.valid(2)));
    cases.add("conv2d-groups-strides", grouped(4, 4, moved(3, 3, two, Padding.SAME)));
    cases.add("conv2d-groups-dilated", grouped(6, 2, dilated(2, 2, two, Padding.VALID)));
    cases.add(
        "conv2d-without-bias",
        new Conv2D(3, Window.valid(2), 1, LINEAR, ParameterSettings.KERNEL, NONE));
    cases.add("conv2d-relu", Conv2D.of(3, Window.valid(2), RELU));
    cases.add(
        "conv2d-softmax", Conv2D.of(3, Window.valid(2), activation(ActivationFunction.SOFTMAX)));
    cases.add("conv2d-glu", Conv2D.of(6, Window.valid(2), activation(ActivationFunction.GLU)));
    cases.add("depthwise", depthwise(1, Window.valid(3), LINEAR, BIAS));
    cases.add("depthwise-strides-same", depthwise(1, moved(3, 3, two, Padding.SAME), LINEAR, BIAS));
    cases.add(
        "depthwise-multiplier", depthwise(3, moved(2, 3, Extent.ONE, Padding.VALID), LINEAR, BIAS));
    cases.add(
        "depthwise-dilated",
        depthwise(2, dilated(2, 2, new Extent(3, 2), Padding.VALID), LINEAR, BIAS));
    cases.add(
        "depthwise-dilated-same", depthwise(1, dilated(3, 3, two, Padding.SAME), LINEAR, BIAS));
    cases.add(
        "depthwise-relu6-without-bias",
        depthwise(1, Window.valid(3), activation(ActivationFunction.RELU6), NONE));
    cases.add("separable", separable(1, Window.valid(3), LINEAR, BIAS));
    cases.add("separable-strides-same", separable(2, moved(3, 3, two, Padding.SAME), LINEAR, BIAS));
    cases.add("separable-dilated", separable(1, dilated(2, 2, two, Padding.VALID), LINEAR, BIAS));
    cases.add("separable-tanh-without-bias", separable(1, Window.valid(3), TANH, NONE));
  }

  private void poolings() {
    Window same = moved(3, 3, Extent.square(2), Padding.SAME);
    cases.add("max-pooling", MaxPooling2D.of(2));
    cases.add("max-pooling-same", new MaxPooling2D(same));
    cases.add(
        "max-pooling-overlapping", new MaxPooling2D(moved(2, 3, new Extent(1, 2), Padding.VALID)));
    cases.add("average-pooling", AveragePooling2D.of(2));
    cases.add("average-pooling-same", new AveragePooling2D(same));
    cases.add(
        "average-pooling-overlapping",
        new AveragePooling2D(moved(2, 3, new Extent(2, 1), Padding.SAME)));
    cases.add("global-max", new GlobalMaxPooling2D(false));
    cases.add("global-max-keepdims", new GlobalMaxPooling2D(true));
    cases.add("global-average", new GlobalAveragePooling2D(false));
    cases.add("global-average-keepdims", new GlobalAveragePooling2D(true));
  }

  private void shapings() {
    cases.add("zero-padding", new ZeroPadding2D(new Margins(1, 2, 0, 3)));
    cases.add("cropping", new Cropping2D(new Margins(1, 2, 0, 3)));
    cases.add("flatten", new Flatten());
    cases.add("permute", new Permute(List.of(3, 1, 2)));
    cases.add("reshape", new Reshape(List.of(3, 8)), shape(6, 4));
    cases.add("reshape-rest", new Reshape(List.of(2, -1, 3)));
    cases.add("expand-dims-1", new ExpandDims(1), shape(6, 4));
    cases.add("expand-dims-last", new ExpandDims(-1), shape(6, 4));
    cases.add("squeeze", new Squeeze(List.of(1, -1)), shape(1, 5, 1));
  }

  private void dense() {
    cases.add("dense", Dense.of(5, LINEAR), VECTOR);
    cases.add("dense-without-bias", new Dense(5, LINEAR, ParameterSettings.KERNEL, NONE), VECTOR);
    cases.add("dense-tanh", Dense.of(5, TANH), shape(3, 6));
    cases.add("dense-softmax", Dense.of(5, activation(ActivationFunction.SOFTMAX)), shape(3, 6));
    cases.add("dense-glu", Dense.of(4, activation(ActivationFunction.GLU)));
  }

  private void withoutEffect() {
    cases.add("identity", new Identity());
    cases.add("dropout", new Dropout(0.3));
    cases.add("spatial-dropout", new SpatialDropout2D(0.3));
    cases.add("noise", new GaussianNoise(0.3));
    cases.add("augmentation", new RandomAugmentation("RandomFlip", "{}"));
  }
}
