package dev.siamese.cli;

import java.time.Duration;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** When a training ends, and what is kept of it. */
final class KeepingOptions {
  private static final double MINUTE_MILLIS = 60_000;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "End after N epochs without a lower validation loss. Default: go through all epochs.")
  private Integer patience;

  @Option(
      names = "--keep",
      paramLabel = "best|last",
      description =
          "Measure and export the epoch of the lowest validation loss, or the last. Default: last.")
  private Keep keep = Keep.LAST;

  @Option(
      names = "--checkpoint-minutes",
      paramLabel = "X",
      description =
          "Within an epoch too, write a checkpoint every X minutes. Default: ${DEFAULT-VALUE}.")
  private double checkpointMinutes = 5;

  @Option(
      names = "--resume",
      description =
          "Go on with the run in --out from its newest checkpoint, with its own settings, to the"
              + " same end as if it had not been stopped; --epochs may grow, but not under --lr-schedule cosine.")
  private boolean resume;

  /** Which epoch is measured and exported. */
  Keep keep() {
    return keep;
  }

  /** Whether a run goes on. */
  boolean resume() {
    return resume;
  }

  OptionalInt patience() {
    return patience == null ? OptionalInt.empty() : OptionalInt.of(patience);
  }

  /**
   * The time between checkpoints.
   *
   * @throws IllegalArgumentException when it is not above 0
   */
  Duration betweenCheckpoints() {
    if (!(checkpointMinutes > 0)) {
      throw new IllegalArgumentException(
          "expected --checkpoint-minutes above 0, found " + checkpointMinutes);
    }
    return Duration.ofMillis((long) (checkpointMinutes * MINUTE_MILLIS));
  }
}
