package dev.siamese.cli;

import dev.siamese.network.LearningRate;
import dev.siamese.network.LearningRate.Constant;
import dev.siamese.network.LearningRate.CosineDecay;
import dev.siamese.network.Optimizer;
import dev.siamese.training.Plateau;
import dev.siamese.training.TrainingSettings;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** How the learning rate changes over a run. */
final class ScheduleOptions {
  /** The schedules. */
  enum Schedule {
    CONSTANT,
    COSINE,
    PLATEAU
  }

  @Option(
      names = "--lr-schedule",
      paramLabel = "constant|cosine|plateau",
      description =
          "cosine falls to 0 by the last epoch; plateau halves after two epochs without a lower"
              + " validation loss. Default: constant, or the optimizer's of --from; a plateau does not"
              + " go on.")
  private Schedule schedule;

  @Option(
      names = "--warmup",
      paramLabel = "EPOCHS",
      description = "First rise to the learning rate, from 0, in so many epochs. Default: 0.")
  private double warmup;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException when the warm-up is negative, or longer than the run
   */
  void require(int epochs) {
    if (!(warmup >= 0 && warmup <= epochs)) {
      throw new IllegalArgumentException(
          "expected --warmup of 0 to %d epochs, found %s".formatted(epochs, warmup));
    }
  }

  /** Whether the rate follows from how many steps the optimizer has taken. */
  boolean isOfSteps() {
    return schedule == Schedule.COSINE || warmup > 0;
  }

  /**
   * Settings with the schedule.
   *
   * @param firstStep how many steps the optimizer has taken before the run
   * @param stepsPerEpoch as many as an epoch has
   * @throws IllegalArgumentException when the optimizer has a schedule already, or one that is over
   */
  TrainingSettings scheduled(TrainingSettings settings, long firstStep, int stepsPerEpoch) {
    if (schedule == null && warmup == 0) {
      requireRate(settings, firstStep, stepsPerEpoch);
      return settings;
    }
    if (!(settings.optimizer().common().learningRate() instanceof Constant constant)) {
      throw new IllegalArgumentException(
          "expected --learning-rate beside --lr-schedule and --warmup, as the model to go on from"
              + " has a schedule, found none");
    }
    TrainingSettings found = settings;
    if (schedule == Schedule.PLATEAU) {
      found = found.withPlateau(Plateau.DEFAULT);
    }
    if (isOfSteps()) {
      found = found.withOptimizer(withCosine(settings, constant.value(), stepsPerEpoch));
    }
    return found;
  }

  /** Checks that a run, such as one that goes on from a cosine's end, learns at all. */
  private static void requireRate(TrainingSettings settings, long firstStep, int stepsPerEpoch) {
    if (learning(settings, firstStep, stepsPerEpoch) == 0) {
      throw new IllegalArgumentException(
          "expected --learning-rate, as the schedule of the model to go on from has come to 0,"
              + " found none");
    }
  }

  /** How many epochs begin with a rate above 0, but for zeros before those. */
  private static int learning(TrainingSettings settings, long firstStep, int stepsPerEpoch) {
    LearningRate rate = settings.optimizer().common().learningRate();
    int epochs = settings.epochs();
    while (epochs > 0
        && rate.at(firstStep + (epochs - 1L) * stepsPerEpoch) == 0
        && rate.at(firstStep + epochs * (long) stepsPerEpoch - 1) == 0) {
      epochs--;
    }
    return epochs;
  }

  /**
   * That a run learns nothing in its last epochs, in words, where its schedule ends before it.
   *
   * @param firstStep how many steps the optimizer has taken before the run
   */
  static Optional<String> ending(TrainingSettings settings, long firstStep, int stepsPerEpoch) {
    int learning = learning(settings, firstStep, stepsPerEpoch);
    return learning == settings.epochs()
        ? Optional.empty()
        : Optional.of(
            "The learning rate comes to 0 after %d of %d epochs, as the schedule of the model to go on from ends there (--epochs, --learning-rate)."
                .formatted(learning, settings.epochs()));
  }

  /** Keras's cosine, which does not fall at all where only the warm-up is wanted. */
  private Optimizer withCosine(TrainingSettings settings, double highest, int stepsPerEpoch) {
    Optimizer optimizer = settings.optimizer();
    double rising = Math.rint(warmup * stepsPerEpoch);
    if (schedule != Schedule.COSINE) {
      // It does not matter in how many steps it falls by nothing, so that epochs may be added.
      LearningRate risen = new CosineDecay(0, 1, 1, OptionalDouble.of(highest), rising);
      return optimizer.with(optimizer.common().withLearningRate(risen));
    }
    double falling = Math.max(1, (double) settings.epochs() * stepsPerEpoch - rising);
    LearningRate rate =
        warmup > 0
            ? new CosineDecay(0, falling, 0, OptionalDouble.of(highest), rising)
            : new CosineDecay(highest, falling, 0, OptionalDouble.empty(), 0);
    return optimizer.with(optimizer.common().withLearningRate(rate));
  }
}
