package dev.siamese.model;

import dev.siamese.model.LayerCases.LayerCase;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.Parameter;
import dev.siamese.network.Regularizer;
import dev.siamese.network.TensorShape;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The graph of a network of one layer, and of the gradients of sum(output · direction). */
final class SingleLayer implements AutoCloseable {
  private final Network network;
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final List<Placeholder<TFloat32>> inputs = new ArrayList<>();
  private final List<Placeholder<TFloat32>> parameters = new ArrayList<>();
  private final Placeholder<TFloat32> direction = tf.placeholder(TFloat32.class);
  private final List<Operand<TFloat32>> statistics = new ArrayList<>();
  private final Operand<TFloat32> output;
  private final List<Output<?>> gradients;

  /**
   * What is computed.
   *
   * @param shape of the output, with its batch
   * @param output its values
   * @param inputGradients in the inputs' order
   * @param weightGradients of the trainable parameters
   * @param statistics mean and variance of the batch, where the layer takes them
   */
  record Values(
      Shape shape,
      float[] output,
      List<float[]> inputGradients,
      List<float[]> weightGradients,
      List<float[]> statistics) {}

  SingleLayer(LayerCase layerCase) {
    network = network(layerCase);
    for (TensorShape shape : network.inputShapes()) {
      inputs.add(tf.placeholder(TFloat32.class, Placeholder.shape(shape(-1, shape))));
    }
    List<Operand<TFloat32>> sources = new ArrayList<>(inputs);
    for (Parameter parameter : network.parameters()) {
      // Its shape is not told, as it is not where a function reads a variable.
      Placeholder<TFloat32> placeholder = tf.placeholder(TFloat32.class);
      parameters.add(placeholder);
      if (parameter.trainable()) {
        sources.add(placeholder);
      }
    }
    NetworkGraph plain = new NetworkGraph(tf, network, parameters);
    List<Operand<TFloat32>> outputs =
        layerCase.training()
            ? plain.outputs(inputs, collectingStatistics())
            : plain.outputs(inputs);
    // A layer may give what is fed, which cannot be fetched.
    output = tf.identity(outputs.get(0));
    Operand<TFloat32> products = tf.math.mul(output, direction);
    Operand<TFloat32> total =
        tf.reduceSum(tf.reshape(products, tf.constant(new int[] {-1})), tf.constant(0));
    Output<?>[] by = sources.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
    gradients = List.of(graph.addGradients(total.asOutput(), by));
  }

  private static Network network(LayerCase layerCase) {
    NetworkBuilder builder = new NetworkBuilder("single");
    List<TensorShape> shapes = layerCase.inputs();
    int[] nodes = new int[shapes.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = builder.input("input" + i, shapes.get(i));
    }
    return builder.build(builder.add(layerCase.layer(), nodes));
  }

  private NetworkGraph.Training collectingStatistics() {
    return new NetworkGraph.Training() {
      @Override
      public Operand<TFloat32> dropout(
          int node, TensorShape mask, double rate, Operand<TFloat32> values) {
        throw new AssertionError("no dropout is expected");
      }

      @Override
      public Operand<TFloat32> noise(int node, double deviation, Operand<TFloat32> values) {
        throw new AssertionError("no noise is expected");
      }

      @Override
      public void statistics(
          int firstParameter,
          BatchNormalization layer,
          Operand<TFloat32> mean,
          Operand<TFloat32> variance) {
        statistics.addAll(List.of(mean, variance));
      }

      @Override
      public void activity(Regularizer regularizer, Operand<TFloat32> values) {
        throw new AssertionError("no activity regularizer is expected");
      }
    };
  }

  Network network() {
    return network;
  }

  /**
   * Computes a batch.
   *
   * @param size of the batch
   * @param images of each input
   * @param weights of the parameters
   * @param along as many values as the output has
   */
  Values compute(int size, List<float[]> images, List<float[]> weights, float[] along) {
    List<Tensor> fed = new ArrayList<>();
    try (Session session = new Session(graph, SessionSettings.defaults().config())) {
      Session.Runner runner = session.runner().fetch(output);
      gradients.forEach(runner::fetch);
      statistics.forEach(runner::fetch);
      for (int i = 0; i < inputs.size(); i++) {
        Shape shape = shape(size, network.inputShapes().get(i));
        feed(runner, fed, inputs.get(i), shape, images.get(i));
      }
      for (int i = 0; i < parameters.size(); i++) {
        Shape shape = Shape.of(longs(network.parameters().get(i).shape()));
        feed(runner, fed, parameters.get(i), shape, weights.get(i));
      }
      feed(runner, fed, direction, shape(size, network.outputShapes().get(0)), along);
      try (Result result = runner.run()) {
        int trained = inputs.size();
        int taken = gradients.size();
        return new Values(
            result.get(0).shape(),
            values(result, 0, 1).get(0),
            values(result, 1, 1 + trained),
            values(result, 1 + trained, 1 + taken),
            values(result, 1 + taken, result.size()));
      }
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private static void feed(
      Session.Runner runner,
      List<Tensor> fed,
      Placeholder<TFloat32> placeholder,
      Shape shape,
      float[] values) {
    TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(values));
    fed.add(tensor);
    runner.feed(placeholder, tensor);
  }

  private static List<float[]> values(Result result, int from, int to) {
    List<float[]> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      float[] values = new float[Math.toIntExact(result.get(i).shape().size())];
      result.get(i).asRawTensor().data().asFloats().read(values);
      all.add(values);
    }
    return all;
  }

  private static Shape shape(int size, TensorShape shape) {
    return Shape.of(longs(shape)).prepend(size);
  }

  private static long[] longs(TensorShape shape) {
    return shape.sizes().stream().mapToLong(Integer::longValue).toArray();
  }

  @Override
  public void close() {
    graph.close();
  }
}
