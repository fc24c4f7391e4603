package dev.siamese.savedmodel;

import dev.siamese.data.ValueRange;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import dev.siamese.savedmodel.ModelLoader.Use;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;

/**
 * Reads a SavedModel folder: one of {@link SavedModelWriter}, or one that Python exported of a
 * siamese network or of a twin alone.
 *
 * <p>A SavedModel is a program, which TensorFlow runs as it is: load only those you trust.
 */
public final class SavedModelReader {
  private final Path folder;
  private final SignatureCandidates candidates;
  private final Optional<OwnSignatures> own;
  private final ModelLoader loader;
  private final List<String> remarks;

  private SavedModelReader(
      Path folder, MetaGraphDef metaGraph, SignatureCandidates candidates, List<String> remarks) {
    this.folder = folder;
    this.candidates = candidates;
    this.remarks = remarks;
    own = OwnSignatures.find(metaGraph, candidates.first());
    loader = new ModelLoader(folder, metaGraph, candidates, own);
  }

  /** Whether this is a folder with a SavedModel in it, good or bad. */
  public static boolean isSavedModel(Path folder) {
    return Files.exists(SavedModelFiles.model(folder));
  }

  /** What a folder holds, as {@link #open(Path, SavedModelChoice)} with no choice made. */
  public static SavedModelReader open(Path folder) throws IOException {
    return open(folder, SavedModelChoice.DEFAULT);
  }

  /**
   * Checks a folder, as far as can be without loading the network.
   *
   * @param choice what of it is to be used
   * @throws IOException when it is none, its files are missing or damaged, it has nothing of that
   *     choice, or no signature for images of one size in 1 or 3 channels
   */
  public static SavedModelReader open(Path folder, SavedModelChoice choice) throws IOException {
    SavedModelGraphs graphs = SavedModelGraphs.read(folder);
    List<String> remarks = new ArrayList<>();
    MetaGraphDef metaGraph = graphs.choose(choice.tags(), remarks);
    SavedModelFiles.requireVariables(folder, metaGraph);
    Map<String, SignatureDef> signatures = graphs.signatures(metaGraph, choice.signature());
    SignatureCandidates candidates =
        SignatureCandidates.find(signatures, choice.image())
            .orElseThrow(() -> graphs.unusable(signatures));
    if (!candidates.isTold()) {
      remarks.add(
          "it does not tell the size of its images: %s is taken (--network says another one)"
              .formatted(candidates.image()));
    }
    return new SavedModelReader(folder, metaGraph, candidates, remarks);
  }

  /** What there is in a folder, whether or not it can be used, a line each. */
  public static List<String> describe(Path folder) throws IOException {
    return SavedModelGraphs.read(folder).describe();
  }

  /** The shape of the images that it takes: (height, width, channels). */
  public TensorShape image() {
    return candidates.first().imageTensor();
  }

  /** Whether a signature tells embeddings, rather than only to compare two images. */
  public boolean tellsEmbeddings() {
    return !candidates.embeddings().isEmpty();
  }

  /** Whether a signature compares two images, rather than only to tell embeddings. */
  public boolean comparesImages() {
    return !candidates.pairs().isEmpty();
  }

  /**
   * What the model is to be fed for pixels, where the type of its images tells: integers are those
   * of 0 to 255.
   */
  public Optional<ValueRange> values() {
    return candidates.all().allMatch(ImageSignature::takesIntegers)
        ? Optional.of(ValueRange.ZERO_TO_255)
        : Optional.empty();
  }

  /**
   * What the model says of two images: as {@link SavedModelWriter} named it, or the distances of
   * the embeddings where it compares no images; empty of a foreign one, which has to be asked.
   */
  public Optional<OutputKind> output() {
    return comparesImages() ? own.map(OwnSignatures::output) : Optional.of(OutputKind.DISTANCE);
  }

  /** The threshold that {@link SavedModelWriter} stored. */
  public OptionalDouble threshold() {
    return own.isPresent()
        ? OwnSignatures.threshold(loader.metaGraph().getGraphDef())
        : OptionalDouble.empty();
  }

  /**
   * A text that {@link SavedModelWriter} stored beside the model.
   *
   * @param name a plain file name
   * @throws IOException when it is there and cannot be read
   */
  public Optional<String> attachment(String name) throws IOException {
    Path file = SavedModelFiles.extra(folder, name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    ByteBuffer content = ByteBuffer.wrap(SavedModelFiles.read(file));
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(content).toString());
    } catch (CharacterCodingException e) {
      throw new IOException("expected a text, found something else in " + file, e);
    }
  }

  /**
   * Loads the model to compare images, and finds out what it says of two if it does not tell.
   *
   * @param notices is told what a user should know before trusting it, a line each
   * @return the model, which the caller closes
   * @throws IOException when TensorFlow cannot load and run it, it is not clear which signature to
   *     take, or it cannot be found out what it says
   */
  public ServedModel load(LoadSettings settings, Consumer<String> notices) throws IOException {
    remarks.forEach(notices);
    SignatureAnswers answers =
        loader.load(settings.session(), settings.values(), Use.COMPARE, notices);
    try {
      OutputKind output = new OutputQuestion(folder, output(), answers).answer(settings, notices);
      return new ServedModel(answers, output, settings.values());
    } catch (RuntimeException e) {
      answers.close();
      throw loader.notLoaded(e);
    } catch (IOException e) {
      answers.close();
      throw e;
    }
  }

  /**
   * Loads the model to embed images; one of others then compares them by the Euclidean distance.
   *
   * @param notices is told what a user should know before trusting it, a line each
   * @return the model, which the caller closes
   * @throws IOException when TensorFlow cannot load and run it, or it is not clear which signature
   *     to take
   */
  public ServedModel loadToEmbed(LoadSettings settings, Consumer<String> notices)
      throws IOException {
    if (own.isPresent()) {
      return load(settings, notices);
    }
    remarks.forEach(notices);
    SignatureAnswers answers =
        loader.load(settings.session(), settings.values(), Use.EMBED, notices);
    try {
      new OutputQuestion(folder, Optional.of(OutputKind.DISTANCE), answers)
          .remark(settings.values(), notices);
      return new ServedModel(answers, OutputKind.DISTANCE, settings.values());
    } catch (RuntimeException e) {
      answers.close();
      throw loader.notLoaded(e);
    }
  }

  /**
   * What the signatures say that surely belong together.
   *
   * @return the answers, which the caller closes
   * @throws IOException when TensorFlow cannot load and run it
   */
  SignatureAnswers answers() throws IOException {
    return loader.load(
        SessionSettings.defaults(), ValueRange.ZERO_TO_ONE, Use.WEIGHTS, notice -> {});
  }

  /**
   * Reads the weights of a network, to go on with them in Java.
   *
   * @throws IOException when the variables are not those of this network, or the model computes
   *     something else from them
   */
  public Weights weights(SiameseNetwork network) throws IOException {
    if (!network.image().equals(image())) {
      throw new IOException(
          "expected images of %s, as the network %s has them, found %s in %s"
              .formatted(network.image(), network.network().name(), image(), folder));
    }
    try (SignatureAnswers answers = answers();
        PlainFolder plain = new PlainFolder(folder);
        Checkpoint checkpoint = new Checkpoint(plain.path())) {
      return new WeightsSearch(folder, network, answers, checkpoint)
          .find(
              loader.variables(checkpoint),
              NetworkComparison.isHalfPrecise(loader.metaGraph().getGraphDef()));
    } catch (TensorFlowException e) {
      throw loader.notLoaded(e);
    }
  }
}
