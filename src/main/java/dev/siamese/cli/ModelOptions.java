package dev.siamese.cli;

import dev.siamese.data.Fit;
import dev.siamese.data.Ink;
import dev.siamese.data.NamedChoice;
import dev.siamese.data.ValueRange;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.NetworkSource;
import dev.siamese.network.Distance;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.savedmodel.SavedModelChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** What the user says of a model, for what its files do not tell. */
final class ModelOptions {
  @Option(
      names = "--network",
      paramLabel = "NAME|FILE",
      description =
          "The network: reference, keras-io or koch, or a file of what Keras's model.to_json() says"
              + " of a siamese model or of a twin. Default: what the model's file says, else"
              + " reference.")
  private String network;

  @Option(
      names = "--distance",
      paramLabel = "NAME",
      description =
          "What a Lambda layer computes of the embeddings, whose code is never run, or how those of"
              + " a twin alone are compared: euclidean, squared-euclidean, manhattan or cosine."
              + " Default: euclidean.")
  private String distance;

  @Option(
      names = "--values",
      paramLabel = "RANGE",
      description =
          "What the network expects for pixels: 0..1, 0..255 or -1..1. Default: what is stored with"
              + " the model or its layers tell, else 0..1.")
  private String values;

  @Option(
      names = "--output",
      paramLabel = "distance|similarity",
      description =
          "What the model says of pairs. Default: what is stored with it, or is found out by asking"
              + " it.")
  private String output;

  @Option(
      names = "--fit",
      paramLabel = "pad|crop|stretch",
      description =
          "How pictures of other proportions are brought to the images' size: with ground beside"
              + " them, by their middle, or out of proportion. Default: what is stored with the"
              + " model, else pad.")
  private String fit;

  @Option(
      names = "--ink",
      paramLabel = "NAME",
      description =
          "What is done to pictures: as-is (nothing), bright (dark ink on light ground is"
              + " inverted), auto (either, as the pictures ask for), or handwriting (ink is lifted"
              + " from paper, sized and centred as MNIST has it). Default: what is stored with the"
              + " model, else bright in grey and as-is in colours.")
  private String ink;

  @Option(
      names = "--signature",
      paramLabel = "NAME",
      description =
          "The signature of a SavedModel to use, and no other; NAME:OUTPUT for one of its outputs."
              + " Default: what fits together, or is asked for by name.")
  private String signature;

  @Option(
      names = "--tags",
      split = ",",
      paramLabel = "TAG",
      description =
          "The tags of the graph of a SavedModel to use. Default: serve, else its only graph.")
  private Set<String> tags = Set.of();

  /**
   * The options as one.
   *
   * @throws IllegalArgumentException when one is none of its values
   * @throws IOException when the network's file cannot be read
   */
  ModelHints hints() throws IOException {
    Optional<Distance> named = choice("--distance", distance, Distance.values(), Distance::text);
    Optional<OutputKind> kind = choice("--output", output, OutputKind.values(), OutputKind::text);
    Optional<ValueRange> range = choice("--values", values, ValueRange.values(), ValueRange::text);
    Optional<Fit> fitting = choice("--fit", fit, Fit.values(), Fit::text);
    Optional<Ink> inks = choice("--ink", ink, Ink.values(), Ink::text);
    List<String> notices = new ArrayList<>();
    Optional<SiameseNetwork> given =
        network == null
            ? Optional.empty()
            : Optional.of(NetworkSource.read(network, named, kind, notices));
    notices.forEach(System.err::println);
    return new ModelHints(
        given,
        named,
        range,
        kind,
        new SavedModelChoice(tags, Optional.ofNullable(signature), Optional.empty()),
        fitting,
        inks);
  }

  /** The network as the user named it, if at all. */
  Optional<String> networkName() {
    return Optional.ofNullable(network);
  }

  private static <T> Optional<T> choice(
      String option, String text, T[] choices, Function<T, String> name) {
    if (text == null) {
      return Optional.empty();
    }
    NamedChoice<T> choice = new NamedChoice<>(choices, name);
    return Optional.of(
        choice
            .find(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected one of %s for %s, found %s"
                            .formatted(choice.list(), option, text))));
  }
}
