package dev.siamese.model;

import dev.siamese.model.Standardization.Scaling;
import dev.siamese.network.Activation;
import dev.siamese.network.Conv2D;
import dev.siamese.network.DepthwiseConv2D;
import dev.siamese.network.Layer;
import dev.siamese.network.SeparableConv2D;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Parameters of convolutions of which every channel that they take or give is multiplied by a
 * factor and has a summand added: the kernel and the bias do both at no cost. There is a bias in
 * them even where the layer has none.
 */
final class ScaledKernels {
  private final Ops tf;

  ScaledKernels(Ops tf) {
    this.tf = tf;
  }

  /** Whether what a layer gives can be scaled by its kernel. */
  static boolean canScaleOutput(Layer layer) {
    return (layer instanceof Conv2D
            || layer instanceof DepthwiseConv2D
            || layer instanceof SeparableConv2D)
        && ReceptiveField.activation(layer).equals(Activation.LINEAR);
  }

  /**
   * The parameters of a layer whose outputs are scaled.
   *
   * @param layer one that {@link #canScaleOutput} accepts
   * @param parameters of it
   * @param scaling of (channels)
   */
  List<Operand<TFloat32>> output(
      Layer layer, List<Operand<TFloat32>> parameters, Scaling<TFloat32> scaling) {
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
    return scaled;
  }

  /**
   * The parameters of a convolution of what is scaled before, without groups and within its
   * borders.
   *
   * @param parameters of the convolution
   * @param scaling of (channels)
   */
  List<Operand<TFloat32>> input(List<Operand<TFloat32>> parameters, Scaling<TFloat32> scaling) {
    Operand<TFloat32> kernel = parameters.get(0);
    Operand<TInt32> byInput = tf.constant(new int[] {-1, 1});
    Operand<TFloat32> bias =
        tf.reduceSum(
            tf.math.mul(kernel, tf.reshape(scaling.summand(), byInput)),
            tf.constant(new int[] {0, 1, 2}));
    if (parameters.size() > 1) {
      bias = tf.math.add(bias, parameters.get(1));
    }
    return List.of(tf.math.mul(kernel, tf.reshape(scaling.factor(), byInput)), bias);
  }
}
