package dev.siamese.model;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.network.OutputKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds out what the outputs of a model mean that does not tell, by asking it: of images with
 * themselves and of images with others.
 */
public final class OutputProbe {
  /** By how much more outputs differ at the right values than at wrong ones, at least. */
  private static final double CLEARLY_MORE = 10;

  private final LabeledImages images;
  private final Function<ValueRange, Outputs> model;

  /** What a model says of pairs of images, one number a pair. */
  @FunctionalInterface
  public interface Outputs {
    /** Asks it. */
    float[] of(LabeledImages images, Pairs pairs);
  }

  /**
   * A probe of a model.
   *
   * @param image the shape of the images that it takes
   * @param model by the values that it is given for their pixels
   */
  public OutputProbe(ImageShape image, Function<ValueRange, Outputs> model) {
    this.images = images(image);
    this.model = model;
  }

  /** The images that models are asked about: ten, which no network should take for each other. */
  public static LabeledImages images(ImageShape shape) {
    return new ProbeImages(shape).draw();
  }

  /** Asks the model, giving it these values. */
  public ProbeFinding ask(ValueRange values) {
    Outputs outputs = model.apply(values);
    return new ProbeFinding(
        outputs.of(images, ProbeImages.withThemselves(images)),
        outputs.of(images, ProbeImages.withOthers(images)));
  }

  /**
   * Other values at which the outputs differ clearly more; empty unless they hardly differ at
   * these.
   *
   * @param found by {@link #ask} with these values
   */
  public Optional<ValueRange> betterThan(ValueRange values, ProbeFinding found) {
    if (!found.hardlyDiffers()) {
      return Optional.empty();
    }
    return Arrays.stream(ValueRange.values())
        .filter(other -> other != values)
        .filter(
            other -> {
              ProbeFinding there = ask(other);
              return !there.hardlyDiffers()
                  && there.difference() > CLEARLY_MORE * found.difference();
            })
        .findFirst();
  }

  /**
   * What a user should know before trusting the outputs, a line each.
   *
   * @param values that the model is given
   * @param found by {@link #ask} with these values
   * @param kind what the outputs are
   */
  public List<String> remarks(ValueRange values, ProbeFinding found, OutputKind kind) {
    List<String> remarks = new ArrayList<>();
    String outputs = kind == OutputKind.DISTANCE ? "distances" : "similarities";
    if (found.differsFrom(ask(values))) {
      remarks.add("its %s change from call to call, as of random layers".formatted(outputs));
    }
    if (found.hardlyDiffers()) {
      String better =
          betterThan(values, found)
              .map(other -> "; --values %s may be right".formatted(other.text()))
              .orElse(", nor at other values");
      remarks.add("its %s hardly differ at %s%s".formatted(outputs, values.text(), better));
    }
    if (kind == OutputKind.SIMILARITY && found.leavesUnitInterval()) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "its similarities are not within 0 to 1, found %.3g to %.3g",
              found.least(),
              found.greatest()));
    }
    return remarks;
  }
}
