package dev.siamese.training;

import dev.siamese.model.DropoutInputs;
import dev.siamese.model.InferenceGraph;
import dev.siamese.model.MovingStatistics;
import dev.siamese.model.PixelLayout;
import dev.siamese.model.Variable;
import dev.siamese.network.Optimizer;
import dev.siamese.network.Parameter;
import dev.siamese.network.Slot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
 * The graph of a training step: gather the images of a batch, embed them through the same weights,
 * take the loss of the pairs or of the whole batch, and update the weights.
 *
 * <p>The batch is split into {@linkplain Tower towers}, which share the weights and whose losses
 * are added. The images stay in the graph as bytes, in the order of the plan, and a step is fed
 * only positions, labels and dropout's masks, unless the images are changed in every step.
 */
final class TrainingGraph implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Optional<Variable<TUint8>> kept;
  private final Optional<Placeholder<TUint8>> fed;
  private final Placeholder<TInt32> batch;
  private final Placeholder<TInt64> step;
  private final DropoutInputs dropout;
  private final List<Variable<TFloat32>> weights;
  private final Placeholder<TFloat32> learningRate;
  private final List<TrainedVariable> trained = new ArrayList<>();
  private final Map<Slot, Variable<TFloat32>> shared = new EnumMap<>(Slot.class);
  private final StepLoss loss;
  private final Op update;
  private final InferenceGraph inference;
  private final Optional<LessonGraph> lesson;

  /**
   * Builds the graph.
   *
   * @param images how many it keeps, which batches point into; empty where each batch is fed its
   *     own, changed for that step
   * @param towers that share a batch
   */
  TrainingGraph(Tower.Design design, Optimizer optimizer, OptionalInt images, Towers towers) {
    Ops tf = Ops.create(graph);
    PixelLayout pixels = design.plan().pixels();
    PixelSource source;
    if (images.isPresent()) {
      Shape shape = pixels.shape(images.getAsInt());
      PixelSource.Kept all =
          new PixelSource.Kept(Variable.create(tf, "images", TUint8.class, shape));
      kept = Optional.of(all.images());
      fed = Optional.empty();
      source = all;
    } else {
      kept = Optional.empty();
      fed = Optional.of(tf.placeholder(TUint8.class, Placeholder.shape(pixels.shape(-1))));
      source = new PixelSource.Fed(fed.get());
    }
    batch = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(design.rows(), -1)));
    step = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    learningRate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    dropout = DropoutInputs.create(tf, design.dropout());

    List<Parameter> parameters = design.network().network().parameters();
    weights =
        parameters.stream().map(parameter -> Variable.create(tf, parameter, "weight")).toList();
    List<Operand<TFloat32>> values = new ArrayList<>();
    weights.forEach(weight -> values.add(weight.value()));
    MovingStatistics statistics = new MovingStatistics(values);

    Tower.Inputs inputs = new Tower.Inputs(source, batch, step, dropout, values, statistics);
    GradientSum gradients = new GradientSum(graph, trainable(parameters, values));
    loss =
        design.objective().isPresent()
            ? ImageSteps.add(tf, design, inputs, towers, parameters, gradients)
            : PairSteps.add(tf, design, inputs, towers, parameters, gradients);
    addTrained(tf, optimizer, parameters, gradients.sums());
    List<Op> updates =
        new OptimizerStep(tf, optimizer, learningRate, step, shared).minimize(trained);
    statistics
        .updated()
        .forEach(
            (position, value) ->
                updates.add(tf.assignVariableOp(weights.get(position).handle(), value)));
    update = tf.withControlDependencies(updates).noOp();
    inference = design.inference(tf, design.kept(), values);
    lesson = design.objective().map(objective -> new LessonGraph(tf, design, objective, values));
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

  /** The images that a batch points into, where they stay. */
  Optional<Variable<TUint8>> kept() {
    return kept;
  }

  /** Takes a batch's own images, in its order, where they are fed. */
  Optional<Placeholder<TUint8>> fed() {
    return fed;
  }

  /** A batch: see {@link Batches#batch}. */
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

  /** What is told of a step, and what the sizes of parameters and outputs add to its loss. */
  StepLoss loss() {
    return loss;
  }

  /** Embeds and compares by the weights so far. */
  InferenceGraph inference() {
    return inference;
  }

  /** The loss of other batches than those of steps, where it is one of whole batches. */
  Optional<LessonGraph> lesson() {
    return lesson;
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
