package dev.siamese.savedmodel;

import dev.siamese.data.ValueRange;
import dev.siamese.model.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.proto.MetaGraphDef;

/**
 * Loads the graph of a SavedModel, and chooses which of its signatures are used.
 *
 * @param metaGraph of the folder
 * @param candidates its signatures
 * @param own what makes it one of ours, if it is
 */
record ModelLoader(
    Path folder,
    MetaGraphDef metaGraph,
    SignatureCandidates candidates,
    Optional<OwnSignatures> own) {

  /** What a model is loaded for. */
  enum Use {
    /** To compare images; embeddings are told where there is no doubt which they are. */
    COMPARE {
      @Override
      ImageSignatures choose(SignatureCandidates all, SignatureSelection selection)
          throws IOException {
        Optional<ImageSignature> pair = selection.pair();
        Optional<ImageSignature> embedding =
            pair.isEmpty()
                ? selection.embedding(pair)
                : all.embeddings().size() == 1
                    ? Optional.of(all.embeddings().get(0))
                    : selection.embeddingOf(pair.get());
        return new ImageSignatures(all.image(), embedding, pair);
      }
    },
    /** To embed images alone. */
    EMBED {
      @Override
      ImageSignatures choose(SignatureCandidates all, SignatureSelection selection)
          throws IOException {
        Optional<ImageSignature> embedding = selection.embedding(selection.pairIfClear());
        return new ImageSignatures(all.image(), embedding, Optional.empty());
      }
    },
    /** To compare another model with it, by what is sure to belong together. */
    WEIGHTS {
      @Override
      ImageSignatures choose(SignatureCandidates all, SignatureSelection selection)
          throws IOException {
        Optional<ImageSignature> pair = selection.pair();
        Optional<ImageSignature> embedding =
            pair.isEmpty() ? selection.embedding(pair) : selection.embeddingOf(pair.get());
        return new ImageSignatures(all.image(), embedding, pair);
      }
    };

    abstract ImageSignatures choose(SignatureCandidates all, SignatureSelection selection)
        throws IOException;
  }

  /**
   * Loads it, to ask its signatures.
   *
   * @param values what it is fed for pixels
   * @param notices is told which signatures are taken where that is a choice, a line each
   * @throws IOException when TensorFlow cannot load and run it, or it is not clear which signature
   *     to take
   */
  SignatureAnswers load(
      SessionSettings settings, ValueRange values, Use use, Consumer<String> notices)
      throws IOException {
    try (PlainFolder plain = new PlainFolder(folder)) {
      return load(plain.path(), settings, values, use, notices);
    }
  }

  private SignatureAnswers load(
      Path plain, SessionSettings settings, ValueRange values, Use use, Consumer<String> notices)
      throws IOException {
    SavedModelBundle bundle;
    try {
      bundle =
          SavedModelBundle.loader(plain.toString())
              .withTags(metaGraph.getMetaInfoDef().getTagsList().toArray(String[]::new))
              .withConfigProto(settings.config())
              .load();
    } catch (RuntimeException e) {
      throw notLoaded(e);
    }
    try {
      restore(plain, bundle);
      SignatureRunner runner =
          new SignatureRunner(
              folder.toString(), bundle.session(), settings.threads(), bundle::close);
      ImageSignatures chosen =
          own.isPresent()
              ? candidates.first()
              : use.choose(candidates, new SignatureSelection(candidates, runner, values, notices));
      Optional<GraphPart> head =
          chosen.pair().isEmpty()
              ? Optional.empty()
              : own.flatMap(signatures -> signatures.head(bundle.graph()));
      return new SignatureAnswers(runner, chosen, head).triedOut();
    } catch (RuntimeException e) {
      bundle.close();
      throw notLoaded(e);
    } catch (IOException e) {
      bundle.close();
      throw e;
    }
  }

  private void restore(Path plain, SavedModelBundle bundle) throws IOException {
    try (Checkpoint checkpoint = new Checkpoint(plain)) {
      VariableRestoration restoration = new VariableRestoration(plain, bundle);
      for (ImageSignature signature : candidates.all().toList()) {
        restoration.complete(signature, used -> variables(checkpoint).of(used));
      }
      if (metaGraph.hasObjectGraphDef() && Files.exists(SavedModelFiles.checkpointIndex(folder))) {
        // Not needed to run the model, but where it is cut off the file is damaged.
        variables(checkpoint);
      }
    }
  }

  /** The variables of the folder. */
  StoredVariables variables(Checkpoint checkpoint) throws IOException {
    return new StoredVariables(folder, metaGraph.getObjectGraphDef(), checkpoint);
  }

  /** TensorFlow's own complaints run over many lines, of which the first says what is wrong. */
  IOException notLoaded(RuntimeException cause) {
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new IOException(
        "expected a whole SavedModel, found one that TensorFlow cannot run in %s (%s)"
            .formatted(folder, message),
        cause);
  }
}
