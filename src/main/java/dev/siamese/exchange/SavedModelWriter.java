package dev.siamese.exchange;

import dev.siamese.data.PairedImages;
import dev.siamese.model.Architecture;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
final class SavedModelWriter {
  /** The one version there has been. */
  private static final long SCHEMA_VERSION = 1;

  private SavedModelWriter() {}

  /**
   * Writes a new folder, after reading it back and comparing its distances.
   *
   * @param threshold a pair of a smaller distance is called the same
   * @param samples whose first pairs are stored beside the model, with their distances, for other
   *     programs to compare with
   * @throws IllegalArgumentException when the threshold is not finite
   * @throws IOException when the folder exists and is not empty, cannot be written, or does not
   *     compute what these weights do; what was there before is then untouched
   */
  static void write(Path target, Weights weights, double threshold, PairedImages samples)
      throws IOException {
    float limit = roundUp(threshold);
    AtomicFolder.write(
        target,
        folder -> {
          try {
            writeModel(folder, weights, limit);
            GoldenPairs.ask(SavedModelReader.open(folder), weights, samples)
                .write(SavedModelFiles.goldenPairs(folder));
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

  /** For any float distance, below the result means below the threshold. */
  private static float roundUp(double threshold) {
    if (!Double.isFinite(threshold)) {
      throw new IllegalArgumentException("expected a finite threshold, found " + threshold);
    }
    float nearest = (float) threshold;
    return nearest < threshold ? Math.nextUp(nearest) : nearest;
  }

  private static void writeModel(Path folder, Weights weights, float threshold) throws IOException {
    ObjectGraph objects = new ObjectGraph(weights.architecture());
    SavedModel model;
    try (ServingGraph graph =
        new ServingGraph(weights, threshold, objects.trackable().toByteArray())) {
      Path checkpoint = SavedModelFiles.checkpoint(folder);
      Files.createDirectory(checkpoint.getParent());
      graph.save(checkpoint);
      MetaGraphDef.Builder metaGraph =
          MetaGraphDef.newBuilder()
              .setGraphDef(withLibrary(graph.definition(), weights.architecture(), threshold))
              .setSaverDef(graph.saver())
              .putAllSignatureDef(graph.signatures())
              .setObjectGraphDef(objects.saved());
      metaGraph.getMetaInfoDefBuilder().addTags("serve").setTensorflowVersion(TensorFlow.version());
      model =
          SavedModel.newBuilder()
              .setSavedModelSchemaVersion(SCHEMA_VERSION)
              .addMetaGraphs(metaGraph)
              .build();
    }
    Files.write(SavedModelFiles.model(folder), model.toByteArray());
    byte[] index = Files.readAllBytes(SavedModelFiles.checkpointIndex(folder));
    Files.write(SavedModelFiles.fingerprint(folder), Fingerprint.of(model, index).toByteArray());
  }

  /** Adds the functions that Python's object is made of. */
  private static GraphDef withLibrary(GraphDef graph, Architecture architecture, float threshold) {
    GraphDef.Builder complete = graph.toBuilder();
    for (ModelFunction function : ModelFunction.values()) {
      FunctionDef.Builder body = FunctionBody.of(function, architecture, threshold).toBuilder();
      for (String name :
          List.of(ObjectGraph.methodBody(function), ObjectGraph.signatureBody(function))) {
        body.getSignatureBuilder().setName(name);
        complete.getLibraryBuilder().addFunction(body);
      }
    }
    return complete.build();
  }
}
