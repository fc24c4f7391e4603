package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.model.AdamSettings;
import dev.siamese.model.Architecture;
import dev.siamese.model.RandomImages;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.TrainingState;
import dev.siamese.model.Weights;
import dev.siamese.model.WeightsTest;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdamOptimizerTest {
  private static final Architecture SMALL = new Architecture(4, 3, 2, 5);
  private static final int[] BATCH = {0, 1, 2, 3, 2, 3, 3, 1, 1, 0, 0, 1};

  /** An epsilon as large as the gradients, so that its place in the formula shows. */
  private static final AdamSettings ADAM = new AdamSettings(0.01, 0.8, 0.95, 0.003);

  @Test
  void stepsFollowTheFormula() {
    TrainingSettings settings = new TrainingSettings(1, 4, ADAM, 1, 0, 0);
    Weights weights = WeightsTest.random(SMALL, new SplittableRandom(1));
    try (TrainingSession session =
        new TrainingSession(
            RandomImages.of(4, 2),
            settings,
            SessionSettings.defaults(),
            TrainingState.startingFrom(weights))) {
      for (int t = 1; t <= 3; t++) {
        TrainingState before = session.state();
        assertEquals(t - 1, before.step());
        Weights gradients = session.gradients(BATCH);
        session.step(BATCH);
        assertStep(t, before, gradients, session.state());
      }
    }
  }

  private static void assertStep(
      int t, TrainingState before, Weights gradients, TrainingState after) {
    double rate = 0.01 * Math.sqrt(1 - Math.pow(0.95, t)) / (1 - Math.pow(0.8, t));
    for (int parameter = 0; parameter < SMALL.parameters().size(); parameter++) {
      for (int i = 0; i < gradients.values(parameter).length; i++) {
        double g = gradients.values(parameter)[i];
        double m = 0.8 * before.firstMoment().values(parameter)[i] + 0.2 * g;
        double v = 0.95 * before.secondMoment().values(parameter)[i] + 0.05 * g * g;
        double w = before.weights().values(parameter)[i] - rate * m / (Math.sqrt(v) + 0.003);
        assertEquals(m, after.firstMoment().values(parameter)[i], 1e-6 * Math.abs(g) + 1e-9);
        assertEquals(v, after.secondMoment().values(parameter)[i], 1e-6 * v + 1e-15);
        assertEquals(w, after.weights().values(parameter)[i], 1e-7);
      }
    }
  }
}
