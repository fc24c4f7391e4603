package dev.siamese.model;

import dev.siamese.data.LabeledImages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** The network with fixed weights, in a graph of its own without dropout. */
public final class InferenceModel implements SiameseModel {
  /** The batch at which a core embeds most images a second; larger ones fall out of its cache. */
  private static final int BATCH_SIZE = 32;

  private final int embeddingSize;
  private final int threads;
  private final Graph graph;
  private final Session session;
  private final Placeholder<TUint8> images;
  private final Operand<TFloat32> embeddings;

  /** Loads the weights. */
  public InferenceModel(Weights weights, SessionSettings settings) {
    embeddingSize = weights.architecture().embeddingSize();
    threads = settings.threads();
    graph = new Graph();
    try {
      Ops tf = Ops.create(graph);
      images = tf.placeholder(TUint8.class, Placeholder.shape(PixelLayout.shape(-1)));
      embeddings =
          new FastEmbeddingNetwork(
                  tf, constants(tf, weights), settings.precision(), Optional.empty())
              .embed(images);
      session = new Session(graph, settings.config());
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  private static List<Operand<TFloat32>> constants(Ops tf, Weights weights) {
    List<Parameter> parameters = weights.architecture().parameters();
    List<Operand<TFloat32>> constants = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      constants.add(tf.constant(parameters.get(i).shape(), DataBuffers.of(weights.values(i))));
    }
    return constants;
  }

  @Override
  public float[][] embed(LabeledImages input) {
    Architecture.requireImages(input);
    float[][] rows = new float[input.size()][];
    ParallelBatches.run(
        threads, input.size(), BATCH_SIZE, (from, to) -> embedBatch(input, from, to, rows));
    return rows;
  }

  private void embedBatch(LabeledImages input, int from, int to, float[][] rows) {
    try (TUint8 fed = PixelLayout.tensorOf(input.range(from, to));
        Result result = session.runner().feed(images, fed).fetch(embeddings).run()) {
      float[] values = new float[(to - from) * embeddingSize];
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
      for (int row = 0; row < to - from; row++) {
        rows[from + row] =
            Arrays.copyOfRange(values, row * embeddingSize, (row + 1) * embeddingSize);
      }
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
