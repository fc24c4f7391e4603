package dev.siamese.savedmodel;

import dev.siamese.model.OutputProbe;
import dev.siamese.model.ProbeFinding;
import dev.siamese.network.OutputKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
    OutputProbe probe =
        new OutputProbe(
            answers.signatures().image(),
            values -> (images, pairs) -> answers.outputs(images, pairs, values));
    ProbeFinding finding = probe.ask(settings.values());
    OutputKind kind =
        known
            .or(() -> claimed)
            .or(finding::kind)
            .orElseThrow(() -> unclear(probe, finding, settings));
    List<String> remarks = probe.remarks(settings.values(), finding, kind);
    remarks.forEach(remark -> notices.accept(remark + ", in " + folder));
    return kind;
  }

  private IOException unclear(OutputProbe probe, ProbeFinding finding, LoadSettings settings) {
    Optional<String> values =
        probe
            .betterThan(settings.values(), finding)
            .map(better -> ", or --values %s, where they differ more".formatted(better.text()));
    return new IOException(
        "expected clearly smaller or clearly greater outputs for equal images than for different"
            + " ones, found %s: say --output distance or --output similarity%s, in %s"
                .formatted(finding, values.orElse(""), folder));
  }
}
