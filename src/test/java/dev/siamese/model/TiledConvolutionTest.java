package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.network.Activation;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Extent;
import dev.siamese.network.Padding;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Window;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class TiledConvolutionTest {
  private static final int IMAGES = 3;
  private static final TensorShape LARGE = TensorShape.of(16, 16, 256);

  private final SplittableRandom random = new SplittableRandom(1);

  /** The convolution and the gradients of maps and kernel are TensorFlow's, to rounding. */
  @ParameterizedTest
  @CsvSource({
    "3, VALID, 14, 14, 128, 192",
    "3, SAME, 15, 11, 192, 192",
    "4, VALID, 15, 18, 128, 192",
    "4, SAME, 11, 12, 128, 128",
    "5, VALID, 20, 16, 256, 256",
    "6, VALID, 21, 17, 64, 128",
    "7, VALID, 18, 25, 64, 128",
    "7, SAME, 16, 15, 96, 96",
    "8, VALID, 19, 16, 64, 128",
  })
  void isAConvolution(int size, Padding padding, int rows, int columns, int channels, int filters) {
    TensorShape shape = TensorShape.of(rows, columns, channels);
    Window window = padding == Padding.SAME ? Window.same(size) : Window.valid(size);
    TiledConvolution tiled = TiledConvolution.of(layer(filters, window), shape).orElseThrow();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> maps = random(tf, IMAGES, rows, columns, channels);
      Operand<TFloat32> kernel = random(tf, size, size, channels, filters);
      Operand<TFloat32> expected =
          tf.nn.conv2d(maps, kernel, List.of(1L, 1L, 1L, 1L), padding.name());
      Operand<TFloat32> found = tiled.convolve(new Arithmetic<>(tf, TFloat32.class), maps, kernel);
      long[] outputs = expected.shape().asArray();
      Operand<TFloat32> factors = random(tf, outputs);
      try (Session session = new Session(graph, SessionSettings.defaults().config())) {
        Session.Runner runner = session.runner().fetch(expected).fetch(found);
        for (Operand<TFloat32> convolved : List.of(expected, found)) {
          Output<?>[] gradients =
              graph.addGradients(
                  tf.reduceSum(tf.math.mul(convolved, factors), tf.constant(new int[] {0, 1, 2, 3}))
                      .asOutput(),
                  new Output<?>[] {maps.asOutput(), kernel.asOutput()});
          runner.fetch(gradients[0]).fetch(gradients[1]);
        }
        try (Result result = runner.run()) {
          assertArrayEquals(outputs, result.get(1).shape().asArray());
          assertClose(result, 0, 1);
          assertClose(result, 2, 4);
          assertClose(result, 3, 5);
        }
      }
    }
  }

  private static Conv2D layer(int filters, Window window) {
    return Conv2D.of(filters, window, Activation.LINEAR);
  }

  private Operand<TFloat32> random(Ops tf, long... sizes) {
    Shape shape = Shape.of(sizes);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return tf.constant(shape, DataBuffers.of(values));
  }

  private static void assertClose(Result result, int expected, int found) {
    float[] exact = values(result, expected);
    float largest = 0;
    for (float value : exact) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertArrayEquals(exact, values(result, found), 4e-5f * largest);
  }

  private static float[] values(Result result, int position) {
    TFloat32 tensor = (TFloat32) result.get(position);
    float[] values = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  @Test
  void whatItDoesNotComputeIsLeftToTensorFlow() {
    assertTrue(isTiled(layer(256, Window.valid(3)), LARGE));
    assertFalse(isTiled(layer(256, Window.valid(2)), LARGE));
    assertFalse(isTiled(layer(256, Window.valid(9)), LARGE));
    assertFalse(isTiled(layer(256, window(new Extent(3, 4), Extent.ONE, Extent.ONE)), LARGE));
    Extent two = Extent.square(2);
    assertFalse(isTiled(layer(256, window(Extent.square(3), two, Extent.ONE)), LARGE));
    assertFalse(isTiled(layer(256, window(Extent.square(3), Extent.ONE, two)), LARGE));
    Conv2D whole = layer(256, Window.valid(3));
    Conv2D parted =
        new Conv2D(256, whole.window(), 2, whole.activation(), whole.kernel(), whole.bias());
    assertFalse(isTiled(parted, LARGE));
  }

  /** Transforming costs more than it saves where few channels are multiplied. */
  @Test
  void fewChannelsAreLeftToTensorFlow() {
    assertFalse(isTiled(layer(64, Window.valid(3)), TensorShape.of(30, 30, 64)));
    assertFalse(isTiled(layer(64, Window.valid(7)), TensorShape.of(48, 48, 1)));
    assertFalse(isTiled(layer(1, Window.valid(7)), TensorShape.of(48, 48, 64)));
    // Of the two outputs along an axis, a tile has room for twice as many.
    assertFalse(isTiled(layer(256, Window.valid(3)), TensorShape.of(3, 3, 256)));
    // A kernel that few positions share.
    assertFalse(isTiled(layer(512, Window.same(3)), TensorShape.of(4, 4, 512)));
  }

  /** 75 MB of transformed maps and outputs for each image. */
  @Test
  void largeMapsAreLeftToTensorFlow() {
    assertTrue(isTiled(layer(128, Window.same(3)), TensorShape.of(112, 112, 128)));
    assertFalse(isTiled(layer(128, Window.same(3)), TensorShape.of(180, 180, 128)));
  }

  private static Window window(Extent size, Extent strides, Extent dilation) {
    return new Window(size, strides, Padding.VALID, dilation);
  }

  private static boolean isTiled(Conv2D layer, TensorShape maps) {
    return TiledConvolution.of(layer, maps).isPresent();
  }
}
