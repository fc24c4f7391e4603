package dev.siamese.training;

import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
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

/**
 * The epoch loop: shuffle the pairs, take a step a batch, validate.
 *
 * <p>Everything random is fixed by the settings' seed and the step, so that a run can be repeated
 * on as many threads, and continued from any step, bit by bit.
 */
public final class Trainer {
  private final SiameseNetwork network;
  private final ValueRange values;
  private final TrainingSettings settings;
  private final SessionSettings system;
  private final List<TrainingListener> listeners;
  private volatile boolean stopped;

  /**
   * A trainer.
   *
   * @param network that is trained
   * @param values what it expects for pixels
   * @param listeners see epochs and steps, in this order
   */
  public Trainer(
      SiameseNetwork network,
      ValueRange values,
      TrainingSettings settings,
      SessionSettings system,
      List<TrainingListener> listeners) {
    this.network = network;
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
   * @return the state after the last epoch that was finished
   * @throws IllegalArgumentException when the images are not of the network's size
   * @throws DivergedException when the loss is no longer finite
   * @throws IOException when a listener cannot record an epoch
   */
  public RunState train(PairedImages train, PairedImages validation, RunState start)
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
        RunningMetrics trained = trainEpoch(session, train.pairs(), history, begun, started);
        begun = EpochSums.NONE;
        if (trained.pairs() < train.pairs().size()) {
          return state;
        }
        double trainSeconds = secondsSince(started);
        float[] outputs = session.compare(validation.images(), validation.pairs());
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
        EpochResult result =
            new EpochResult(
                epoch,
                trained.loss(),
                trained.accuracy(),
                PairMetrics.loss(validated, settings.margin()).orElse(Double.NaN)
                    + penalty(reached.weights()),
                PairMetrics.accuracy(validated, PairMetrics.DEFAULT_THRESHOLD),
                secondsSince(started),
                train.pairs().size() / trainSeconds);
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
    return Tower.Design.of(network, values, settings, system);
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
      TrainingSession session, Pairs pairs, History history, EpochSums begun, long started)
      throws IOException {
    int epoch = history.epochs().size() + 1;
    listeners.forEach(listener -> listener.epochStarted(epoch, pairs.size()));
    ShuffledPairs shuffled =
        new ShuffledPairs(
            pairs, settings.batchSize(), RandomStream.SHUFFLE.generator(settings.seed(), epoch));
    RunningMetrics metrics = new RunningMetrics(network.output(), settings.margin(), begun);
    for (int i = shuffled.batchesOf(begun.pairs()); i < shuffled.batches() && !stopped; i++) {
      int[] batch = shuffled.batch(i);
      metrics.add(session.step(batch), batch);
      if (!Double.isFinite(metrics.loss())) {
        throw DivergedException.inStep(epoch, i + 1);
      }
      for (TrainingListener listener : listeners) {
        listener.stepFinished(metrics.pairs(), metrics.loss(), metrics.accuracy());
        listener.stateReached(() -> session.state(history, metrics.sums(secondsSince(started))));
      }
    }
    return metrics;
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
