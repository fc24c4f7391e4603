package dev.siamese.exchange;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.siamese.data.Fit;
import dev.siamese.data.Ink;
import dev.siamese.data.Preparation;
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
 * @param pictures what is done to pictures; older files do not tell it
 */
record ModelDescription(
    OutputKind output, ValueRange values, OptionalDouble threshold, Optional<Pictures> pictures) {
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
  private record Form(
      String output,
      String values,
      Double threshold,
      String size,
      Integer channels,
      String fit,
      String ink) {}

  /**
   * What is done to pictures.
   *
   * @param size the images' height and width, with a cross between; the network tells it too
   * @param channels theirs; the network tells them too
   */
  record Pictures(String size, int channels, Fit fit, Ink ink) {
    static Pictures of(Preparation preparation) {
      return new Pictures(
          "%dx%d".formatted(preparation.shape().height(), preparation.shape().width()),
          preparation.shape().channels(),
          preparation.fit(),
          preparation.ink());
    }

    private static Optional<Pictures> of(Form form) {
      boolean told = form.size != null && form.channels != null && form.fit != null;
      return told && form.ink != null
          ? Optional.of(new Pictures(form.size, form.channels, Fit.of(form.fit), Ink.of(form.ink)))
          : Optional.empty();
    }
  }

  static ModelDescription of(StoredModel stored) {
    return new ModelDescription(
        stored.model().network().output(),
        stored.model().values(),
        stored.threshold(),
        stored.assumed()
            ? Optional.empty()
            : Optional.of(Pictures.of(stored.model().preparation())));
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
              form.threshold == null ? OptionalDouble.empty() : OptionalDouble.of(form.threshold),
              Pictures.of(form));
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
                    threshold.isPresent() ? threshold.getAsDouble() : null,
                    pictures.map(Pictures::size).orElse(null),
                    pictures.map(Pictures::channels).orElse(null),
                    pictures.map(Pictures::fit).map(Fit::text).orElse(null),
                    pictures.map(Pictures::ink).map(Ink::text).orElse(null)))
        + "\n";
  }
}
