package dev.siamese.exchange;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/**
 * Reads a SavedModel folder: one of {@link SavedModelWriter}, or one that Python exported of the
 * siamese network or of the twin alone.
 *
 * <p>A SavedModel is a program, which TensorFlow runs as it is: load only those you trust.
 */
public final class SavedModelReader {
  private final Path folder;
  private final MetaGraphDef metaGraph;
  private final Optional<ImageSignature> embedding;
  private final Optional<ImageSignature> distance;

  private SavedModelReader(Path folder, MetaGraphDef metaGraph) {
    this.folder = folder;
    this.metaGraph = metaGraph;
    embedding = ImageSignature.embedding(metaGraph);
    distance = ImageSignature.distance(metaGraph);
  }

  /** Whether this is a folder with a SavedModel in it, good or bad. */
  public static boolean isSavedModel(Path folder) {
    return Files.exists(SavedModelFiles.model(folder));
  }

  /**
   * Checks a folder, as far as can be without loading the network.
   *
   * @throws IOException when it is none, its files are missing or damaged, or it has no signature
   *     for images of (n, 28, 28, 1)
   */
  public static SavedModelReader open(Path folder) throws IOException {
    Path file = SavedModelFiles.model(folder);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "expected a SavedModel folder, found no %s in %s".formatted(file.getFileName(), folder));
    }
    SavedModel model;
    try {
      model = SavedModel.parseFrom(WholeFile.read(file));
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
    SavedModelReader reader = new SavedModelReader(folder, metaGraph);
    if (reader.embedding.isEmpty() && reader.distance.isEmpty()) {
      throw new IOException(
          "expected a signature from one image, float (n, 28, 28, 1), to an embedding or from two"
              + " to a distance, found %s in %s"
                  .formatted(String.join("; ", reader.signatures()), file));
    }
    return reader;
  }

  /** What every signature takes and tells, a line each. */
  public List<String> signatures() {
    return ImageSignature.descriptions(metaGraph);
  }

  /** Whether a signature tells embeddings, rather than only the distances of two images. */
  boolean tellsEmbeddings() {
    return embedding.isPresent();
  }

  private static void requireContent(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      throw new IOException(
          "expected the variables of a SavedModel, found no or an empty file " + file);
    }
  }

  /** The signature that shows most of the network. */
  private ImageSignature used() {
    return embedding.or(() -> distance).orElseThrow();
  }

  private CheckpointReader checkpoint(ImageSignature signature) {
    return new CheckpointReader(folder, metaGraph.getObjectGraphDef(), signature);
  }

  /**
   * Loads the model.
   *
   * @return the model, which the caller closes
   * @throws IOException when TensorFlow cannot load and run it
   */
  ServedModel load(SessionSettings settings) throws IOException {
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
    try {
      for (ImageSignature signature :
          Stream.of(embedding, distance).flatMap(Optional::stream).toList()) {
        VariableRestoration.complete(bundle, signature, checkpoint(signature));
      }
      if (metaGraph.hasObjectGraphDef()) {
        // Not needed to run the model, but where it is cut off the file is damaged.
        checkpoint(used()).objects();
      }
      ServedModel model = new ServedModel(folder, bundle, embedding, distance, settings.threads());
      model.tryOut();
      return model;
    } catch (RuntimeException e) {
      bundle.close();
      throw notLoaded(e);
    } catch (IOException e) {
      bundle.close();
      throw e;
    }
  }

  /**
   * Reads the weights of the network, to go on with them in Java.
   *
   * @throws IOException when the variables are not those of the embedding network, or the model
   *     computes something else from them
   */
  Weights weights() throws IOException {
    Weights weights;
    try {
      weights = checkpoint(used()).weights();
    } catch (TensorFlowException e) {
      throw notLoaded(e);
    }
    try (ServedModel served = load(SessionSettings.defaults())) {
      NetworkComparison.requireSame(served, weights, folder);
    }
    return weights;
  }

  /** The threshold that {@link SavedModelWriter} stored, below which two images are the same. */
  OptionalDouble threshold() {
    if (!metaGraph.containsSignatureDef(ModelFunction.PREDICT.signature())) {
      return OptionalDouble.empty();
    }
    GraphDef graph = metaGraph.getGraphDef();
    double[] found =
        Stream.concat(
                graph.getNodeList().stream(),
                graph.getLibrary().getFunctionList().stream()
                    .flatMap(function -> function.getNodeDefList().stream()))
            .filter(SavedModelReader::isThreshold)
            .mapToDouble(node -> node.getAttrOrThrow("value").getTensor().getFloatVal(0))
            .distinct()
            .toArray();
    return found.length == 1 ? OptionalDouble.of(found[0]) : OptionalDouble.empty();
  }

  private static boolean isThreshold(NodeDef node) {
    return node.getOp().equals("Const")
        && node.getName().endsWith(ModelFunction.THRESHOLD)
        && node.containsAttr("value")
        && node.getAttrOrThrow("value").getTensor().getFloatValCount() == 1;
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
