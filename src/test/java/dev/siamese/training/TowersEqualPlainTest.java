package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.model.Gradients;
import dev.siamese.model.Images;
import dev.siamese.model.NetworkGraph;
import dev.siamese.model.Networks;
import dev.siamese.model.PairLoss;
import dev.siamese.model.RandomImages;
import dev.siamese.model.RandomNetworks;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A training step of any siamese network, in however many towers, does what the network's layers
 * say: the whole network over the whole batch, the twin called for the first images and then for
 * the second ones.
 */
class TowersEqualPlainTest {
  private static final int IMAGES = 12;
  private static final int PAIRS = 24;
  private static final double MARGIN = 1;
  private static final int ATTEMPTS = 10;

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  private static boolean needsWholeBatch(long seed) {
    return Tower.Design.of(
            RandomNetworks.siamese(seed),
            ValueRange.ZERO_TO_ONE,
            Sessions.settings(PAIRS, MARGIN, 0),
            Sessions.threads(1))
        .needsWholeBatch();
  }

  @Test
  void theNetworksAreOfBothKinds() {
    long whole = seeds().filter(TowersEqualPlainTest::needsWholeBatch).count();
    assertTrue(whole >= 6 && whole <= 24, () -> whole + " need the whole batch");
    Map<Object, Integer> outputs = new TreeMap<>();
    seeds().forEach(seed -> outputs.merge(RandomNetworks.siamese(seed).output(), 1, Integer::sum));
    assertTrue(
        outputs.size() == 2 && outputs.values().stream().allMatch(n -> n >= 6), outputs::toString);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void inOutputsGradientsAndMovingStatistics(long seed) {
    SiameseNetwork network = RandomNetworks.siamese(seed);
    Weights weights = Networks.weights(network.network(), new SplittableRandom(seed));
    AssertionError failure = null;
    // As in the tests of the fast graph: maxima that are all but the same go either way.
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      LabeledImages images = RandomImages.of(IMAGES, Images.shape(network.image()), attempt);
      int[] batch =
          new ShuffledPairs(
                  Pairs.draw(images, new SplittableRandom(attempt)),
                  PAIRS,
                  new SplittableRandom(attempt))
              .batch(0);
      PlainStep plain = plain(network, weights, images, batch);
      Weights moved = plain(network, moved(weights), images, batch).gradients();
      try {
        for (int threads : new int[] {1, 3}) {
          assertStep(plain, moved, network, weights, images, batch, threads);
        }
        return;
      } catch (AssertionError e) {
        failure = e;
      }
    }
    throw failure;
  }

  /** The weights, each moved by a step of float32 or two. */
  static Weights moved(Weights weights) {
    SplittableRandom random = new SplittableRandom(0);
    float[][] values = new float[weights.parameters().size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights.values(i).clone();
      for (int j = 0; j < values[i].length; j++) {
        values[i][j] *= random.nextBoolean() ? 1 + 1.2e-7f : 1 - 1.2e-7f;
      }
    }
    return new Weights(weights.parameters(), values);
  }

  private static void assertStep(
      PlainStep plain,
      Weights moved,
      SiameseNetwork network,
      Weights weights,
      LabeledImages images,
      int[] batch,
      int threads) {
    try (TrainingSession session =
        Sessions.open(
            network,
            weights,
            images,
            Sessions.settings(PAIRS, MARGIN, 0),
            Sessions.threads(threads))) {
      Gradients.assertClose(
          plain.gradients(), moved, session.gradients(batch), 1e-4f, threads + " threads");
      float[] outputs = session.step(batch).told();
      float largest = 0;
      for (float output : plain.told()) {
        largest = Math.max(largest, output);
      }
      // A cosine distance is the difference of values of 1.
      assertArrayEquals(plain.told(), outputs, 1e-5f * largest + 1e-6f);
      plain.assertStatistics(session.state(History.empty()).weights());
      assertEquals(
          plain.statistics().keySet().stream().toList(),
          IntStream.range(0, weights.parameters().size())
              .filter(i -> weights.parameters().get(i).name().contains("/moving_"))
              .boxed()
              .toList());
    }
  }

  /** The step by the plain graph of the whole network. */
  private static PlainStep plain(
      SiameseNetwork network, Weights weights, LabeledImages images, int[] batch) {
    try (PlainStep.Parts parts = new PlainStep.Parts(weights, 0)) {
      Ops tf = parts.tf();
      Operand<TFloat32> output =
          new NetworkGraph(tf, network.network(), parts.values())
              .outputs(
                  List.of(side(tf, images, batch, 0), side(tf, images, batch, 1)), parts.training())
              .get(0);
      float[] labels = new float[PAIRS];
      for (int pair = 0; pair < PAIRS; pair++) {
        labels[pair] = batch[2 * PAIRS + pair];
      }
      Operand<TFloat32> losses =
          new PairLoss(network.output(), MARGIN)
              .of(tf, tf.constant(Shape.of(PAIRS, 1), DataBuffers.of(labels)), output);
      return parts.run(output, tf.math.mean(losses, tf.constant(new int[] {0, 1})));
    }
  }

  private static Operand<TFloat32> side(Ops tf, LabeledImages images, int[] batch, int side) {
    float[] all = RandomImages.scaled(images);
    int size = images.shape().pixels();
    float[] pixels = new float[PAIRS * size];
    for (int pair = 0; pair < PAIRS; pair++) {
      System.arraycopy(all, batch[side * PAIRS + pair] * size, pixels, pair * size, size);
    }
    Shape shape = Shape.of(PAIRS, images.height(), images.width(), images.shape().channels());
    return tf.constant(shape, DataBuffers.of(pixels));
  }
}
