package dev.siamese.cli;

import dev.siamese.data.ValueRange;
import dev.siamese.evaluation.PairMetrics;
import dev.siamese.exchange.LoadedModel;
import dev.siamese.model.Images;
import dev.siamese.model.OutputProbe;
import dev.siamese.model.PairModel;
import dev.siamese.network.OutputKind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The distance below which, or the similarity above which, a pair is taken for the same class.
 *
 * @param kind what the value is
 * @param value a distance of 0 or greater, or any similarity
 * @param origin where it comes from, in words for the user
 */
record Threshold(OutputKind kind, double value, String origin) {
  /** Where one comes from that was chosen by pairs which are not the test's. */
  static final String VALIDATION_PAIRS = "the most accurate on the validation pairs";

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException when it is not finite, or a negative distance
   */
  Threshold {
    if (kind == OutputKind.DISTANCE && !(value >= 0) || !Double.isFinite(value)) {
      String range =
          switch (kind) {
            case DISTANCE -> "of 0 or greater";
            case SIMILARITY -> "that is finite";
          };
      throw new IllegalArgumentException("expected a threshold " + range + ", found " + value);
    }
  }

  /** The value of an option, which is null where the user gives none. */
  static Optional<Threshold> given(OutputKind kind, Double option) {
    return Optional.ofNullable(option).map(value -> new Threshold(kind, value, "as given"));
  }

  /** The one that a model has of its own. */
  static Optional<Threshold> of(OutputKind kind, LoadedModel model) {
    return model.threshold().isPresent()
        ? Optional.of(new Threshold(kind, model.threshold().getAsDouble(), "stored with the model"))
        : Optional.empty();
  }

  /** The one for want of a better one. */
  static Threshold uncalibrated(OutputKind kind) {
    return new Threshold(kind, PairMetrics.DEFAULT_THRESHOLD, "the default");
  }

  /**
   * What the user should know where most images that show nothing alike count as same.
   *
   * @param model whose outputs are compared with this threshold
   */
  Optional<String> remark(PairModel model) {
    // The model scales pixels by itself.
    return new OutputProbe(Images.shape(model.image()), values -> model::compare)
        .ask(ValueRange.ZERO_TO_ONE)
        .remark(kind, value);
  }

  /** Whether a pair with this output is the same class, for a program. */
  Map<String, Object> json(float output) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("same", kind.isSame(output, value));
    json.put("output", kind.text());
    json.put(kind.text(), output);
    json.put("threshold", value);
    json.put("threshold_origin", origin);
    return json;
  }

  /** Whether a pair with this output is the same class, in words for the user. */
  String verdict(float output) {
    return String.format(
        Locale.ROOT,
        "%s: %s %.4f, threshold %.4f (%s)",
        kind.isSame(output, value) ? "same" : "different",
        kind.text(),
        output,
        value,
        origin);
  }
}
