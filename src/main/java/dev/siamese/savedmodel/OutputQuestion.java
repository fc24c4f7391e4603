package dev.siamese.savedmodel;

import dev.siamese.data.ValueRange;
import dev.siamese.model.OutputProbe;
import dev.siamese.model.ProbeFinding;
import dev.siamese.network.OutputKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds out what a model says of two images.
 *
 * @param folder of the model, for messages
 * @param known what it says, where that is known
 * @param answers of the model, to be asked
 */
record OutputQuestion(Path folder, Optional<OutputKind> known, SignatureAnswers answers) {

  /**
   * What the model says, by what is known of it, else by what the user claims, else by asking it.
   *
   * @param notices is told what a user should know before trusting it, a line each
   * @throws IOException when the user contradicts the model, or it does not tell
   */
  OutputKind answer(LoadSettings settings, Consumer<String> notices) throws IOException {
    boolean isOurs = known.isPresent() && answers.signatures().pair().isPresent();
    Optional<OutputKind> claimed = settings.output();
    if (known.isPresent() && claimed.isPresent() && !known.equals(claimed)) {
      throw new IOException(
          "expected to be asked for a %s, as the model tells it, found a %s asked of %s"
              .formatted(known.get().text(), claimed.get().text(), folder));
    }
    if (isOurs) {
      return known.get();
    }
    if (known.isPresent()) {
      notices.accept(
          "no signature of two images: distances are the Euclidean ones of the embeddings in "
              + folder);
    }
    OutputProbe probe = probe();
    ProbeFinding finding = probe.ask(settings.values());
    OutputKind kind =
        known
            .or(() -> claimed)
            .or(finding::kind)
            .orElseThrow(() -> unclear(probe, finding, settings));
    remark(probe, settings.values(), finding, kind, notices);
    return kind;
  }

  /** Tells what a user should know before trusting what is known, a line each. */
  void remark(ValueRange values, Consumer<String> notices) {
    OutputProbe probe = probe();
    remark(probe, values, probe.ask(values), known.orElseThrow(), notices);
  }

  private void remark(
      OutputProbe probe,
      ValueRange values,
      ProbeFinding finding,
      OutputKind kind,
      Consumer<String> notices) {
    probe
        .remarks(values, finding, kind)
        .forEach(remark -> notices.accept(remark + ", in " + folder));
  }

  private OutputProbe probe() {
    return new OutputProbe(
        answers.signatures().image(),
        values -> (images, pairs) -> answers.outputs(images, pairs, values));
  }

  private UnclearModelException unclear(
      OutputProbe probe, ProbeFinding finding, LoadSettings settings) {
    Optional<String> values =
        probe
            .betterThan(settings.values(), finding)
            .map(better -> ", or --values %s, where they differ more".formatted(better.text()));
    return new UnclearModelException(
        "expected clearly smaller or clearly greater outputs for equal images than for different"
            + " ones, found %s: say --output distance or --output similarity%s, in %s"
                .formatted(finding, values.orElse(""), folder));
  }
}
