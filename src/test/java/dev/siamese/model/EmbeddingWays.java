package dev.siamese.model;

import dev.siamese.network.Parameter;
import dev.siamese.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Ways to compute the same embeddings, in one graph, each with its gradients. */
final class EmbeddingWays implements AutoCloseable {

  /**
   * What one of them gives.
   *
   * @param embeddings of all images
   * @param gradients of a weighted sum of them, by the parameters that are trained
   */
  record Found(float[] embeddings, Weights gradients) {}

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final List<Operand<TFloat32>> parameters;
  private final List<Operand<TFloat32>> trained = new ArrayList<>();
  private final List<Parameter> trainedParameters = new ArrayList<>();
  private final List<Operand<?>> fetched = new ArrayList<>();
  private final long seed;
  private int ways;

  /** Ways over these weights. */
  EmbeddingWays(Weights weights, long seed) {
    this.seed = seed;
    parameters = GraphValues.constants(tf, weights);
    IntStream.range(0, parameters.size())
        .filter(i -> weights.parameters().get(i).trainable())
        .forEach(
            i -> {
              trained.add(parameters.get(i));
              trainedParameters.add(weights.parameters().get(i));
            });
  }

  /** Builds the graph. */
  Ops tf() {
    return tf;
  }

  /** All weights. */
  List<Operand<TFloat32>> parameters() {
    return parameters;
  }

  /**
   * Adds a way.
   *
   * @param values how many its embeddings have together
   */
  void add(Operand<TFloat32> embeddings, int values) {
    fetched.add(embeddings);
    Operand<TFloat32> sum = GraphValues.weightedSum(tf, embeddings, values, seed);
    if (!trained.isEmpty()) {
      fetched.addAll(GraphValues.gradients(graph, sum, trained));
    }
    ways++;
  }

  /** What the ways give, in their order, and then what else is to be fetched. */
  List<float[]> run(
      Map<? extends Operand<?>, ? extends Tensor> fed,
      List<? extends Operand<?>> others,
      List<Found> found) {
    try (Session session =
        new Session(graph, new SessionSettings(1, SessionSettings.Precision.FLOAT32).config())) {
      Session.Runner runner = session.runner();
      fed.forEach(runner::feed);
      fetched.forEach(runner::fetch);
      others.forEach(runner::fetch);
      try (Result result = runner.run()) {
        int next = 0;
        for (int way = 0; way < ways; way++) {
          found.add(
              new Found(
                  GraphValues.floats(result, next),
                  GraphValues.weights(result, next + 1, trainedParameters)));
          next += 1 + trained.size();
        }
        return IntStream.range(next, next + others.size())
            .mapToObj(index -> GraphValues.floats(result, index))
            .toList();
      }
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
