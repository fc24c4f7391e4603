package dev.siamese.model;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A network with fixed weights, in a graph of its own. */
public final class InferenceModel implements SiameseModel {
  private final SiameseNetwork network;
  private final int threads;
  private final Graph graph;
  private final Session session;
  private final InferenceGraph inference;

  /** Loads the weights. */
  public InferenceModel(TrainedNetwork model, SessionSettings settings) {
    network = model.network();
    threads = settings.threads();
    graph = new Graph();
    try {
      Ops tf = Ops.create(graph);
      List<Variable<TFloat32>> variables =
          network.network().parameters().stream()
              .map(parameter -> Variable.create(tf, parameter, "weight"))
              .toList();
      inference =
          new InferenceGraph(
              tf,
              network,
              Plan.of(network.twin()),
              model.values(),
              variables.stream().map(Variable::value).toList(),
              settings.precision());
      session = session(graph, settings, variables, model.weights());
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  private static Session session(
      Graph graph, SessionSettings settings, List<Variable<TFloat32>> variables, Weights weights) {
    Session session = new Session(graph, settings.config());
    try {
      WeightTransfer.feed(session, WeightTransfer.slots(variables), weights);
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  @Override
  public OutputKind output() {
    return network.output();
  }

  @Override
  public TensorShape image() {
    return network.image();
  }

  @Override
  public float[][] embed(LabeledImages images) {
    return inference.embed(session, threads, images);
  }

  @Override
  public float[] compare(LabeledImages images, Pairs pairs) {
    return inference.compare(session, threads, images, pairs);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
