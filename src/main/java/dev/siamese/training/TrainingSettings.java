package dev.siamese.training;

import dev.siamese.evaluation.PairMetrics;
import dev.siamese.network.Adam;
import dev.siamese.network.Optimizer;
import dev.siamese.training.Supervision.Alike;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to train.
 *
 * @param epochs how often to go through the training samples: pairs, or images where batches are
 *     whole
 * @param batchSize samples in a step
 * @param supervision what a step learns from
 * @param optimizer how weights follow from gradients
 * @param margin distance beyond which pairs of two classes cost nothing
 * @param seed of everything random
 * @param patience ends the training after so many epochs without a lower validation loss
 * @param plateau makes the steps smaller after some
 */
public record TrainingSettings(
    int epochs,
    int batchSize,
    Supervision supervision,
    Optimizer optimizer,
    double margin,
    long seed,
    OptionalInt patience,
    Optional<Plateau> plateau) {
  /** The reference program's number of epochs. */
  public static final int EPOCHS = 5;

  /** The reference program's batch size. */
  public static final int BATCH_SIZE = 64;

  /** Images in a step where batches are whole: as many as the reference program's pairs have. */
  public static final int IMAGES = 2 * BATCH_SIZE;

  /** The fewest images in a step that may have two of each of two classes. */
  private static final int LEAST_IMAGES = 4;

  /** Epochs where batches are whole, in which as many images are seen as in the reference's. */
  public static final int IMAGE_EPOCHS = 4 * EPOCHS;

  /** The reference program's learning rate. */
  public static final double LEARNING_RATE = 0.001;

  /** The reference program's margin. */
  public static final double MARGIN = 1;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public TrainingSettings {
    if (epochs < 1) {
      throw new IllegalArgumentException("expected at least 1 epoch, found " + epochs);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("expected a batch size of at least 1, found " + batchSize);
    }
    if (supervision.objective().isPresent() && batchSize < LEAST_IMAGES) {
      throw new IllegalArgumentException(
          "expected a batch size of at least %d where a loss is taken of whole batches, found %d"
              .formatted(LEAST_IMAGES, batchSize));
    }
    PairMetrics.requireMargin(margin);
    if (patience.isPresent() && patience.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "expected a patience of at least 1 epoch, found " + patience.getAsInt());
    }
  }

  /** Settings that go through all epochs of given pairs. */
  public TrainingSettings(
      int epochs, int batchSize, Optimizer optimizer, double margin, long seed) {
    this(
        epochs,
        batchSize,
        Supervision.GIVEN_PAIRS,
        optimizer,
        margin,
        seed,
        OptionalInt.empty(),
        Optional.empty());
  }

  /** The same with this supervision. */
  public TrainingSettings withSupervision(Supervision other) {
    return new TrainingSettings(
        epochs, batchSize, other, optimizer, margin, seed, patience, plateau);
  }

  /** The same with this optimizer. */
  public TrainingSettings withOptimizer(Optimizer other) {
    return new TrainingSettings(
        epochs, batchSize, supervision, other, margin, seed, patience, plateau);
  }

  /** The same with this patience. */
  public TrainingSettings withPatience(OptionalInt other) {
    return new TrainingSettings(
        epochs, batchSize, supervision, optimizer, margin, seed, other, plateau);
  }

  /** The same with smaller steps on a plateau. */
  public TrainingSettings withPlateau(Plateau other) {
    return new TrainingSettings(
        epochs, batchSize, supervision, optimizer, margin, seed, patience, Optional.of(other));
  }

  /** The optimizer in the epoch after these, in which its steps may be smaller than they were. */
  public Optimizer optimizerAfter(History history) {
    double scale = plateau.map(found -> found.scale(history)).orElse(1.0);
    return scale == 1
        ? optimizer
        : optimizer.with(
            optimizer.common().withLearningRate(optimizer.common().learningRate().times(scale)));
  }

  /**
   * The samples of the largest batch.
   *
   * @param images to learn from
   */
  int samplesTogether(int images) {
    long samples = supervision.alike() == Alike.VIEWS ? 2L * images : images;
    return supervision.objective().isEmpty() ? batchSize : (int) Math.min(batchSize, samples);
  }

  /** Whether there is no further epoch after these. */
  public boolean isOver(History history) {
    return history.epochs().size() >= epochs
        || patience.isPresent() && history.epochsSinceBest() >= patience.getAsInt();
  }

  /** The reference program's settings. */
  public static TrainingSettings reference(long seed) {
    return new TrainingSettings(EPOCHS, BATCH_SIZE, Adam.of(LEARNING_RATE), MARGIN, seed);
  }
}
