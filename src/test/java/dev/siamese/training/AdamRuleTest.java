package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.ValueRange;
import dev.siamese.model.Networks;
import dev.siamese.model.RandomImages;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.Activation;
import dev.siamese.network.Adam;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.Flatten;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.OptimizerSettings;
import dev.siamese.network.Parameter;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Slot;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import dev.siamese.network.Window;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdamRuleTest {
  private static final int[] BATCH = {0, 1, 2, 3, 2, 3, 3, 1, 1, 0, 0, 1};

  /** An epsilon as large as the gradients, so that its place in the formula shows. */
  private static final Adam ADAM = new Adam(OptimizerSettings.of(0.01), 0.8, 0.95, 0.003, false);

  @Test
  void stepsFollowTheFormula() {
    assertStepsFollowTheFormula(Networks.reference(4, 3, 2, 5).withDropout(0));
  }

  /** What it remembers is kept by trained parameter, and there are others in between. */
  @Test
  void stepsFollowTheFormulaBesideStatisticsThatAreNotTrained() {
    assertStepsFollowTheFormula(
        SiameseNetwork.of(
            NetworkBuilder.chain(
                "twin",
                TensorShape.of(28, 28, 1),
                BatchNormalization.standard(),
                Conv2D.of(2, Window.valid(5), Activation.TANH),
                MaxPooling2D.of(4),
                BatchNormalization.standard(),
                new Flatten(),
                Dense.of(3, Activation.LINEAR)),
            Distance.EUCLIDEAN));
  }

  private static void assertStepsFollowTheFormula(SiameseNetwork network) {
    TrainingSettings settings = new TrainingSettings(1, 4, ADAM, 1, 0);
    Weights weights = Networks.weights(network.network(), new SplittableRandom(1));
    try (TrainingSession session =
        Sessions.open(
            network, weights, RandomImages.of(4, 2), settings, SessionSettings.defaults())) {
      for (int t = 1; t <= 3; t++) {
        RunState before = session.state(History.empty());
        assertEquals(t - 1, before.optimizer().step());
        Weights gradients = session.gradients(BATCH);
        session.step(BATCH);
        assertStep(t, before, gradients, session.state(History.empty()));
      }
    }
  }

  private static void assertStep(int t, RunState before, Weights gradients, RunState after) {
    double rate = 0.01 * Math.sqrt(1 - Math.pow(0.95, t)) / (1 - Math.pow(0.8, t));
    List<Parameter> all = before.weights().parameters();
    int trained = 0;
    for (int parameter = 0; parameter < all.size(); parameter++) {
      if (!all.get(parameter).trainable()) {
        continue;
      }
      assertEquals(all.get(parameter), gradients.parameters().get(trained));
      for (int i = 0; i < gradients.values(trained).length; i++) {
        double g = gradients.values(trained)[i];
        double m = 0.8 * before.optimizer().slot(Slot.MOMENTUM).values(trained)[i] + 0.2 * g;
        double v = 0.95 * before.optimizer().slot(Slot.VELOCITY).values(trained)[i] + 0.05 * g * g;
        double w = before.weights().values(parameter)[i] - rate * m / (Math.sqrt(v) + 0.003);
        assertEquals(
            m, after.optimizer().slot(Slot.MOMENTUM).values(trained)[i], 1e-5 * Math.abs(m) + 1e-9);
        assertEquals(v, after.optimizer().slot(Slot.VELOCITY).values(trained)[i], 2e-5 * v + 1e-15);
        assertEquals(w, after.weights().values(parameter)[i], 1e-7 * Math.max(1, Math.abs(w)));
      }
      trained++;
    }
    assertEquals(gradients.parameters().size(), trained);
  }

  /** Where a run goes on, it does so from the step and the moments that it had. */
  @Test
  void goesOnFromWhatItRemembers() {
    SiameseNetwork network = Networks.reference(4, 3, 2, 5).withDropout(0);
    TrainingSettings settings = new TrainingSettings(1, 4, ADAM, 1, 0);
    Weights weights = Networks.weights(network.network(), new SplittableRandom(1));
    RunState between;
    RunState expected;
    try (TrainingSession session =
        Sessions.open(
            network, weights, RandomImages.of(4, 2), settings, SessionSettings.defaults())) {
      session.step(BATCH);
      between = session.state(History.empty());
      session.step(BATCH);
      expected = session.state(History.empty());
    }
    try (TrainingSession session =
        new TrainingSession(
            Tower.Design.of(network, ValueRange.ZERO_TO_ONE, settings, SessionSettings.defaults()),
            RandomImages.of(4, 2),
            settings,
            SessionSettings.defaults(),
            between)) {
      session.step(BATCH);
      RunState found = session.state(History.empty());
      assertEquals(2, found.optimizer().step());
      assertEquals(expected.weights(), found.weights());
      assertEquals(expected.optimizer().slot(Slot.MOMENTUM), found.optimizer().slot(Slot.MOMENTUM));
      assertArrayEquals(
          expected.optimizer().slot(Slot.VELOCITY).values(3),
          found.optimizer().slot(Slot.VELOCITY).values(3));
    }
  }
}
