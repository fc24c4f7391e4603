package dev.siamese.model;

import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.DepthwiseConv2D;
import dev.siamese.network.Extent;
import dev.siamese.network.SeparableConv2D;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** The layers that multiply by a kernel, and their parts. */
final class Convolutions<T extends TNumber> {
  private static final Window POINT = Window.valid(1);

  private final Arithmetic<T> a;
  private final Ops tf;
  private final Activations<T> activations;
  private final boolean tiled;

  /**
   * Formulas.
   *
   * @param tiled whether convolutions are computed in tiles where that is less work
   */
  Convolutions(Arithmetic<T> arithmetic, Activations<T> activations, boolean tiled) {
    this.tiled = tiled;
    this.a = arithmetic;
    this.tf = arithmetic.tf();
    this.activations = activations;
  }

  void enter(FormulaTable<T> table) {
    table.add(Conv2D.class, this::conv2D);
    table.add(DepthwiseConv2D.class, this::depthwiseConv2D);
    table.add(SeparableConv2D.class, this::separableConv2D);
    table.add(Dense.class, this::dense);
  }

  private Operand<T> conv2D(LayerUse<Conv2D, T> use) {
    Conv2D layer = use.layer();
    Operand<T> maps = convolve(layer, use.shape(), use.input(), use.parameter(0));
    if (use.parameters().size() > 1) {
      maps = bias(maps, use.parameter(1));
    }
    return activations.activate(layer.activation(), 3, maps);
  }

  private Operand<T> depthwiseConv2D(LayerUse<DepthwiseConv2D, T> use) {
    DepthwiseConv2D layer = use.layer();
    Operand<T> maps =
        convolveDepthwise(
            layer.window(), layer.depthMultiplier(), use.shape(), use.input(), use.parameter(0));
    if (use.parameters().size() > 1) {
      maps = bias(maps, use.parameter(1));
    }
    return activations.activate(layer.activation(), 3, maps);
  }

  private Operand<T> separableConv2D(LayerUse<SeparableConv2D, T> use) {
    SeparableConv2D layer = use.layer();
    Operand<T> between =
        convolveDepthwise(
            layer.window(), layer.depthMultiplier(), use.shape(), use.input(), use.parameter(0));
    Operand<T> maps = convolve(POINT, between, use.parameter(1));
    if (use.parameters().size() > 2) {
      maps = bias(maps, use.parameter(2));
    }
    return activations.activate(layer.activation(), 3, maps);
  }

  private Operand<T> dense(LayerUse<Dense, T> use) {
    Dense layer = use.layer();
    int axes = use.shape().rank();
    Operand<T> rows = use.input();
    if (axes > 1) {
      rows = tf.reshape(rows, a.integers(-1, use.shape().size(-1)));
    }
    Operand<T> products = tf.linalg.matMul(rows, use.parameter(0));
    if (layer.bias().isPresent()) {
      products = bias(products, use.parameter(1));
    }
    if (axes > 1) {
      products = a.reshape(products, use.shape().with(-1, layer.units()).sizes());
    }
    return activations.activate(layer.activation(), axes, products);
  }

  /**
   * A convolution without its bias and activation.
   *
   * @param shape of the maps
   * @param maps (n, rows, columns, channels)
   * @param kernel (rows, columns, channels / groups, filters)
   */
  Operand<T> convolve(Conv2D layer, TensorShape shape, Operand<T> maps, Operand<T> kernel) {
    Optional<TiledConvolution> tiles = tiled ? TiledConvolution.of(layer, shape) : Optional.empty();
    if (tiles.isPresent()) {
      return tiles.get().convolve(a, maps, kernel);
    }
    int groups = layer.groups();
    int channels = shape.size(2) / groups;
    Operand<T> dilated = dilate(layer.window(), kernel, channels, layer.filters());
    if (groups == 1) {
      return convolve(layer.window(), maps, dilated);
    }
    // TensorFlow has no gradient of a convolution in groups, and on processors no convolution.
    Operand<TInt32> axis = tf.constant(3);
    List<? extends Operand<T>> parts = tf.split(axis, maps, (long) groups).output();
    List<? extends Operand<T>> kernels = tf.split(axis, dilated, (long) groups).output();
    List<Operand<T>> outputs = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      outputs.add(convolve(layer.window(), parts.get(group), kernels.get(group)));
    }
    return tf.concat(outputs, axis);
  }

  private Operand<T> convolve(Window window, Operand<T> maps, Operand<T> dilatedKernel) {
    return tf.nn.conv2d(maps, dilatedKernel, sizes(window.strides()), window.padding().name());
  }

  /**
   * A convolution of each channel by itself, without its bias and activation.
   *
   * @param shape of the maps
   * @param maps (n, rows, columns, channels)
   * @param kernel (rows, columns, channels, depth multiplier)
   */
  Operand<T> convolveDepthwise(
      Window window, int depthMultiplier, TensorShape shape, Operand<T> maps, Operand<T> kernel) {
    Operand<T> dilated = dilate(window, kernel, shape.size(2), depthMultiplier);
    return tf.nn.depthwiseConv2dNative(
        maps, dilated, sizes(window.strides()), window.padding().name());
  }

  /** Sizes along the axes of maps (n, rows, columns, channels). */
  static List<Long> sizes(Extent extent) {
    return List.of(1L, (long) extent.rows(), (long) extent.columns(), 1L);
  }

  /**
   * A kernel with zeros where a dilation leaves out. TensorFlow's own dilation has a wrong
   * gradient.
   */
  private Operand<T> dilate(Window window, Operand<T> kernel, int in, int out) {
    Extent dilation = window.dilation();
    if (dilation.equals(Extent.ONE)) {
      return kernel;
    }
    Extent size = window.size();
    Extent span = window.span();
    Operand<T> apart = tf.reshape(kernel, a.integers(size.rows(), 1, size.columns(), 1, in * out));
    int[][] zeros = {{0, 0}, {0, dilation.rows() - 1}, {0, 0}, {0, dilation.columns() - 1}, {0, 0}};
    Operand<T> padded = tf.pad(apart, tf.constant(zeros), a.number(0));
    Operand<T> joined =
        tf.reshape(
            padded,
            a.integers(
                size.rows() * dilation.rows(), size.columns() * dilation.columns(), in, out));
    return tf.slice(
        joined, a.integers(0, 0, 0, 0), a.integers(span.rows(), span.columns(), in, out));
  }

  /**
   * Adds a bias.
   *
   * @param x (n, …, channels)
   * @param bias (channels)
   */
  Operand<T> bias(Operand<T> x, Operand<T> bias) {
    return tf.nn.biasAdd(x, bias);
  }
}
