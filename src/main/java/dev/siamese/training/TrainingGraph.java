package dev.siamese.training;

import dev.siamese.model.DropoutInputs;
import dev.siamese.model.DropoutLayout;
import dev.siamese.model.InferenceGraph;
import dev.siamese.model.MovingStatistics;
import dev.siamese.model.Regularization;
import dev.siamese.model.Variable;
import dev.siamese.network.Optimizer;
import dev.siamese.network.Parameter;
import dev.siamese.network.Slot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
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
 * weights, compare the embeddings, take the loss, and update the weights.
 *
 * <p>The batch is split into {@linkplain Tower towers}, which share the weights and whose losses
 * are added. The images stay in the graph as bytes, in the order of the plan; a step is fed only
 * positions, labels and dropout's masks.
 */
final class TrainingGraph implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Variable<TUint8> images;
  private final Placeholder<TInt32> batch;
  private final Placeholder<TInt64> step;
  private final DropoutInputs dropout;
  private final List<Variable<TFloat32>> weights;
  private final Placeholder<TFloat32> learningRate;
  private final List<TrainedVariable> trained = new ArrayList<>();
  private final Map<Slot, Variable<TFloat32>> shared = new EnumMap<>(Slot.class);
  private final Operand<TFloat32> outputs;
  private Optional<Operand<TFloat32>> regularization = Optional.empty();
  private final Op update;
  private final InferenceGraph inference;

  /**
   * Builds the graph.
   *
   * @param imageCount how many images batches point into
   * @param towers that share a batch
   */
  TrainingGraph(Tower.Design design, TrainingSettings settings, int imageCount, Towers towers) {
    Ops tf = Ops.create(graph);
    Shape pixels = design.plan().pixels().shape(imageCount);
    images = Variable.create(tf, "images", TUint8.class, pixels);
    batch = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(3, -1)));
    step = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    learningRate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    dropout = DropoutInputs.create(tf, DropoutLayout.of(design.plan().network(), design.head()));

    List<Parameter> parameters = design.network().network().parameters();
    weights =
        parameters.stream().map(parameter -> Variable.create(tf, parameter, "weight")).toList();
    List<Operand<TFloat32>> values = new ArrayList<>();
    weights.forEach(weight -> values.add(weight.value()));
    MovingStatistics statistics = new MovingStatistics(values);

    Tower.Inputs inputs = new Tower.Inputs(images, batch, step, dropout, values, statistics);
    Operand<TInt32> labels = tf.gather(batch, tf.constant(2), tf.constant(0));
    Operand<TFloat32> pairs = tf.reduceSum(Tower.counted(tf, labels), tf.constant(0));
    List<Tower> all = new ArrayList<>();
    GradientSum gradients = new GradientSum(graph, trainable(parameters, values));
    for (int wave = 0; wave < towers.waves(); wave++) {
      Ops after = gradients.isEmpty() ? tf : tf.withControlDependencies(gradients.operations());
      List<Operand<TFloat32>> waveLosses = new ArrayList<>();
      for (int i = 0; i < towers.aside(); i++) {
        Tower tower =
            design.needsWholeBatch()
                ? Tower.ofSides(after, design, inputs)
                : Tower.ofPairs(after, design, inputs, wave * towers.aside() + i, towers.count());
        all.add(tower);
        waveLosses.add(tower.lossSum());
        tower.activity().ifPresent(waveLosses::add);
      }
      Operand<TFloat32> loss = tf.math.div(tf.math.addN(waveLosses), pairs);
      if (wave == 0) {
        Optional<Operand<TFloat32>> sizes = Regularization.of(tf, parameters, values);
        loss = sizes.isPresent() ? tf.math.add(loss, sizes.get()) : loss;
        // Where outputs cost something, there is one tower.
        Optional<Operand<TFloat32>> activity =
            all.get(0).activity().map(sum -> tf.math.div(sum, pairs));
        regularization =
            Stream.concat(sizes.stream(), activity.stream()).reduce((a, b) -> tf.math.add(a, b));
      }
      gradients.add(tf, loss);
    }
    outputs =
        all.size() == 1
            ? all.get(0).outputs()
            : tf.concat(all.stream().map(Tower::outputs).toList(), tf.constant(0));
    addTrained(tf, settings.optimizer(), parameters, gradients.sums());
    List<Op> updates =
        new OptimizerStep(tf, settings.optimizer(), learningRate, step, shared).minimize(trained);
    statistics
        .updated()
        .forEach(
            (position, value) ->
                updates.add(tf.assignVariableOp(weights.get(position).handle(), value)));
    update = tf.withControlDependencies(updates).noOp();
    inference =
        new InferenceGraph(
            tf, design.network(), design.plan(), design.values(), values, design.precision());
  }

  private static List<Operand<TFloat32>> trainable(
      List<Parameter> parameters, List<Operand<TFloat32>> values) {
    List<Operand<TFloat32>> trainable = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).trainable()) {
        trainable.add(values.get(i));
      }
    }
    return trainable;
  }

  private void addTrained(
      Ops tf, Optimizer optimizer, List<Parameter> parameters, List<Operand<TFloat32>> gradients) {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.trainable()) {
        Map<Slot, Variable<TFloat32>> slots = new EnumMap<>(Slot.class);
        for (Slot slot : optimizer.slots()) {
          if (!slot.isShared()) {
            slots.put(slot, Variable.create(tf, parameter, slot.text()));
          }
        }
        trained.add(new TrainedVariable(i, weights.get(i), slots, gradients.get(trained.size())));
      }
    }
    for (Slot slot : optimizer.slots()) {
      if (slot.isShared()) {
        Parameter parameter = slot.parameters(parameters).get(0);
        shared.put(slot, Variable.create(tf, parameter, slot.text()));
      }
    }
  }

  Graph graph() {
    return graph;
  }

  /** The images that a batch points into. */
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

  /** The learning rate of the step. */
  Placeholder<TFloat32> learningRate() {
    return learningRate;
  }

  /** What is to be fed of the step's dropout. */
  DropoutInputs dropout() {
    return dropout;
  }

  /** All parameters, in the network's order. */
  List<Variable<TFloat32>> weights() {
    return weights;
  }

  /** Those that are trained, in the network's order. */
  List<TrainedVariable> trained() {
    return trained;
  }

  /** What the optimizer remembers of a kind: of each parameter that is trained, or of all. */
  List<Variable<TFloat32>> slot(Slot slot) {
    return slot.isShared()
        ? List.of(shared.get(slot))
        : trained.stream().map(variable -> variable.slots().get(slot)).toList();
  }

  /** Distances or similarities of the batch's pairs, in their order: (n, 1). */
  Operand<TFloat32> outputs() {
    return outputs;
  }

  /**
   * What the sizes of parameters and outputs add to the loss, a scalar; empty where nothing does.
   */
  Optional<Operand<TFloat32>> regularization() {
    return regularization;
  }

  /** Embeds and compares by the weights so far. */
  InferenceGraph inference() {
    return inference;
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
