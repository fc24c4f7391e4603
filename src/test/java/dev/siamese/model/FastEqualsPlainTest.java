package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.RelativeError;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.ValueRange;
import dev.siamese.model.EmbeddingWays.Found;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.network.Activation;
import dev.siamese.network.AveragePooling2D;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.GlobalAveragePooling2D;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import dev.siamese.network.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The fast graph of any network computes what its layers say, one after the other.
 *
 * <p>Where two values that are pooled are all but the same, rounding decides which one has the
 * gradient. Gradients of one network are therefore compared with other images before they count as
 * wrong; embeddings must always be right.
 */
class FastEqualsPlainTest {
  private static final int IMAGES = 4;
  private static final int ATTEMPTS = 3;

  static LongStream seeds() {
    return LongStream.range(0, RandomNetworks.SEEDS);
  }

  static LongStream trainingSeeds() {
    return LongStream.range(0, 80);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void atInference(long seed) {
    atInference(RandomNetworks.twin(seed), seed);
  }

  /** Without a kink at which rounding would decide where a gradient goes. */
  @Test
  void inTiles() {
    Network twin =
        NetworkBuilder.chain(
            "twin",
            TensorShape.of(40, 40, 3),
            Conv2D.of(64, Window.valid(3), Activation.TANH),
            Conv2D.of(128, Window.valid(7), Activation.TANH),
            new AveragePooling2D(Window.pooling(2)),
            Conv2D.of(128, Window.same(4), Activation.TANH),
            Conv2D.of(192, Window.same(3), Activation.TANH),
            new GlobalAveragePooling2D(false),
            Dense.of(8, Activation.LINEAR));
    assertEquals(Set.of(2, 4, 5), Plan.of(twin).tiled());
    atInference(twin, 1);
  }

  private static void atInference(Network twin, long seed) {
    TensorShape image = twin.inputShapes().get(0);
    int values = IMAGES * twin.outputShapes().get(0).count();
    Plan plan = Plan.of(twin.inlined());
    try (EmbeddingWays ways = ways(twin, seed)) {
      Ops tf = ways.tf();
      Placeholder<TFloat32> scaled =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.of(IMAGES, image)));
      Placeholder<TUint8> pixels = pixels(tf, plan.pixels());
      FastNetwork<?> fast = fast(ways, plan, Precision.FLOAT32, Optional.empty());
      ways.add(plain(ways, twin).outputs(List.of(scaled)).get(0), values);
      ways.add(fast.embed(pixels), values);
      ways.add(tf.concat(fast.embedPairs(pixels), tf.constant(0)), values);
      check(
          attempt -> {
            LabeledImages images = RandomImages.of(IMAGES, Images.shape(image), attempt);
            List<Found> found = new ArrayList<>();
            try (TUint8 bytes = plan.pixels().tensorOf(images);
                TFloat32 floats =
                    TFloat32.tensorOf(
                        Shapes.of(IMAGES, image), DataBuffers.of(RandomImages.scaled(images)))) {
              ways.run(Map.of(pixels, bytes, scaled, floats), List.of(), found);
            }
            assertTrue(largest(found.get(0).embeddings()) > 0);
            return found;
          });
    }
  }

  @ParameterizedTest
  @MethodSource("trainingSeeds")
  void whileTraining(long seed) {
    Network twin = RandomNetworks.twin(seed).inlined();
    int values = IMAGES * twin.outputShapes().get(0).count();
    Plan plan = Plan.of(twin);
    ImageShape image = Images.shape(twin.inputShapes().get(0));
    PixelLayout cropped =
        PixelLayout.cropped(image, Images.shape(plan.network().inputShapes().get(0)));
    RandomMasks masks = new RandomMasks(plan, IMAGES, seed);
    try (EmbeddingWays ways = ways(twin, seed)) {
      Ops tf = ways.tf();
      Placeholder<TUint8> croppedPixels = pixels(tf, cropped);
      Placeholder<TUint8> pixels = pixels(tf, plan.pixels());
      StepTraining ofPlain = training(ways, masks.byImage(tf));
      StepTraining ofFast = training(ways, masks.inOrderOfThePlan(tf));
      Operand<TFloat32> scaled =
          tf.math.div(tf.dtypes.cast(croppedPixels, TFloat32.class), tf.constant(255f));
      ways.add(plain(ways, plan.network()).outputs(List.of(scaled), ofPlain).get(0), values);
      FastNetwork<?> fast = fast(ways, plan, Precision.FLOAT32, Optional.of(ofFast));
      ways.add(
          seed % 2 == 0 ? fast.embed(pixels) : tf.concat(fast.embedPairs(pixels), tf.constant(0)),
          values);
      Map<Integer, Operand<TFloat32>> expected = ofPlain.statistics().updated();
      Map<Integer, Operand<TFloat32>> statistics = ofFast.statistics().updated();
      assertEquals(expected.keySet(), statistics.keySet());
      List<Operand<TFloat32>> both = new ArrayList<>(expected.values());
      both.addAll(statistics.values());
      check(
          attempt -> {
            LabeledImages images = RandomImages.of(IMAGES, image, attempt);
            List<Found> found = new ArrayList<>();
            try (TUint8 bytes = plan.pixels().tensorOf(images);
                TUint8 croppedBytes = cropped.tensorOf(images)) {
              List<float[]> updated =
                  ways.run(Map.of(pixels, bytes, croppedPixels, croppedBytes), both, found);
              for (int i = 0; i < expected.size(); i++) {
                assertClose(updated.get(i), updated.get(expected.size() + i), "statistic " + i);
              }
            }
            return found;
          });
    }
  }

  /** Nearly so in bfloat16, which has 8 significant bits, of those that do not magnify rounding. */
  @Test
  void inBfloat16() {
    double[] errors = LongStream.range(0, 40).mapToDouble(FastEqualsPlainTest::rounding).toArray();
    Arrays.sort(errors);
    String text = Arrays.toString(errors);
    assertTrue(errors[20] > 1e-4 && errors[20] < 5e-3 && errors[36] < 2e-2, text);
  }

  private static double rounding(long seed) {
    Network twin = RandomNetworks.twin(seed).inlined();
    Plan plan = Plan.of(twin);
    LabeledImages images = RandomImages.of(IMAGES, Images.shape(twin.inputShapes().get(0)), seed);
    try (EmbeddingWays ways = ways(twin, seed);
        TUint8 bytes = plan.pixels().tensorOf(images)) {
      Placeholder<TUint8> pixels = pixels(ways.tf(), plan.pixels());
      for (Precision precision : Precision.values()) {
        ways.add(
            fast(ways, plan, precision, Optional.empty()).embed(pixels),
            IMAGES * twin.outputShapes().get(0).count());
      }
      List<Found> found = new ArrayList<>();
      ways.run(Map.of(pixels, bytes), List.of(), found);
      assertTrue(found.get(1).gradients().isFinite());
      return RelativeError.of(found.get(0).embeddings(), found.get(1).embeddings());
    }
  }

  private static EmbeddingWays ways(Network twin, long seed) {
    Weights weights = Networks.weights(twin, new SplittableRandom(~seed));
    return new EmbeddingWays(weights, seed);
  }

  private static Placeholder<TUint8> pixels(Ops tf, PixelLayout layout) {
    return tf.placeholder(TUint8.class, Placeholder.shape(layout.shape(IMAGES)));
  }

  private static NetworkGraph plain(EmbeddingWays ways, Network twin) {
    return new NetworkGraph(ways.tf(), twin, ways.parameters());
  }

  private static FastNetwork<?> fast(
      EmbeddingWays ways, Plan plan, Precision precision, Optional<StepTraining> training) {
    return FastNetwork.create(
        ways.tf(), plan, ValueRange.ZERO_TO_ONE, ways.parameters(), precision, training);
  }

  private static StepTraining training(EmbeddingWays ways, Map<Integer, DropoutInputs.Mask> masks) {
    return new StepTraining(
        ways.tf(),
        masks,
        new StepTraining.NoiseSeed(1, ways.tf().constant(2L)),
        new MovingStatistics(ways.parameters()),
        IntStream.range(0, ways.parameters().size()).boxed().toList(),
        new ArrayList<>());
  }

  /** Runs all ways on the images of an attempt. */
  private interface Attempt {
    List<Found> run(int attempt);
  }

  private static void check(Attempt ways) {
    AssertionError failure = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<Found> found = ways.run(attempt);
      Found expected = found.get(0);
      for (int way = 1; way < found.size(); way++) {
        assertClose(expected.embeddings(), found.get(way).embeddings(), "way " + way);
      }
      try {
        for (int way = 1; way < found.size(); way++) {
          Gradients.assertClose(
              expected.gradients(), found.get(way).gradients(), 1e-4f, "way " + way);
        }
        return;
      } catch (AssertionError e) {
        failure = e;
      }
    }
    throw failure;
  }

  /** Checks values to 1e-5 of the largest. */
  private static void assertClose(float[] expected, float[] found, String name) {
    float largest = largest(expected);
    assertTrue(Float.isFinite(largest), name + ": a largest value of " + largest);
    assertEquals(expected.length, found.length, name);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], 1e-5f * largest, name + " " + i);
    }
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
