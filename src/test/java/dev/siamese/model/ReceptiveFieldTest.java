package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.ImageShape;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.network.Activation;
import dev.siamese.network.ActivationFunction;
import dev.siamese.network.AveragePooling2D;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Concatenate;
import dev.siamese.network.Conv2D;
import dev.siamese.network.DepthwiseConv2D;
import dev.siamese.network.Dropout;
import dev.siamese.network.Extent;
import dev.siamese.network.Flatten;
import dev.siamese.network.Layer;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.Padding;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.Rescaling;
import dev.siamese.network.Softmax;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Window;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class ReceptiveFieldTest {
  private static final TensorShape IMAGE = TensorShape.of(28, 30, 3);

  private static TensorShape seen(Layer... layers) {
    return seen(NetworkBuilder.chain("twin", IMAGE, layers));
  }

  private static TensorShape seen(Network twin) {
    return ReceptiveField.cropped(twin).inputShapes().get(0);
  }

  @Test
  void ofTheNamedNetworksIsWhatTheirWindowsReach() {
    assertEquals(TensorShape.of(23, 23, 1), seen(NamedNetwork.REFERENCE.network().twin()));
    // Begins with a normalization, whose statistics run over whole images.
    assertEquals(TensorShape.of(28, 28, 1), seen(NamedNetwork.KERAS_IO.network().twin()));
    assertEquals(TensorShape.of(105, 105, 1), seen(NamedNetwork.KOCH.network().twin()));
  }

  /** By hand: the last position is the number of positions − 1 times the stride. */
  @Test
  void growsByStridesAndSpans() {
    Window window = new Window(new Extent(3, 2), new Extent(4, 3), Padding.VALID, Extent.ONE);
    // Rows (28 − 3) / 4 + 1 = 7, so 6 · 4 + 3 = 27; columns (30 − 2) / 3 + 1 = 10, so 9 · 3 + 2.
    assertEquals(TensorShape.of(27, 29, 3), seen(Conv2D.of(2, window, Activation.RELU)));
    assertEquals(TensorShape.of(27, 29, 3), seen(new MaxPooling2D(window), new Flatten()));
    assertEquals(TensorShape.of(27, 29, 3), seen(new AveragePooling2D(window)));
    // 7 × 10 pooled by 2 are 3 × 5, of 6 × 10: rows 5 · 4 + 3.
    assertEquals(
        TensorShape.of(23, 29, 3),
        seen(
            Rescaling.of(2, 0),
            Conv2D.of(2, window, Activation.RELU),
            Activation.TANH,
            new Dropout(0.5),
            MaxPooling2D.of(2)));
    // A window of 2 that spans 4: 28 − 3 = 25 rows, 12 · 2 of them pooled, so 27.
    Window dilated = new Window(Extent.square(2), Extent.ONE, Padding.VALID, Extent.square(3));
    assertEquals(
        TensorShape.of(27, 29, 3),
        seen(
            new DepthwiseConv2D(
                1, dilated, Activation.RELU, ParameterSettings.KERNEL, Optional.empty()),
            MaxPooling2D.of(2)));
  }

  @Test
  void isAllWhereALayerSeesAllOrIsNotTheOnlyOne() {
    assertEquals(IMAGE, seen(new Flatten()));
    assertEquals(IMAGE, seen(Conv2D.of(2, Window.same(3), Activation.RELU), MaxPooling2D.of(3)));
    // Statistics and shares over whole maps.
    assertEquals(
        TensorShape.of(28, 30, 3), seen(BatchNormalization.standard(), MaxPooling2D.of(8)));
    assertEquals(TensorShape.of(28, 30, 3), seen(new Softmax(List.of(1)), MaxPooling2D.of(8)));

    NetworkBuilder builder = new NetworkBuilder("twin");
    int image = builder.input("images", IMAGE);
    int pooled = builder.add(new Flatten(), builder.add(MaxPooling2D.of(8), image));
    int all = builder.add(new Flatten(), image);
    Network both = builder.build(builder.add(new Concatenate(-1), pooled, all));
    assertEquals(IMAGE, seen(both));
  }

  /** A convolution may have an activation over more than the channels of each place. */
  @Test
  void isAllWhereTheActivationOfAWindowSeesAll() {
    Conv2D convolution = Conv2D.of(2, Window.valid(2), new Softmax(List.of(1, 2)));
    assertEquals(IMAGE, seen(convolution, MaxPooling2D.of(8)));
    Conv2D ofChannels = Conv2D.of(2, Window.valid(2), new Activation(ActivationFunction.SOFTMAX));
    assertEquals(TensorShape.of(25, 25, 3), seen(ofChannels, MaxPooling2D.of(8)));
  }

  static LongStream seeds() {
    return LongStream.range(0, RandomNetworks.SEEDS)
        .filter(seed -> leavesSomethingOut(RandomNetworks.twin(seed).inlined()));
  }

  private static boolean leavesSomethingOut(Network twin) {
    return !seen(twin).equals(twin.inputShapes().get(0));
  }

  @Test
  void leavesSomethingOutOfManyRandomNetworks() {
    assertTrue(seeds().count() >= 50, () -> "of " + seeds().count());
  }

  /** Two images that differ outside of it alone have the same embedding, to the last bit. */
  @ParameterizedTest
  @MethodSource("seeds")
  void nothingOutsideOfItMatters(long seed) {
    Network twin = RandomNetworks.twin(seed).inlined();
    TensorShape image = twin.inputShapes().get(0);
    TensorShape seen = seen(twin);
    ImageShape shape = Images.shape(image);
    float[] first = RandomImages.scaled(RandomImages.of(1, shape, 1));
    float[] second = RandomImages.scaled(RandomImages.of(1, shape, 2));
    int channels = image.size(2);
    for (int row = 0; row < seen.size(0); row++) {
      int from = row * image.size(1) * channels;
      System.arraycopy(first, from, second, from, seen.size(1) * channels);
    }
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> images =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.of(1, image)));
      Operand<TFloat32> embedding =
          new NetworkGraph(
                  tf,
                  twin,
                  GraphValues.constants(tf, Networks.weights(twin, new SplittableRandom(seed))))
              .outputs(List.of(images))
              .get(0);
      try (Session session =
          new Session(graph, new SessionSettings(1, Precision.FLOAT32).config())) {
        assertArrayEquals(
            embed(session, images, embedding, image, first),
            embed(session, images, embedding, image, second));
      }
    }
  }

  private static float[] embed(
      Session session,
      Placeholder<TFloat32> images,
      Operand<TFloat32> embedding,
      TensorShape shape,
      float[] pixels) {
    try (TFloat32 fed = TFloat32.tensorOf(Shapes.of(1, shape), DataBuffers.of(pixels));
        Result result = session.runner().feed(images, fed).fetch(embedding).run()) {
      return GraphValues.floats(result, 0);
    }
  }
}
