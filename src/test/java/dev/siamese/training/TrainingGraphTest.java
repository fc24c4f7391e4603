package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.model.ContrastiveLoss;
import dev.siamese.model.Gradients;
import dev.siamese.model.GraphValues;
import dev.siamese.model.Networks;
import dev.siamese.model.RandomImages;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.framework.activations.ReLU;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * The fast training graph computes what the network's layers say, one after the other: whole
 * images, a call of the twin for each image of a pair, bias and ReLU before pooling, one tower.
 */
class TrainingGraphTest {
  private static final int PAIRS = 32;
  private static final SiameseNetwork REFERENCE = NamedNetwork.REFERENCE.network();

  private final LabeledImages images = RandomImages.of(20, 8);
  private final Weights weights = Networks.weights(REFERENCE.network(), new SplittableRandom(9));
  private final int[] batch =
      new ShuffledPairs(
              Pairs.draw(images, new SplittableRandom(10)), PAIRS, new SplittableRandom(11))
          .batch(0);

  @Test
  void theFastGraphIsExact() {
    float[] distances = new float[PAIRS];
    Weights gradients = plain(distances);
    try (TrainingSession session =
        Sessions.open(
            REFERENCE.withDropout(0),
            weights,
            images,
            Sessions.settings(64, 1, 0),
            SessionSettings.defaults())) {
      Gradients.assertClose(gradients, session.gradients(batch), 1e-5f, "fast");
      float[] fast = session.step(batch).told();
      for (int pair = 0; pair < PAIRS; pair++) {
        assertEquals(distances[pair], fast[pair], 1e-6f);
      }
    }
  }

  /** The distances of the batch and the gradients of its mean loss, by the plain graph. */
  private Weights plain(float[] distances) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      List<Operand<TFloat32>> values = GraphValues.constants(tf, weights);
      Operand<TFloat32> distance = euclidean(tf, twin(tf, values, 0), twin(tf, values, 1));
      float[] labels = new float[PAIRS];
      for (int pair = 0; pair < PAIRS; pair++) {
        labels[pair] = batch[2 * PAIRS + pair];
      }
      Operand<TFloat32> loss =
          tf.math.mean(
              ContrastiveLoss.of(
                  tf, tf.constant(Shape.of(PAIRS, 1), DataBuffers.of(labels)), distance, 1),
              tf.constant(new int[] {0, 1}));
      try (Session session = new Session(graph, SessionSettings.defaults().config())) {
        Session.Runner runner = session.runner().fetch(distance);
        GraphValues.gradients(graph, loss, values).forEach(runner::fetch);
        try (Result result = runner.run()) {
          System.arraycopy(GraphValues.floats(result, 0), 0, distances, 0, PAIRS);
          return GraphValues.weights(result, 1, weights.parameters());
        }
      }
    }
  }

  /** Of embeddings that are not equal. */
  private static Operand<TFloat32> euclidean(
      Ops tf, Operand<TFloat32> first, Operand<TFloat32> second) {
    return tf.math.sqrt(
        tf.reduceSum(
            tf.math.squaredDifference(first, second),
            tf.constant(new int[] {1}),
            ReduceSum.keepDims(true)));
  }

  /** The embeddings of the first or the second images. */
  private Operand<TFloat32> twin(Ops tf, List<Operand<TFloat32>> values, int which) {
    float[] pixels = new float[PAIRS * 28 * 28];
    for (int i = 0; i < pixels.length; i++) {
      int image = batch[which * PAIRS + i / (28 * 28)];
      pixels[i] = images.pixel(image, i / 28 % 28, i % 28) / 255f;
    }
    Operand<TFloat32> x = tf.constant(Shape.of(PAIRS, 28, 28, 1), DataBuffers.of(pixels));
    for (int layer = 0; layer < 3; layer++) {
      x = tf.nn.conv2d(x, values.get(2 * layer), List.of(1L, 1L, 1L, 1L), "VALID");
      x = new ReLU().call(tf, tf.nn.biasAdd(x, values.get(2 * layer + 1)));
      int[] window = {1, 2, 2, 1};
      x = tf.nn.maxPool(x, tf.constant(window), tf.constant(window), "VALID");
    }
    Operand<TFloat32> averages = tf.math.mean(x, tf.constant(new int[] {1, 2}));
    return tf.nn.biasAdd(tf.linalg.matMul(averages, values.get(6)), values.get(7));
  }
}
