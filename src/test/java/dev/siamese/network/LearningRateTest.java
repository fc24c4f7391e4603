package dev.siamese.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siamese.network.LearningRate.CosineDecay;
import dev.siamese.network.LearningRate.ExponentialDecay;
import dev.siamese.network.LearningRate.PiecewiseConstantDecay;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LearningRateTest {
  private static void assertRates(LearningRate rate, double... expected) {
    for (int step = 0; step < expected.length; step++) {
      assertEquals(expected[step], rate.at(step), 1e-12, rate + " at " + step);
    }
  }

  @Test
  void decaysByPowers() {
    double root = Math.sqrt(0.25);
    assertRates(new ExponentialDecay(2, 2, 0.25, false), 2, 2 * root, 0.5, 0.5 * root, 0.125);
    assertRates(new ExponentialDecay(2, 2, 0.25, true), 2, 2, 0.5, 0.5, 0.125, 0.125);
  }

  @Test
  void decaysByTheCosineAndStaysThere() {
    assertRates(
        new CosineDecay(2, 4, 0.5, OptionalDouble.empty(), 0),
        2,
        1 + (1 + Math.sqrt(0.5)) / 2,
        1.5,
        1 + (1 - Math.sqrt(0.5)) / 2,
        1,
        1);
  }

  @Test
  void risesBeforeItDecays() {
    assertRates(
        new CosineDecay(0.5, 2, 0, OptionalDouble.of(1.5), 4), 0.5, 0.75, 1, 1.25, 1.5, 0.75, 0, 0);
  }

  @Test
  void changesBehindEachBoundary() {
    assertRates(
        new PiecewiseConstantDecay(List.of(1L, 3L), List.of(3.0, 2.0, 1.0)), 3, 3, 2, 2, 1, 1);
  }

  @Test
  void refusesWhatIsNoSchedule() {
    for (double steps : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(
          IllegalArgumentException.class, () -> new ExponentialDecay(1, steps, 0.5, false));
      assertThrows(
          IllegalArgumentException.class,
          () -> new CosineDecay(1, steps, 0, OptionalDouble.empty(), 0));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new PiecewiseConstantDecay(List.of(2L, 2L), List.of(1.0, 2.0, 3.0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new PiecewiseConstantDecay(List.of(2L), List.of(1.0)));
    assertThrows(IllegalArgumentException.class, () -> new LearningRate.Constant(0));
  }
}
