package dev.siamese.training;

import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.RandomStream;
import dev.siamese.evaluation.ContrastiveMetrics;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SiameseModel;
import dev.siamese.model.TrainingState;
import dev.siamese.model.Weights;
import java.io.IOException;

/**
 * The epoch loop: shuffle the pairs, take a step a batch, validate.
 *
 * <p>Everything random is fixed by the settings' seed and the step, so that a run can be repeated,
 * and continued from any epoch's end, bit by bit.
 */
public final class Trainer {
  private final TrainingSettings settings;
  private final SessionSettings system;
  private final TrainingListener listener;

  /**
   * A trainer.
   *
   * @param listener sees epochs and steps
   */
  public Trainer(TrainingSettings settings, SessionSettings system, TrainingListener listener) {
    this.settings = settings;
    this.system = system;
    this.listener = listener;
  }

  /**
   * Trains from the given state up to the settings' number of epochs.
   *
   * @param history the epochs that led to the state
   * @return all epochs
   * @throws DivergedException when the loss is no longer finite
   * @throws InterruptedException when the thread is interrupted, which it notices after a step
   * @throws IOException when the listener cannot record an epoch
   */
  public History train(
      PairedImages train, PairedImages validation, TrainingState start, History history)
      throws IOException, InterruptedException {
    try (TrainingSession session = new TrainingSession(train.images(), settings, system, start)) {
      for (int epoch = history.epochs().size() + 1; epoch <= settings.epochs(); epoch++) {
        long started = System.nanoTime();
        RunningMetrics trained = trainEpoch(session, train.pairs(), epoch);
        double trainSeconds = secondsSince(started);
        TrainingState state = session.state();
        if (!state.weights().isFinite()) {
          throw new DivergedException(epoch);
        }
        float[] distances = distances(state.weights(), validation);
        byte[] labels = validation.pairs().labels();
        history =
            history.with(
                new EpochResult(
                    epoch,
                    trained.loss(),
                    trained.accuracy(),
                    ContrastiveMetrics.loss(distances, labels, settings.margin()),
                    ContrastiveMetrics.accuracy(
                        distances, labels, ContrastiveMetrics.DEFAULT_THRESHOLD),
                    secondsSince(started),
                    train.pairs().size() / trainSeconds));
        listener.epochFinished(history, state);
      }
    }
    return history;
  }

  private float[] distances(Weights weights, PairedImages pairs) {
    try (SiameseModel model = new InferenceModel(weights, system)) {
      return model.distances(pairs.images(), pairs.pairs());
    }
  }

  private RunningMetrics trainEpoch(TrainingSession session, Pairs pairs, int epoch)
      throws InterruptedException {
    listener.epochStarted(epoch, pairs.size());
    ShuffledPairs shuffled =
        new ShuffledPairs(
            pairs, settings.batchSize(), RandomStream.SHUFFLE.generator(settings.seed(), epoch));
    RunningMetrics metrics = new RunningMetrics(settings.margin());
    for (int i = 0; i < shuffled.batches(); i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted in epoch " + epoch);
      }
      int[] batch = shuffled.batch(i);
      metrics.add(session.step(batch), batch);
      if (!Double.isFinite(metrics.loss())) {
        throw new DivergedException(epoch);
      }
      listener.stepFinished(metrics.pairs(), metrics.loss(), metrics.accuracy());
    }
    return metrics;
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }
}
