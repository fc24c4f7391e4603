package dev.siamese.training;

import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.RandomStream;
import dev.siamese.evaluation.ContrastiveMetrics;
import dev.siamese.model.Architecture;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SiameseModel;
import dev.siamese.model.TrainingState;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.util.List;

/**
 * The epoch loop: shuffle the pairs, take a step a batch, validate.
 *
 * <p>Everything random is fixed by the settings' seed and the step, so that a run can be repeated
 * on as many threads, and continued from any epoch's end, bit by bit.
 */
public final class Trainer {
  private final TrainingSettings settings;
  private final SessionSettings system;
  private final List<TrainingListener> listeners;
  private volatile boolean stopped;

  /**
   * A trainer.
   *
   * @param listeners see epochs and steps, in this order
   */
  public Trainer(
      TrainingSettings settings, SessionSettings system, List<TrainingListener> listeners) {
    this.settings = settings;
    this.system = system;
    this.listeners = List.copyOf(listeners);
  }

  /** Asks the training to end after the step that is being taken; for use by any thread. */
  public void stop() {
    stopped = true;
  }

  /**
   * Trains from the given state up to the settings' number of epochs.
   *
   * @return the state after the last epoch that was finished
   * @throws IllegalArgumentException when the images are not 28×28
   * @throws DivergedException when the loss is no longer finite
   * @throws IOException when a listener cannot record an epoch
   */
  public RunState train(PairedImages train, PairedImages validation, RunState start)
      throws IOException {
    Architecture.requireImages(validation.images());
    RunState state = start;
    try (TrainingSession session =
        new TrainingSession(train.images(), settings, system, start.training())) {
      for (int epoch = start.history().epochs().size() + 1; epoch <= settings.epochs(); epoch++) {
        long started = System.nanoTime();
        RunningMetrics trained = trainEpoch(session, train.pairs(), epoch);
        if (trained.pairs() < train.pairs().size()) {
          return state;
        }
        double trainSeconds = secondsSince(started);
        TrainingState reached = session.state();
        float[] distances = distances(reached.weights(), validation);
        if (!reached.weights().isFinite() || !isFinite(distances)) {
          throw new DivergedException(epoch);
        }
        byte[] labels = validation.pairs().labels();
        EpochResult result =
            new EpochResult(
                epoch,
                trained.loss(),
                trained.accuracy(),
                ContrastiveMetrics.loss(distances, labels, settings.margin()),
                ContrastiveMetrics.accuracy(
                    distances, labels, ContrastiveMetrics.DEFAULT_THRESHOLD),
                secondsSince(started),
                train.pairs().size() / trainSeconds);
        state = new RunState(state.history().with(result), reached);
        for (TrainingListener listener : listeners) {
          listener.epochFinished(state);
        }
      }
    }
    return state;
  }

  private float[] distances(Weights weights, PairedImages pairs) {
    try (SiameseModel model = new InferenceModel(weights, system)) {
      return model.distances(pairs.images(), pairs.pairs());
    }
  }

  private RunningMetrics trainEpoch(TrainingSession session, Pairs pairs, int epoch) {
    listeners.forEach(listener -> listener.epochStarted(epoch, pairs.size()));
    ShuffledPairs shuffled =
        new ShuffledPairs(
            pairs, settings.batchSize(), RandomStream.SHUFFLE.generator(settings.seed(), epoch));
    RunningMetrics metrics = new RunningMetrics(settings.margin());
    for (int i = 0; i < shuffled.batches() && !stopped; i++) {
      int[] batch = shuffled.batch(i);
      metrics.add(session.step(batch), batch);
      if (!Double.isFinite(metrics.loss())) {
        throw new DivergedException(epoch);
      }
      for (TrainingListener listener : listeners) {
        listener.stepFinished(metrics.pairs(), metrics.loss(), metrics.accuracy());
      }
    }
    return metrics;
  }

  private static boolean isFinite(float[] distances) {
    for (float distance : distances) {
      if (!Float.isFinite(distance)) {
        return false;
      }
    }
    return true;
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }
}
