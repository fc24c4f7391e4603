package dev.siamese.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The results of a run's epochs, in order.
 *
 * @param epochs one result an epoch
 */
public record History(List<EpochResult> epochs) {

  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /** A run before its first epoch. */
  public static History empty() {
    return new History(List.of());
  }

  /** This history with one more epoch. */
  public History with(EpochResult result) {
    List<EpochResult> longer = new ArrayList<>(epochs);
    longer.add(result);
    return new History(longer);
  }

  /**
   * The last epoch.
   *
   * @throws IndexOutOfBoundsException before the first
   */
  public EpochResult last() {
    return epochs.get(epochs.size() - 1);
  }

  /** The epoch with the lowest validation loss, of several the first. */
  public Optional<EpochResult> best() {
    return epochs.stream().min(Comparator.comparingDouble(EpochResult::validationLoss));
  }

  /** How many epochs came after the best. */
  public int epochsSinceBest() {
    return best().map(best -> last().epoch() - best.epoch()).orElse(0);
  }
}
