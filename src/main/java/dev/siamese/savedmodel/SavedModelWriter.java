package dev.siamese.savedmodel;

import dev.siamese.data.AtomicFolder;
import dev.siamese.data.ImageShape;
import dev.siamese.data.PairedImages;
import dev.siamese.model.Images;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.SiameseNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * Writes a model as a SavedModel folder that serves TensorFlow in every language.
 *
 * <p>The folder describes the model twice: as a graph with signatures, which sessions of TensorFlow
 * 1, C++ and Java run, and as an object with functions, which is what Python's TensorFlow 2 loads.
 * Both use the same variables.
 */
public final class SavedModelWriter {
  /** The one version there has been. */
  private static final long SCHEMA_VERSION = 1;

  private final ServedNetwork model;
  private final ObjectGraph objects;
  private final GoldenPairs golden;

  private SavedModelWriter(ServedNetwork model, PairedImages samples) {
    ImageShape expected = Images.shape(model.trained().network().image());
    if (!samples.images().shape().equals(expected)) {
      throw new IllegalArgumentException(
          "expected images of %s to store, found %s".formatted(expected, samples.images().shape()));
    }
    this.model = model;
    objects = new ObjectGraph(model.trained().network());
    golden = new GoldenPairs(samples, model.trained().values());
  }

  /**
   * Writes a new folder, after reading it back and comparing what it computes.
   *
   * @param samples whose first pairs are stored beside the model, with what it says of them, for
   *     other programs to compare with
   * @throws IllegalArgumentException when the samples are none, or images of another shape
   * @throws IOException when the folder exists and is not empty, cannot be written, or does not
   *     compute what the network does with these weights; what was there before is then untouched
   */
  public static void write(Path target, ServedNetwork model, PairedImages samples)
      throws IOException {
    SavedModelWriter writer = new SavedModelWriter(model, samples);
    AtomicFolder.write(
        target,
        folder -> {
          try {
            writer.writeTo(folder);
          } catch (IOException | TensorFlowException e) {
            // By itself it would name the temporary folder, or none.
            throw new IOException(
                "cannot write the SavedModel %s (%s)"
                    .formatted(
                        target, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
                e);
          }
        });
  }

  private void writeTo(Path folder) throws IOException {
    GoldenPairs.Answers expected = writeModel(folder);
    GoldenPairs.Answers found;
    try (SignatureAnswers written = SavedModelReader.open(folder).answers()) {
      found = golden.ask(written);
    }
    GoldenPairs.requireSame(expected, found);
    Path extra = SavedModelFiles.extra(folder, GoldenPairs.FILE_NAME);
    Files.createDirectory(extra.getParent());
    golden.write(extra, model.trained().network().output(), found);
    for (Map.Entry<String, String> attachment : model.attachments().entrySet()) {
      Files.writeString(SavedModelFiles.extra(folder, attachment.getKey()), attachment.getValue());
    }
  }

  /** Returns what the model says before it is written. */
  private GoldenPairs.Answers writeModel(Path folder) throws IOException {
    SavedModel saved;
    GoldenPairs.Answers answers;
    try (ServingGraph graph =
        new ServingGraph(model.trained().network(), model.threshold(), objects)) {
      SessionSettings settings = SessionSettings.defaults();
      try (Session session = graph.session(model.trained().weights(), settings)) {
        Path checkpoint = SavedModelFiles.checkpoint(folder);
        Files.createDirectory(checkpoint.getParent());
        graph.save(session, checkpoint);
        answers = golden.ask(graph.answers(session, settings.threads()));
      }
      saved = savedModel(graph);
    }
    Files.write(SavedModelFiles.model(folder), SortedBytes.of(saved));
    byte[] index = Files.readAllBytes(SavedModelFiles.checkpointIndex(folder));
    Files.write(SavedModelFiles.fingerprint(folder), SortedBytes.of(Fingerprint.of(saved, index)));
    return answers;
  }

  private SavedModel savedModel(ServingGraph graph) {
    MetaGraphDef.Builder metaGraph =
        MetaGraphDef.newBuilder()
            .setGraphDef(withLibrary(graph.definition()))
            .setSaverDef(graph.saver())
            .putAllSignatureDef(graph.signatures())
            .setObjectGraphDef(objects.saved());
    metaGraph.getMetaInfoDefBuilder().addTags("serve").setTensorflowVersion(TensorFlow.version());
    return SavedModel.newBuilder()
        .setSavedModelSchemaVersion(SCHEMA_VERSION)
        .addMetaGraphs(metaGraph)
        .build();
  }

  /** Adds the functions that Python's object is made of. */
  private GraphDef withLibrary(GraphDef graph) {
    SiameseNetwork network = model.trained().network();
    GraphDef.Builder complete = graph.toBuilder();
    for (ModelFunction function : ModelFunction.values()) {
      FunctionDef.Builder body = FunctionBody.of(function, network, model.threshold()).toBuilder();
      for (String name :
          List.of(ObjectGraph.methodBody(function), ObjectGraph.signatureBody(function))) {
        body.getSignatureBuilder().setName(name);
        complete.getLibraryBuilder().addFunction(body);
      }
      body.getSignatureBuilder().setName(ObjectGraph.methodBody(function));
      FunctionDef called = body.build();
      MethodTrace.of(function, network).stream()
          .filter(trace -> !trace.isBody())
          .forEach(trace -> complete.getLibraryBuilder().addFunction(trace.calling(called)));
    }
    return complete.build();
  }
}
