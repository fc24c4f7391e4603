package dev.siamese.model;

import dev.siamese.model.Standardization.Scaling;
import dev.siamese.network.Activation;
import dev.siamese.network.ActivationLayer;
import dev.siamese.network.Conv2D;
import dev.siamese.network.DepthwiseConv2D;
import dev.siamese.network.Layer;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.SeparableConv2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Convolutions of which every channel that they take or give is multiplied by a factor and has a
 * summand added: the kernel and the bias do both at no cost.
 */
final class ScaledKernels {
  private final Ops tf;

  ScaledKernels(Ops tf) {
    this.tf = tf;
  }

  /**
   * A layer that does the same as another one and a scaling.
   *
   * @param layer has a bias
   * @param parameters of it
   */
  record Scaled(Layer layer, List<Operand<TFloat32>> parameters) {}

  /** Whether what a layer gives can be scaled by its kernel. */
  static boolean canScaleOutput(Layer layer) {
    return (layer instanceof Conv2D
            || layer instanceof DepthwiseConv2D
            || layer instanceof SeparableConv2D)
        && activation(layer).equals(Activation.LINEAR);
  }

  private static ActivationLayer activation(Layer layer) {
    if (layer instanceof Conv2D convolution) {
      return convolution.activation();
    }
    if (layer instanceof DepthwiseConv2D convolution) {
      return convolution.activation();
    }
    return ((SeparableConv2D) layer).activation();
  }

  /**
   * A layer whose outputs are scaled.
   *
   * @param layer one that {@link #canScaleOutput} accepts
   * @param parameters of it
   * @param scaling of (channels)
   */
  Scaled output(Layer layer, List<Operand<TFloat32>> parameters, Scaling<TFloat32> scaling) {
    List<Operand<TFloat32>> scaled = new ArrayList<>(parameters);
    int kernel = layer instanceof SeparableConv2D ? 1 : 0; // The last one is pointwise.
    Operand<TFloat32> factor = scaling.factor();
    if (layer instanceof DepthwiseConv2D depthwise) {
      factor = tf.reshape(factor, tf.constant(new int[] {-1, depthwise.depthMultiplier()}));
    }
    scaled.set(kernel, tf.math.mul(parameters.get(kernel), factor));
    if (parameters.size() == kernel + 1) {
      scaled.add(scaling.summand());
    } else {
      scaled.set(
          kernel + 1,
          tf.math.add(
              tf.math.mul(parameters.get(kernel + 1), scaling.factor()), scaling.summand()));
    }
    return new Scaled(withBias(layer), scaled);
  }

  /**
   * A convolution of what is scaled before, within its borders.
   *
   * @param layer without groups, which does not look beyond borders
   * @param parameters of it
   * @param scaling of (channels)
   */
  Scaled input(Conv2D layer, List<Operand<TFloat32>> parameters, Scaling<TFloat32> scaling) {
    Operand<TFloat32> kernel = parameters.get(0);
    Operand<TInt32> byInput = tf.constant(new int[] {-1, 1});
    Operand<TFloat32> bias =
        tf.reduceSum(
            tf.math.mul(kernel, tf.reshape(scaling.summand(), byInput)),
            tf.constant(new int[] {0, 1, 2}));
    if (parameters.size() > 1) {
      bias = tf.math.add(bias, parameters.get(1));
    }
    return new Scaled(
        withBias(layer), List.of(tf.math.mul(kernel, tf.reshape(scaling.factor(), byInput)), bias));
  }

  private static Layer withBias(Layer layer) {
    Optional<ParameterSettings> bias = Optional.of(ParameterSettings.BIAS);
    if (layer instanceof Conv2D c) {
      return new Conv2D(c.filters(), c.window(), c.groups(), c.activation(), c.kernel(), bias);
    }
    if (layer instanceof DepthwiseConv2D c) {
      return new DepthwiseConv2D(c.depthMultiplier(), c.window(), c.activation(), c.kernel(), bias);
    }
    SeparableConv2D c = (SeparableConv2D) layer;
    return new SeparableConv2D(
        c.filters(),
        c.depthMultiplier(),
        c.window(),
        c.activation(),
        c.depthwise(),
        c.pointwise(),
        bias);
  }
}
