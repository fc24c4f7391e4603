package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siamese.network.Adam;
import dev.siamese.network.LearningRate.Constant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlateauTest {

  private static History history(String losses) {
    History history = History.empty();
    for (String loss : losses.split(" ")) {
      int epoch = history.epochs().size() + 1;
      history = history.with(new EpochResult(epoch, 0, 0, Double.parseDouble(loss), 0, 0, 0, 0, 0));
    }
    return history;
  }

  /** As Keras 3.15 has it with min_delta 0, cooldown 0: what it divided the rate by. */
  @ParameterizedTest
  @CsvSource({
    "2, 1,                    1",
    "2, 1 2,                  1",
    "2, 1 2 2,                2",
    "2, 1 1 1,                2",
    "2, 1 2 0.5 2 0.5,        2",
    "2, 1 2 0.5 2 0.4,        1",
    "2, 1 2 2 2,              2",
    "2, 1 2 2 2 2,            4",
    "2, 1 2 2 0.9 2 0.8 2 2,  4",
    "1, 1 0.9 0.9 0.8 0.8 1,  8",
    "3, 1 2 2 2 2 2 2 2,      4",
    "2, 1 NaN NaN,            2",
  })
  void halvesTheRateAsKerasDoes(int patience, String losses, double divisor) {
    assertEquals(1 / divisor, new Plateau(0.5, patience).scale(history(losses)));
  }

  @Test
  void theOptimizerHasTheRateOfTheNextEpoch() {
    TrainingSettings settings =
        new TrainingSettings(9, 4, Adam.of(0.01), 1, 0).withPlateau(new Plateau(0.1, 1));
    assertEquals(settings.optimizer(), settings.optimizerAfter(history("2 1")));
    assertEquals(
        new Constant(0.01 * 0.1), settings.optimizerAfter(history("1 2")).common().learningRate());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
  void refusesWhatIsNoFactor(double factor) {
    assertThrows(IllegalArgumentException.class, () -> new Plateau(factor, 2));
    assertThrows(IllegalArgumentException.class, () -> new Plateau(0.5, 0));
  }
}
