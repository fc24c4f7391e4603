package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.RandomStream;
import dev.siamese.data.ValueRange;
import dev.siamese.model.Networks;
import dev.siamese.model.PlainNetwork;
import dev.siamese.model.RandomImages;
import dev.siamese.network.Activation;
import dev.siamese.network.Adam;
import dev.siamese.network.Dense;
import dev.siamese.network.Merge;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.UnaryOperation;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network whose similarity is a sigmoid of |a − b|, trained with the binary cross-entropy. */
class SimilarityTest {
  private static final int EMBEDDING = 5;
  private static final int HEAD_KERNEL = 8;
  private static final int HEAD_BIAS = 9;
  private static final int[] FIRST = {0, 1, 2, 3, 4};
  private static final int[] SECOND = {5, 1, 4, 0, 2};
  private static final int[] LABELS = {1, 1, 0, 0, 1};

  private final LabeledImages images = RandomImages.of(6, 5);
  private final SiameseNetwork network = network();
  private final Weights weights = Networks.weights(network.network(), new SplittableRandom(6));

  private static SiameseNetwork network() {
    Network twin = Networks.reference(4, 3, 2, EMBEDDING).withDropout(0).twin();
    NetworkBuilder builder = new NetworkBuilder("siamese");
    int image1 = builder.input("image1", twin.inputShapes().get(0));
    int image2 = builder.input("image2", twin.inputShapes().get(0));
    int first = builder.addNamed("twin", new NestedModel(twin, false), image1);
    int second = builder.reuse(first, image2);
    int difference = builder.add(new Merge(Merge.Function.SUBTRACT), first, second);
    int size = builder.add(new UnaryOperation(UnaryOperation.Function.ABSOLUTE), difference);
    return new SiameseNetwork(
        builder.build(builder.add(Dense.of(1, Activation.SIGMOID), size)), OutputKind.SIMILARITY);
  }

  /** What goes into the sigmoid. */
  private static double logit(PlainNetwork plain, double[][] first, double[][] second) {
    double[] a = plain.embed(first);
    double[] b = plain.embed(second);
    double sum = plain.values(HEAD_BIAS)[0];
    for (int i = 0; i < EMBEDDING; i++) {
      sum += Math.abs(a[i] - b[i]) * plain.values(HEAD_KERNEL)[i];
    }
    return sum;
  }

  private double loss(PlainNetwork plain) {
    double sum = 0;
    for (int pair = 0; pair < LABELS.length; pair++) {
      double x =
          logit(
              plain,
              RandomImages.scaled(images, FIRST[pair]),
              RandomImages.scaled(images, SECOND[pair]));
      // −log of the sigmoid of x, or of −x.
      sum += Math.log1p(Math.exp(LABELS[pair] == 1 ? -x : x));
    }
    return sum / LABELS.length;
  }

  /** With biases at which the similarity itself is all but 1, or 0, and its gradient lost. */
  @ParameterizedTest
  @ValueSource(floats = {0, 20, -20})
  void gradientsAreThoseOfThePlainNetworkByFiniteDifferences(float bias) {
    weights.values(HEAD_BIAS)[0] = bias;
    int[] batch = Sessions.batch(FIRST, SECOND, LABELS);
    PlainNetwork plain = new PlainNetwork(weights);
    for (int towers = 1; towers <= 2; towers++) {
      try (TrainingSession session = session(towers)) {
        Weights gradients = session.gradients(batch);
        FiniteDifferences.assertGradients(plain, () -> loss(plain), gradients);
        float[] similarities = session.step(batch).told();
        for (int pair = 0; pair < LABELS.length; pair++) {
          double x =
              logit(
                  plain,
                  RandomImages.scaled(images, FIRST[pair]),
                  RandomImages.scaled(images, SECOND[pair]));
          assertEquals(1 / (1 + Math.exp(-x)), similarities[pair], 1e-6);
        }
      }
    }
  }

  private TrainingSession session(int towers) {
    return Sessions.open(
        network, weights, images, Sessions.settings(64, 1, 0), Sessions.threads(towers));
  }

  @Test
  void learns() throws IOException {
    LabeledImages more = RandomImages.of(21, 3);
    PairedImages train = PairedImages.draw(more.range(0, 15), RandomStream.TRAIN_PAIRS, 0);
    PairedImages validation =
        PairedImages.draw(more.range(15, 21), RandomStream.VALIDATION_PAIRS, 0);
    TrainingSettings settings = new TrainingSettings(75, 4, Adam.of(0.01), 1, 1);
    Trainer trainer =
        new Trainer(network, ValueRange.ZERO_TO_ONE, settings, Sessions.threads(2), List.of());
    History history =
        trainer
            .train(
                train,
                validation,
                RunState.startingFrom(network.network(), weights, settings.optimizer()))
            .history();
    EpochResult first = history.epochs().get(0);
    assertEquals(Math.log(2), first.loss(), 0.3);
    assertTrue(history.last().loss() < 0.75 * first.loss(), history::toString);
    assertTrue(history.last().accuracy() > 0.85, history::toString);
  }
}
