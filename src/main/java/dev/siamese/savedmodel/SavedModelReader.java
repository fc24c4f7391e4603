package dev.siamese.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * Reads a SavedModel folder: one of {@link SavedModelWriter}, or one that Python exported of a
 * siamese network or of a twin alone.
 *
 * <p>A SavedModel is a program, which TensorFlow runs as it is: load only those you trust.
 */
public final class SavedModelReader {
  private final Path folder;
  private final MetaGraphDef metaGraph;
  private final ImageSignatures signatures;
  private final Optional<OwnSignatures> own;

  private SavedModelReader(Path folder, MetaGraphDef metaGraph, ImageSignatures signatures) {
    this.folder = folder;
    this.metaGraph = metaGraph;
    this.signatures = signatures;
    own = OwnSignatures.find(metaGraph, signatures);
  }

  /** Whether this is a folder with a SavedModel in it, good or bad. */
  public static boolean isSavedModel(Path folder) {
    return Files.exists(SavedModelFiles.model(folder));
  }

  /**
   * Checks a folder, as far as can be without loading the network.
   *
   * @throws IOException when it is none, its files are missing or damaged, or it has no signature
   *     for images of one size in 1 or 3 channels
   */
  public static SavedModelReader open(Path folder) throws IOException {
    Path file = SavedModelFiles.model(folder);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "expected a SavedModel folder, found no %s in %s".formatted(file.getFileName(), folder));
    }
    SavedModel model;
    try {
      model = SavedModel.parseFrom(SavedModelFiles.read(file));
    } catch (InvalidProtocolBufferException e) {
      throw new IOException("expected a whole SavedModel, found a damaged one in " + file, e);
    }
    MetaGraphDef metaGraph =
        model.getMetaGraphsList().stream()
            .filter(
                candidate ->
                    candidate
                        .getMetaInfoDef()
                        .getTagsList()
                        .equals(List.of(SavedModelBundle.DEFAULT_TAG)))
            .findFirst()
            .orElseThrow(
                () -> new IOException("expected a graph tagged \"serve\", found none in " + file));
    requireContent(SavedModelFiles.checkpointIndex(folder));
    requireContent(SavedModelFiles.checkpointData(folder));
    ImageSignatures signatures =
        ImageSignatures.choose(metaGraph.getSignatureDefMap())
            .orElseThrow(() -> noSignature(metaGraph, file));
    return new SavedModelReader(folder, metaGraph, signatures);
  }

  private static IOException noSignature(MetaGraphDef metaGraph, Path file) {
    List<String> found = ImageSignature.descriptions(metaGraph.getSignatureDefMap());
    return new IOException(
        "expected a signature from one image, float (n, height, width, 1 or 3), to an embedding or"
            + " from two to a distance or similarity, found %s in %s"
                .formatted(found.isEmpty() ? "no signature" : String.join("; ", found), file));
  }

  private static void requireContent(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      throw new IOException(
          "expected the variables of a SavedModel, found no or an empty file " + file);
    }
  }

  /** What every signature takes and tells, a line each. */
  public List<String> signatures() {
    return ImageSignature.descriptions(metaGraph.getSignatureDefMap());
  }

  /** The shape of the images that it takes: (height, width, channels). */
  public TensorShape image() {
    return signatures.imageTensor();
  }

  /** Whether a signature tells embeddings, rather than only to compare two images. */
  public boolean tellsEmbeddings() {
    return signatures.embedding().isPresent();
  }

  /** Whether a signature compares two images, rather than only to tell embeddings. */
  public boolean comparesImages() {
    return signatures.pair().isPresent();
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
        ? OwnSignatures.threshold(metaGraph.getGraphDef())
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
   * Loads the model, and finds out what it says of two images if it does not tell.
   *
   * @param notices is told what a user should know before trusting it, a line each
   * @return the model, which the caller closes
   * @throws IOException when TensorFlow cannot load and run it, or it cannot be found out what it
   *     says
   */
  public ServedModel load(LoadSettings settings, Consumer<String> notices) throws IOException {
    SignatureAnswers answers = answers(settings.session());
    try {
      OutputKind output = new OutputQuestion(folder, output(), answers).answer(settings, notices);
      return new ServedModel(answers, output, settings.values());
    } catch (RuntimeException e) {
      answers.close();
      throw notLoaded(e);
    } catch (IOException e) {
      answers.close();
      throw e;
    }
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
    try (SignatureAnswers answers = answers(SessionSettings.defaults());
        Checkpoint checkpoint = new Checkpoint(folder)) {
      StoredVariables variables = variables(checkpoint);
      return new WeightsSearch(folder, network, answers, checkpoint)
          .find(variables, NetworkComparison.isHalfPrecise(metaGraph.getGraphDef()));
    } catch (TensorFlowException e) {
      throw notLoaded(e);
    }
  }

  private StoredVariables variables(Checkpoint checkpoint) throws IOException {
    return new StoredVariables(folder, metaGraph.getObjectGraphDef(), checkpoint);
  }

  /**
   * Loads the model, to ask its signatures.
   *
   * @throws IOException when TensorFlow cannot load and run it
   */
  SignatureAnswers answers(SessionSettings settings) throws IOException {
    SavedModelBundle bundle;
    try {
      bundle =
          SavedModelBundle.loader(folder.toString())
              .withTags(SavedModelBundle.DEFAULT_TAG)
              .withConfigProto(settings.config())
              .load();
    } catch (RuntimeException e) {
      throw notLoaded(e);
    }
    try (Checkpoint checkpoint = new Checkpoint(folder)) {
      VariableRestoration restoration = new VariableRestoration(folder, bundle);
      for (ImageSignature signature : signatures.all()) {
        restoration.complete(signature, used -> variables(checkpoint).of(used));
      }
      if (metaGraph.hasObjectGraphDef()) {
        // Not needed to run the model, but where it is cut off the file is damaged.
        variables(checkpoint);
      }
      SignatureRunner runner =
          new SignatureRunner(
              folder.toString(), bundle.session(), settings.threads(), bundle::close);
      SignatureAnswers answers =
          new SignatureAnswers(
              runner, signatures, own.flatMap(signatures -> signatures.head(bundle.graph())));
      answers.tryOut();
      return answers;
    } catch (RuntimeException e) {
      bundle.close();
      throw notLoaded(e);
    } catch (IOException e) {
      bundle.close();
      throw e;
    }
  }

  /** TensorFlow's own complaints run over many lines, of which the first says what is wrong. */
  private IOException notLoaded(RuntimeException cause) {
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new IOException(
        "expected a whole SavedModel, found one that TensorFlow cannot run in %s (%s)"
            .formatted(folder, message),
        cause);
  }
}
