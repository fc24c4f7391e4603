package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.ValueRange;
import dev.siamese.loss.AllTuples;
import dev.siamese.loss.BatchObjective;
import dev.siamese.loss.SupervisedContrastive;
import dev.siamese.loss.Triplet;
import dev.siamese.model.Gradients;
import dev.siamese.model.Images;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.Lesson;
import dev.siamese.model.NetworkGraph;
import dev.siamese.model.Networks;
import dev.siamese.model.RandomImages;
import dev.siamese.model.RandomNetworks;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Activation;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.Flatten;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.OutputKind;
import dev.siamese.network.Regularizer;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A training step of a whole batch, in however many towers, does what the twin's layers say of all
 * its images together, and then the loss.
 */
class WholeBatchTest {
  private static final int IMAGES = 26;
  private static final int CLASSES = 4;
  private static final int ATTEMPTS = 10;
  private static final long STEP = 0;

  /** One of which every image counts, and one of triplets, neither of them with a threshold. */
  private static final List<BatchObjective> OBJECTIVES =
      List.of(
          BatchObjective.of(SupervisedContrastive.DEFAULT),
          new BatchObjective(Triplet.SOFT, new AllTuples()));

  static LongStream seeds() {
    return LongStream.range(0, 36)
        .filter(seed -> RandomNetworks.siamese(seed).output() == OutputKind.DISTANCE);
  }

  private static SiameseNetwork network(long seed) {
    return RandomNetworks.siamese(seed).withUnitEmbeddings();
  }

  private static TrainingSettings settings(BatchObjective objective) {
    return Sessions.settings(IMAGES, 1, 0).withSupervision(Supervision.of(objective));
  }

  @Test
  void theNetworksAreOfBothKinds() {
    long whole =
        seeds()
            .filter(
                seed ->
                    Tower.Design.of(
                            network(seed),
                            ValueRange.ZERO_TO_ONE,
                            settings(OBJECTIVES.get(0)),
                            Sessions.threads(1))
                        .needsWholeBatch())
            .count();
    assertTrue(whole >= 4 && whole + 4 <= seeds().count(), () -> whole + " need the whole batch");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void inLossGradientsAndMovingStatistics(long seed) {
    SiameseNetwork network = network(seed);
    BatchObjective objective = OBJECTIVES.get((int) (seed % OBJECTIVES.size()));
    Weights weights = Networks.weights(network.network(), new SplittableRandom(seed));
    AssertionError failure = null;
    // As in the tests of pairs: maxima that are all but the same go either way.
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      LabeledImages images = RandomImages.of(IMAGES, Images.shape(network.image()), attempt);
      int[] batch = batch(new SplittableRandom(attempt));
      PlainStep plain = plain(network, weights, objective, images, batch);
      Weights moved =
          plain(network, TowersEqualPlainTest.moved(weights), objective, images, batch).gradients();
      try {
        for (int threads : new int[] {1, 3}) {
          assertStep(plain, moved, network, weights, objective, images, batch, threads);
        }
        return;
      } catch (AssertionError e) {
        failure = e;
      }
    }
    throw failure;
  }

  private static int[] batch(SplittableRandom random) {
    int[] labels = IntStream.range(0, IMAGES).map(image -> image % CLASSES).toArray();
    return ImageBatches.balanced(labels, IMAGES, random).batch(0);
  }

  private static void assertStep(
      PlainStep plain,
      Weights moved,
      SiameseNetwork network,
      Weights weights,
      BatchObjective objective,
      LabeledImages images,
      int[] batch,
      int threads) {
    try (TrainingSession session =
        Sessions.open(network, weights, images, settings(objective), Sessions.threads(threads))) {
      Gradients.assertClose(
          plain.gradients(), moved, session.gradients(batch), 1e-4f, threads + " threads");
      float[] told = session.step(batch).told();
      assertEquals(plain.told()[0], told[ImageSteps.LOSS], 2e-5f * Math.abs(plain.told()[0]));
      plain.assertStatistics(session.state(History.empty()).weights());
    }
  }

