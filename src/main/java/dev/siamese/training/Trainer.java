package dev.siamese.training;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.RandomStream;
import dev.siamese.data.ValueRange;
import dev.siamese.evaluation.PairMetrics;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.model.Images;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.Parameter;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The epoch loop: shuffle the samples, take a step a batch, validate.
 *
 * <p>Everything random is fixed by the settings' seed and the step, so that a run can be repeated
 * on as many threads, and continued from any step, bit by bit.
 */
public final class Trainer {
  private final SiameseNetwork network;
  private final SiameseNetwork kept;
  private final ValueRange values;
  private final TrainingSettings settings;
  private final SessionSettings system;
  private final List<TrainingListener> listeners;
  private volatile boolean stopped;

  /** A trainer of a network that is kept as it is. */
  public Trainer(
      SiameseNetwork network,
      ValueRange values,
      TrainingSettings settings,
      SessionSettings system,
      List<TrainingListener> listeners) {
    this(network, network, values, settings, system, listeners);
  }

  /**
   * A trainer.
   *
   * @param network that is trained
   * @param kept what is kept of it after training, and compares the validation pairs: the same, or
   *     it without a projection, whose parameters are the last
   * @param values what it expects for pixels
   * @param listeners see epochs and steps, in this order
   */
  public Trainer(
      SiameseNetwork network,
      SiameseNetwork kept,
      ValueRange values,
      TrainingSettings settings,
      SessionSettings system,
      List<TrainingListener> listeners) {
    this.network = network;
    this.kept = kept;
    this.values = values;
    this.settings = settings;
    this.system = system;
    this.listeners = List.copyOf(listeners);
  }

  /** Asks the training to end after the step that is being taken; for use by any thread. */
  public void stop() {
    stopped = true;
  }

  /**
   * Trains from the given state until the settings say that it is over.
   *
   * @param train images to learn from, and, where they are given, their pairs
   * @see #train(PairedImages, PairedImages, LabeledImages, RunState)
   */
  public RunState train(PairedImages train, PairedImages validation, RunState start)
      throws IOException {
    return train(train, validation, validation.images(), start);
  }

  /**
   * Trains from the given state until the settings say that it is over.
   *
   * @param train images to learn from, and, where they are given, their pairs
   * @param validation pairs that are compared after each epoch
   * @param validationImages that the loss of whole batches is validated on; those of one class
   *     shall be alike
   * @return the state after the last epoch that was finished
   * @throws IllegalArgumentException when the images are not of the network's size
   * @throws DivergedException when the loss is no longer finite
   * @throws IOException when a listener cannot record an epoch
   */
  public RunState train(
      PairedImages train, PairedImages validation, LabeledImages validationImages, RunState start)
      throws IOException {
    Images.require(network.image(), validation.images());
    RunState state = start;
    History history = start.history();
    try (TrainingSession session =
        new TrainingSession(design(), train.images(), settings, system, start)) {
      EpochSums begun = start.begun();
      while (!settings.isOver(history)) {
        int epoch = history.epochs().size() + 1;
        long started = System.nanoTime() - (long) (begun.seconds() * 1e9);
        Batches batches = batches(settings, train, epoch);
        RunningMetrics trained = trainEpoch(session, batches, history, begun, started);
        begun = EpochSums.NONE;
        if (trained.samples() < batches.samples()) {
          return state;
        }
        double trainSeconds = secondsSince(started);
        float[][] embeddings = session.embed(validation.images());
        float[] outputs = session.compare(embeddings, validation.pairs());
        if (!isFinite(outputs)) {
          throw DivergedException.afterLastStep(epoch);
        }
        state = null; // Large weights need not be kept twice.
        RunState reached = session.state(history);
        if (!reached.weights().isFinite()) {
          throw DivergedException.afterLastStep(epoch);
        }
        PairOutputs validated =
            new PairOutputs(network.output(), outputs, validation.pairs().labels());
        double loss =
            settings.supervision().objective().isEmpty()
                ? PairMetrics.loss(validated, settings.margin()).orElse(Double.NaN)
                : session.loss(
                    validationImages,
                    validationImages == validation.images()
                        ? Optional.of(embeddings)
                        : Optional.empty(),
                    validationBatches(validationImages));
        EpochResult result =
            new EpochResult(
                epoch,
                trained.loss(),
                trained.accuracy(),
                loss + penalty(reached.weights()),
                PairMetrics.accuracy(validated, PairMetrics.DEFAULT_THRESHOLD),
                trained.active(),
                trained.hardness(),
                secondsSince(started),
                batches.samples() / trainSeconds);
        history = history.with(result);
        state = new RunState(history, reached.weights(), reached.optimizer());
        for (TrainingListener listener : listeners) {
          listener.validated(epoch, validated);
          listener.epochFinished(state);
        }
      }
    }
    return state;
  }

