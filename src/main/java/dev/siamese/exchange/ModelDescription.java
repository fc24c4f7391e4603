package dev.siamese.exchange;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.siamese.data.ValueRange;
import dev.siamese.network.OutputKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What neither layers nor weights tell of a model. It travels with the model, as {@code model.json}
 * in a {@code .keras} file and in the assets.extra of a SavedModel.
 *
 * @param output what the model says of pairs
 * @param values what it expects for pixels
 * @param threshold below which a distance, or above which a similarity, means the same class
 */
record ModelDescription(OutputKind output, ValueRange values, OptionalDouble threshold) {
  /** The name of the text. */
  static final String NAME = "model.json";

  /**
   * Checks the threshold.
   *
   * @throws IllegalArgumentException when it is not finite
   */
  ModelDescription {
    if (threshold.isPresent() && !Double.isFinite(threshold.getAsDouble())) {
      throw new IllegalArgumentException(
          "expected a finite threshold, found " + threshold.getAsDouble());
    }
  }

  /** The members as JSON has them; absent ones are null. */
  private record Form(String output, String values, Double threshold) {}

  static ModelDescription of(StoredModel stored) {
    return new ModelDescription(
        stored.model().network().output(), stored.model().values(), stored.threshold());
  }

  /**
   * Reads the text.
   *
   * @param source what it is from, for messages
   * @throws IOException when it is none
   */
  static ModelDescription parse(String json, String source) throws IOException {
    try {
      Form form = new Gson().fromJson(json, Form.class);
      if (form != null && form.output != null && form.values != null) {
        Optional<OutputKind> output =
            Arrays.stream(OutputKind.values())
                .filter(kind -> kind.text().equals(form.output))
                .findFirst();
        if (output.isPresent()) {
          return new ModelDescription(
              output.get(),
              ValueRange.of(form.values),
              form.threshold == null ? OptionalDouble.empty() : OptionalDouble.of(form.threshold));
        }
      }
    } catch (JsonParseException | IllegalArgumentException e) {
      throw new IOException(
          "expected output and values of a model, found other text in %s in %s"
              .formatted(NAME, source),
          e);
    }
    throw new IOException(
        "expected output and values of a model, found other text in %s in %s"
            .formatted(NAME, source));
  }

  String json() {
    return new Gson()
            .toJson(
                new Form(
                    output.text(),
                    values.text(),
                    threshold.isPresent() ? threshold.getAsDouble() : null))
        + "\n";
  }
}
