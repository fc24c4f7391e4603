package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.network.Adam;
import dev.siamese.network.LearningRate;
import dev.siamese.network.LearningRate.CosineDecay;
import dev.siamese.network.Optimizer;
import dev.siamese.training.Plateau;
import dev.siamese.training.TrainingSettings;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ScheduleOptionsTest {
  private static final int EPOCHS = 4;
  private static final int STEPS = 10;

  private static TrainingSettings settings(LearningRate rate) {
    Optimizer adam = Adam.of(0.001);
    return new TrainingSettings(EPOCHS, 64, adam.with(adam.common().withLearningRate(rate)), 1, 0);
  }

  private static TrainingSettings scheduled(TrainingSettings settings, long first, String options) {
    ScheduleOptions schedule =
        CommandLine.populateCommand(new ScheduleOptions(), options.strip().split(" "));
    schedule.require(EPOCHS);
    return schedule.scheduled(settings, first, STEPS);
  }

  /** At the first step, on the way, and at the last one: what Keras 3.15 has for CosineDecay. */
  @ParameterizedTest
  @CsvSource({
    "--lr-schedule=COSINE,            0.001, 0.00096193980, 0.0005,  0.00030865826, 1.5413166e-6",
    "--lr-schedule=COSINE --warmup=1, 0,     0.0005,        0.00075, 0.0005,        2.7390420e-6",
    "--warmup=1,                      0,     0.0005,        0.001,   0.001,         0.001",
    "--lr-schedule=CONSTANT,          0.001, 0.001,         0.001,   0.001,         0.001",
  })
  void areThoseOfKeras(
      String options, double at0, double at5, double at20, double at25, double at39) {
    LearningRate rate =
        scheduled(settings(new LearningRate.Constant(0.001)), 0, options)
            .optimizer()
            .common()
            .learningRate();
    double[] expected = {at0, at5, at20, at25, at39};
    int[] steps = {0, 5, 20, 25, 39};
    for (int i = 0; i < steps.length; i++) {
      assertEquals(expected[i], rate.at(steps[i]), 1e-10, "at " + steps[i]);
    }
  }

  @Test
  void aPlateauLeavesTheRateToTheEpochs() {
    TrainingSettings settings = settings(new LearningRate.Constant(0.001));
    TrainingSettings found = scheduled(settings, 0, "--lr-schedule=PLATEAU");
    assertEquals(Optional.of(Plateau.DEFAULT), found.plateau());
    assertEquals(settings.optimizer(), found.optimizer());
  }

  @ParameterizedTest
  @CsvSource({"--lr-schedule=COSINE", "--lr-schedule=PLATEAU", "--warmup=1"})
  void twoSchedulesAreRefused(String options) {
    LearningRate other = new CosineDecay(0.1, 1000, 0, OptionalDouble.empty(), 0);
    String message =
        assertThrows(IllegalArgumentException.class, () -> scheduled(settings(other), 0, options))
            .getMessage();
    assertTrue(message.startsWith("expected --learning-rate beside --lr-schedule"), message);
  }

  @Test
  void aScheduleThatIsOverIsRefused() {
    LearningRate over = new CosineDecay(0.1, 40, 0, OptionalDouble.empty(), 0);
    LearningRate rising = new CosineDecay(0, 400, 0, OptionalDouble.of(0.1), 50);
    assertEquals(settings(over), scheduled(settings(over), 39, "--warmup=0"));
    assertEquals(settings(rising), scheduled(settings(rising), 0, "--warmup=0"));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> scheduled(settings(over), 40, "--warmup=0"))
            .getMessage();
    assertTrue(message.contains("has come to 0"), message);
  }

  /** Epochs of ten steps, of a rate that is 0 from the fortieth on. */
  @ParameterizedTest
  @CsvSource({"0, ''", "9, ''", "10, after 3 of 4", "30, after 1 of 4"})
  void thatAScheduleEndsWithinARunIsTold(long first, String expected) {
    LearningRate over = new CosineDecay(0.1, 40, 0, OptionalDouble.empty(), 0);
    String told = ScheduleOptions.ending(settings(over), first, STEPS).orElse("");
    assertEquals(expected, told.replaceAll(".*(after \\d of \\d).*", "$1"));
  }

  /** So that a run that is gone on with may have more epochs. */
  @Test
  void aWarmUpAloneDoesNotDependOnTheEpochs() {
    Optimizer adam = Adam.of(0.001);
    ScheduleOptions schedule = CommandLine.populateCommand(new ScheduleOptions(), "--warmup=1");
    assertEquals(
        schedule.scheduled(new TrainingSettings(3, 64, adam, 1, 0), 0, STEPS).optimizer(),
        schedule.scheduled(new TrainingSettings(9, 64, adam, 1, 0), 0, STEPS).optimizer());
  }
}
