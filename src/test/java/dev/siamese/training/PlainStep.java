package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.siamese.model.GraphValues;
import dev.siamese.model.MovingStatistics;
import dev.siamese.model.StepTraining;
import dev.siamese.network.Parameter;
import dev.siamese.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What a training step without dropout comes to by a plain graph, layer by layer, of one piece.
 *
 * @param told what is told of it
 * @param gradients of its loss, by the parameters that are trained
 * @param statistics by position: what statistics become
 */
record PlainStep(float[] told, Weights gradients, Map<Integer, float[]> statistics) {

  /** Checks what statistics have become in another way of taking the step. */
  void assertStatistics(Weights after) {
    statistics.forEach(
        (position, values) ->
            assertArrayEquals(values, after.values(position), 1e-5f, "statistic " + position));
  }

  /** A graph to take it in. */
  static final class Parts implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final List<Parameter> parameters;
    private final List<Operand<TFloat32>> values;
    private final MovingStatistics moving;
    private final StepTraining training;

    /**
     * Begins a graph.
     *
     * @param weights of the network
     * @param step steps taken before
     */
    Parts(Weights weights, long step) {
      parameters = weights.parameters();
      values = GraphValues.constants(tf, weights);
      moving = new MovingStatistics(values);
      training =
          new StepTraining(
              tf,
              Map.of(),
              new StepTraining.NoiseSeed(0, tf.constant(step)),
              moving,
              IntStream.range(0, values.size()).boxed().toList(),
              new ArrayList<>());
    }

    Ops tf() {
      return tf;
    }

    List<Operand<TFloat32>> values() {
      return values;
    }

    StepTraining training() {
      return training;
    }

    /** Takes the step. */
    PlainStep run(Operand<TFloat32> told, Operand<TFloat32> loss) {
      List<Operand<TFloat32>> trained = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        if (parameters.get(i).trainable()) {
          trained.add(values.get(i));
        }
      }
      try (Session session = new Session(graph, Sessions.threads(1).config())) {
        Session.Runner runner = session.runner().fetch(told);
        GraphValues.gradients(graph, loss, trained).forEach(runner::fetch);
        moving.updated().values().forEach(runner::fetch);
        try (Result result = runner.run()) {
          Map<Integer, float[]> statistics = new TreeMap<>();
          int next = 1 + trained.size();
          for (int position : moving.updated().keySet()) {
            statistics.put(position, GraphValues.floats(result, next++));
          }
          List<Parameter> theirs = parameters.stream().filter(Parameter::trainable).toList();
          return new PlainStep(
              GraphValues.floats(result, 0), GraphValues.weights(result, 1, theirs), statistics);
        }
      }
    }

    @Override
    public void close() {
      graph.close();
    }
  }
}