  private Tower.Design design() {
    return Tower.Design.of(network, kept, values, settings, system);
  }

  /** How many steps an epoch takes. */
  public static int steps(TrainingSettings settings, PairedImages train) {
    return batches(settings, train, 1).batches();
  }

  /** The batches of an epoch. */
  static Batches batches(TrainingSettings settings, PairedImages train, int epoch) {
    Supervision supervision = settings.supervision();
    SplittableRandom random = RandomStream.SHUFFLE.generator(settings.seed(), epoch);
    if (supervision.objective().isEmpty()) {
      return new ShuffledPairs(train.pairs(), settings.batchSize(), random);
    }
    return switch (supervision.alike()) {
      case CLASSES -> ImageBatches.balanced(train.images().labels(), settings.batchSize(), random);
      case VIEWS -> ImageBatches.views(train.images().size(), settings.batchSize(), random);
    };
  }

  /** The same after every epoch. */
  private Batches validationBatches(LabeledImages images) {
    SplittableRandom random = RandomStream.SHUFFLE.generator(settings.seed(), 0);
    return switch (settings.supervision().alike()) {
      case CLASSES -> ImageBatches.balanced(images.labels(), settings.batchSize(), random);
      case VIEWS -> ImageBatches.ofViews(images.labels(), settings.batchSize(), random);
    };
  }

  /** What the sizes of the parameters that are trained add to the loss. */
  private static double penalty(Weights weights) {
    double penalty = 0;
    for (int i = 0; i < weights.parameters().size(); i++) {
      Parameter parameter = weights.parameters().get(i);
      if (parameter.trainable()) {
        penalty += parameter.settings().regularizer().penalty(weights.values(i));
      }
    }
    return penalty;
  }

  /**
   * Takes the steps of the epoch after the history.
   *
   * @param begun what its steps before came to
   */
  private RunningMetrics trainEpoch(
      TrainingSession session, Batches batches, History history, EpochSums begun, long started)
      throws IOException {
    int epoch = history.epochs().size() + 1;
    listeners.forEach(listener -> listener.epochStarted(epoch, batches.samples()));
    session.begin(epoch, settings.optimizerAfter(history).common().learningRate());
    RunningMetrics metrics = new RunningMetrics(begun);
    Optional<int[]> next = Optional.empty();
    for (int i = batches.batchesOf(begun.samples()); i < batches.batches() && !stopped; i++) {
      int[] batch = next.isPresent() ? next.get() : batches.batch(i);
      next = i + 1 < batches.batches() ? Optional.of(batches.batch(i + 1)) : Optional.empty();
      add(metrics, session.step(batch, next), batch);
      if (!Double.isFinite(metrics.loss())) {
        throw DivergedException.inStep(epoch, i + 1);
      }
      for (TrainingListener listener : listeners) {
        listener.stepFinished(metrics.samples(), metrics.loss(), metrics.accuracy());
        listener.stateReached(() -> session.state(history, metrics.sums(secondsSince(started))));
      }
    }
    return metrics;
  }

  private void add(RunningMetrics metrics, TrainingSession.StepResult step, int[] batch) {
    if (settings.supervision().objective().isPresent()) {
      metrics.addImages(step.told(), step.regularization(), batch.length / 2);
    } else {
      metrics.addPairs(
          network.output(), settings.margin(), step.told(), step.regularization(), batch);
    }
  }

  private static boolean isFinite(float[] outputs) {
    for (float output : outputs) {
      if (!Float.isFinite(output)) {
        return false;
      }
    }
    return true;
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }
}