  /** However many threads wait, or images are left over for a batch. */
  @ParameterizedTest
  @CsvSource({"1, 128, 16", "5, 128, 16", "17, 128, 16", "33, 32, 16", "129, 128, 16", "9, 8, 2"})
  void noTowerIsWithoutImages(int count, int batchSize, int threads) {
    SiameseNetwork network = Networks.reference(4, 3, 2, 5).withUnitEmbeddings();
    LabeledImages images = RandomImages.of(count, 1);
    TrainingSettings settings =
        Sessions.settings(batchSize, 1, 0).withSupervision(Supervision.of(OBJECTIVES.get(0)));
    Weights weights = Networks.weights(network.network(), new SplittableRandom(1));
    ImageBatches batches =
        ImageBatches.balanced(images.labels(), batchSize, new SplittableRandom(2));
    try (TrainingSession session =
        Sessions.open(network, weights, images, settings, Sessions.threads(threads))) {
      for (int batch = 0; batch < batches.batches(); batch++) {
        session.step(batches.batch(batch));
      }
      assertEquals(batches.batches(), session.state(History.empty()).optimizer().step());
      assertTrue(session.state(History.empty()).weights().isFinite());
    }
  }

  /** The mean over the images of the batch. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void outputsThatCostSomethingCostItInTheWholeBatch(int threads) {
    double l2 = 0.25;
    NetworkBuilder builder = new NetworkBuilder("twin");
    int pixels = builder.input("images", TensorShape.of(6, 5, 1));
    int flat = builder.add(new Flatten(), pixels);
    int dense = builder.add(Dense.of(4, Activation.LINEAR), flat);
    Network free = builder.build(dense);
    List<NamedLayer> layers = new ArrayList<>(free.layers());
    layers.set(2, new NamedLayer("dense", layers.get(2).layer(), true, new Regularizer(0, l2)));
    Network costing = new Network(free.name(), layers, free.nodes(), free.inputs(), free.outputs());
    SiameseNetwork network = SiameseNetwork.of(costing, Distance.EUCLIDEAN).withUnitEmbeddings();
    LabeledImages images = RandomImages.of(IMAGES, Images.shape(network.image()), 1);
    Weights weights = Networks.weights(network.network(), new SplittableRandom(1));
    double squares = 0;
    try (InferenceModel model =
        new InferenceModel(
            new TrainedNetwork(
                SiameseNetwork.of(free, Distance.EUCLIDEAN), weights, ValueRange.ZERO_TO_ONE),
            Sessions.threads(1))) {
      for (float[] embedding : model.embed(images)) {
        for (float value : embedding) {
          squares += (double) value * value;
        }
      }
    }
    try (TrainingSession session =
        Sessions.open(
            network, weights, images, settings(OBJECTIVES.get(0)), Sessions.threads(threads))) {
      double cost = l2 * squares / IMAGES;
      int[] batch = batch(new SplittableRandom(1));
      assertEquals(cost, session.step(batch).regularization(), 1e-5 * cost);
    }
  }

  /** The step by the plain graph of the twin. */
  private static PlainStep plain(
      SiameseNetwork network,
      Weights weights,
      BatchObjective objective,
      LabeledImages images,
      int[] batch) {
    try (PlainStep.Parts parts = new PlainStep.Parts(weights, STEP)) {
      Ops tf = parts.tf();
      Operand<TFloat32> embeddings =
          new NetworkGraph(tf, network.twin(), parts.values())
              .outputs(List.of(pixels(tf, images, batch)), parts.training())
              .get(0);
      int[] classes = new int[IMAGES];
      System.arraycopy(batch, IMAGES, classes, 0, IMAGES);
      Lesson lesson =
          Lesson.of(
              tf, objective, embeddings, tf.constant(classes), tf.constant(new long[] {0, STEP}));
      return parts.run(lesson.loss(), lesson.loss());
    }
  }

  private static Operand<TFloat32> pixels(Ops tf, LabeledImages images, int[] batch) {
    float[] all = RandomImages.scaled(images);
    int size = images.shape().pixels();
    float[] pixels = new float[IMAGES * size];
    for (int image = 0; image < IMAGES; image++) {
      System.arraycopy(all, batch[image] * size, pixels, image * size, size);
    }
    return tf.constant(
        Shape.of(IMAGES, images.height(), images.width(), images.shape().channels()),
        DataBuffers.of(pixels));
  }
}
