package dev.siamese.loss;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a batch is to teach.
 *
 * @param loss over the batch
 * @param miner chooses what of it counts, one that suits the loss
 */
public record BatchObjective(BatchLoss loss, Miner miner) {

  /**
   * Checks that they go together.
   *
   * @throws IllegalArgumentException when the miner is not one of {@link BatchLoss#miners}
   */
  public BatchObjective {
    if (loss.miners().stream().noneMatch(suited -> suited.getClass() == miner.getClass())) {
      throw unsuited(loss, miner.text());
    }
  }

  /** The loss with the miner that it has without being told. */
  public static BatchObjective of(BatchLoss loss) {
    return new BatchObjective(loss, loss.miners().get(0));
  }

  /**
   * Loss and miner at their defaults, by their names on the command line.
   *
   * @param minerName empty for the one that the loss has without being told
   * @throws IllegalArgumentException when there is no such loss, or it has no such miner
   */
  public static BatchObjective of(String lossName, Optional<String> minerName) {
    BatchLoss loss =
        BatchLoss.all().stream()
            .filter(one -> one.text().equals(lossName))
            .findAny()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected a loss of %s, found %s".formatted(lossNames(), lossName)));
    return minerName.map(name -> new BatchObjective(loss, miner(loss, name))).orElse(of(loss));
  }

  /** All pairs of a loss and a miner that suit each other, at their defaults. */
  public static List<BatchObjective> all() {
    return BatchLoss.all().stream()
        .flatMap(loss -> loss.miners().stream().map(miner -> new BatchObjective(loss, miner)))
        .toList();
  }

  /** Whether its loss is the contrastive one, which has the margin of given pairs. */
  public boolean isContrastive() {
    return loss instanceof PairContrastive;
  }

  /**
   * The same with some of its loss's settings.
   *
   * @param changed by the names of {@link BatchLoss#settings}
   * @throws IllegalArgumentException when the loss has no such setting, or it is out of its range
   */
  public BatchObjective with(Map<String, Double> changed) {
    Map<String, Double> settings = new TreeMap<>(loss.settings());
    for (String name : changed.keySet()) {
      if (changed.get(name) == null || withSetting(name).isEmpty()) {
        throw new IllegalArgumentException(
            "expected numbers for %s of the loss %s, found %s"
                .formatted(settings.keySet(), loss.text(), changed));
      }
      if (!settings.containsKey(name)) {
        throw new IllegalArgumentException(
            "expected a loss with a %s, %s; found %s"
                .formatted(name, withSetting(name), loss.text()));
      }
    }
    settings.putAll(changed);
    BatchLoss set = loss.with(settings);
    return new BatchObjective(set, within(set, miner));
  }

  /** Semi-hard triplets are those within the margin of their loss, if it has one. */
  private static Miner within(BatchLoss loss, Miner miner) {
    return loss instanceof Triplet triplet
            && triplet.margin().isPresent()
            && miner instanceof SemiHard
        ? new SemiHard(triplet.margin().getAsDouble())
        : miner;
  }

  /** The losses that have a setting. */
  private static String withSetting(String name) {
    return BatchLoss.all().stream()
        .filter(loss -> loss.settings().containsKey(name))
        .map(BatchLoss::text)
        .collect(Collectors.joining(" or "));
  }

  /** The loss's name on the command line. */
  public String lossName() {
    return loss.text();
  }

  /** The miner's name on the command line. */
  public String minerName() {
    return miner.text();
  }

  private static Miner miner(BatchLoss loss, String name) {
    return loss.miners().stream()
        .filter(suited -> suited.text().equals(name))
        .findAny()
        .orElseThrow(() -> unsuited(loss, name));
  }

  private static IllegalArgumentException unsuited(BatchLoss loss, String miner) {
    return new IllegalArgumentException(
        "expected for the loss %s a mining of %s, found %s"
            .formatted(
                loss.text(),
                loss.miners().stream().map(Miner::text).collect(Collectors.joining(", ")),
                miner));
  }

  private static String lossNames() {
    return BatchLoss.all().stream().map(BatchLoss::text).collect(Collectors.joining(", "));
  }
}
