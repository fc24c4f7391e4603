package dev.siamese.cli;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.siamese.evaluation.PairMetrics;
import dev.siamese.loss.BatchObjective;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The settings that a model was trained with, as config.json has them, which travels in the
 * checkpoints.
 *
 * @param margin of the loss
 * @param batchSize samples in a step
 * @param objective the loss and the mining of whole batches; empty where pairs were given
 */
record EarlierRun(
    OptionalDouble margin, OptionalInt batchSize, Optional<BatchObjective> objective) {
  private static final EarlierRun UNKNOWN =
      new EarlierRun(OptionalDouble.empty(), OptionalInt.empty(), Optional.empty());

  /** What is needed of config.json; absent members are null. */
  private record Config(Double margin, Integer batch_size, String loss, String mining) {}

  /**
   * Its batch size.
   *
   * @param ofImages whether images are counted, rather than pairs
   */
  OptionalInt batchSize(boolean ofImages) {
    return ofImages == objective.isPresent() ? batchSize : OptionalInt.empty();
  }

  /**
   * The run that a text tells of, if there is one.
   *
   * @param source what it is from, for messages
   * @throws IOException when it is no config.json
   */
  static EarlierRun of(Optional<String> config, String source) throws IOException {
    return config.isPresent() ? parse(config.get(), "config.json in " + source) : UNKNOWN;
  }

  private static EarlierRun parse(String json, String source) throws IOException {
    try {
      Config config = new Gson().fromJson(json, Config.class);
      if (config == null) {
        return UNKNOWN;
      }
      if (config.batch_size != null && config.batch_size < 1) {
        throw new IllegalArgumentException("a batch_size of " + config.batch_size);
      }
      return new EarlierRun(
          config.margin == null
              ? OptionalDouble.empty()
              : OptionalDouble.of(PairMetrics.requireMargin(config.margin)),
          config.batch_size == null ? OptionalInt.empty() : OptionalInt.of(config.batch_size),
          Optional.ofNullable(config.loss)
              .map(loss -> BatchObjective.of(loss, Optional.ofNullable(config.mining))));
    } catch (JsonParseException | IllegalArgumentException e) {
      throw new IOException(
          "expected the settings of a run, found something else in %s (%s)"
              .formatted(source, e.getMessage()),
          e);
    }
  }
}
