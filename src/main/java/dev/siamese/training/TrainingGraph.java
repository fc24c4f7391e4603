package dev.siamese.training;

import dev.siamese.model.Architecture;
import dev.siamese.model.DropoutInputs;
import dev.siamese.model.Parameter;
import dev.siamese.model.PixelLayout;
import dev.siamese.model.SessionSettings.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/**
 * The graph of a training step: gather the images of a batch of pairs, embed both through the same
 * weights, take distances and the loss, and update the weights.
 *
 * <p>The batch is split into {@linkplain Tower towers}, one a core, which share the weights and
 * whose losses are added. The images stay in the graph as bytes, in the order of {@link
 * PixelLayout}; a step is fed only positions, labels and dropout's masks.
 */
final class TrainingGraph implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Variable<TUint8> images;
  private final Placeholder<TInt32> batch;
  private final Placeholder<TInt64> step;
  private final Optional<DropoutInputs> dropout;
  private final List<TrainedVariable> variables = new ArrayList<>();
  private final Operand<TFloat32> distances;
  private final Op update;

  /**
   * Builds the graph.
   *
   * @param precision of the convolutions
   * @param images the shape of the images, (n, 121, 16)
   * @param towers how many share a batch
   */
  TrainingGraph(
      Architecture architecture,
      TrainingSettings settings,
      Precision precision,
      Shape images,
      int towers) {
    Ops tf = Ops.create(graph);
    this.images = Variable.create(tf, "images", TUint8.class, images);
    batch = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(3, -1)));
    step = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));

    List<Parameter> parameters = architecture.parameters();
    List<Variable<TFloat32>> weights = floats(tf, parameters, "weight");
    List<Variable<TFloat32>> firstMoments = floats(tf, parameters, "first_moment");
    List<Variable<TFloat32>> secondMoments = floats(tf, parameters, "second_moment");
    List<Operand<TFloat32>> values = new ArrayList<>();
    weights.forEach(weight -> values.add(weight.value()));

    dropout =
        settings.dropout() == 0
            ? Optional.empty()
            : Optional.of(
                new DropoutInputs(
                    architecture,
                    tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1))),
                    tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()))));
    Tower.Inputs inputs = new Tower.Inputs(this.images, batch, dropout, values, precision);
    List<Operand<TFloat32>> towerDistances = new ArrayList<>();
    List<Operand<TFloat32>> towerLosses = new ArrayList<>();
    for (int i = 0; i < towers; i++) {
      Tower tower = Tower.create(tf, inputs, settings, i, towers);
      towerDistances.add(tower.distances());
      towerLosses.add(tower.lossSum());
    }
    distances = towers == 1 ? towerDistances.get(0) : tf.concat(towerDistances, tf.constant(0));
    Operand<TInt32> labels = tf.gather(batch, tf.constant(2), tf.constant(0));
    Operand<TFloat32> pairs = tf.reduceSum(Tower.counted(tf, labels), tf.constant(0));
    Operand<TFloat32> loss = tf.math.div(tf.math.addN(towerLosses), pairs);

    Output<?>[] gradients =
        graph.addGradients(
            loss.asOutput(), values.stream().map(Operand::asOutput).toArray(Output<?>[]::new));
    for (int i = 0; i < gradients.length; i++) {
      @SuppressWarnings("unchecked") // A float's gradient by floats is of floats.
      Output<TFloat32> gradient = (Output<TFloat32>) gradients[i];
      variables.add(
          new TrainedVariable(weights.get(i), firstMoments.get(i), secondMoments.get(i), gradient));
    }
    update =
        tf.withControlDependencies(new AdamOptimizer(tf, settings.adam()).minimize(variables, step))
            .noOp();
  }

  private static List<Variable<TFloat32>> floats(
      Ops tf, List<Parameter> parameters, String purpose) {
    return parameters.stream()
        .map(
            parameter ->
                Variable.create(
                    tf, parameter.name() + "/" + purpose, TFloat32.class, parameter.shape()))
        .toList();
  }

  Graph graph() {
    return graph;
  }

  /** The images that a batch points into: (n, 121, 16). */
  Variable<TUint8> images() {
    return images;
  }

  /** First positions, second positions and labels of a batch: (3, n). */
  Placeholder<TInt32> batch() {
    return batch;
  }

  /** Steps taken before this one. */
  Placeholder<TInt64> step() {
    return step;
  }

  /** The masks of the batch's images, which others may follow, and their scale, to be fed. */
  Optional<DropoutInputs> dropout() {
    return dropout;
  }

  /** What is trained, in the order of {@link Architecture#parameters()}. */
  List<TrainedVariable> variables() {
    return variables;
  }

  /** The distances of the batch's pairs, in their order: (n, 1). */
  Operand<TFloat32> distances() {
    return distances;
  }

  /** Takes the step. */
  Op update() {
    return update;
  }

  @Override
  public void close() {
    graph.close();
  }
}
