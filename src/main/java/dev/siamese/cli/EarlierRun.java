package dev.siamese.cli;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.siamese.augmentation.Augmentation;
import dev.siamese.evaluation.PairMetrics;
import dev.siamese.loss.BatchObjective;
import dev.siamese.training.Supervision.Alike;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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
 * @param alike which images were to have embeddings alike
 * @param augmentation how images were changed, if they were
 */
record EarlierRun(
    OptionalDouble margin,
    OptionalInt batchSize,
    Optional<BatchObjective> objective,
    Alike alike,
    Optional<Augmentation> augmentation) {
  private static final EarlierRun UNKNOWN =
      new EarlierRun(
          OptionalDouble.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Alike.CLASSES,
          Optional.empty());

  /** What is needed of config.json; absent members are null. */
  private record Config(
      Double margin,
      Integer batch_size,
      String loss,
      String mining,
      Map<String, Double> loss_settings,
      String alike,
      String augment) {}

  /**
   * Its batch size.
   *
   * @param ofImages whether images are counted, rather than pairs
   */
  OptionalInt batchSize(boolean ofImages) {
    return ofImages == objective.isPresent() ? batchSize : OptionalInt.empty();
  }

  /**
   * That training goes on as it did, in words.
   *
   * @param found the loss and the mining that it goes on with
   * @param source of the model that it goes on from
   */
  String goesOn(BatchObjective found, Path source) {
    return "Training goes on with the loss %s, mining %s, as %s was trained, %s alike (--loss says otherwise)."
        .formatted(found.lossName(), found.minerName(), source, alike.words());
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

  /** What its loss was set to; earlier runs wrote no more than a margin. */
  private static Map<String, Double> settings(Config config) {
    return config.loss_settings == null ? Map.of() : config.loss_settings;
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
              .map(loss -> BatchObjective.of(loss, Optional.ofNullable(config.mining)))
              .map(objective -> objective.with(settings(config))),
          Alike.VIEWS.text().equals(config.alike) ? Alike.VIEWS : Alike.CLASSES,
          Optional.ofNullable(config.augment).map(Augmentation::of));
    } catch (JsonParseException | IllegalArgumentException e) {
      throw new IOException(
          "expected the settings of a run, found something else in %s (%s)"
              .formatted(source, e.getMessage()),
          e);
    }
  }
}
