package dev.siamese.training;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.Variable;
import dev.siamese.model.WeightTransfer;
import dev.siamese.network.Optimizer;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.Parameter;
import dev.siamese.network.Slot;
import dev.siamese.network.Weights;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RewriterConfig.Toggle;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.RunOptions.TraceLevel;
import org.tensorflow.proto.StepStats;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/** Takes training steps, one batch after the other, and hands out what they led to. */
final class TrainingSession implements AutoCloseable {
  /**
   * What a step came to.
   *
   * @param outputs distances or similarities of the pairs before the step, with dropout: (n)
   * @param regularization what the sizes of the parameters added to the loss
   */
  record StepResult(float[] outputs, float regularization) {}

  private final List<Parameter> parameters;
  private final TrainingGraph graph;
  private final Session session;
  private final Optimizer optimizer;
  private final int threads;
  private final int leastPairs;
  private final DropoutFeed dropout;
  private long step;

  /**
   * Loads images and state.
   *
   * @param images what batches point into
   * @throws IllegalArgumentException when the images are of another size
   */
  TrainingSession(
      Tower.Design design,
      LabeledImages images,
      TrainingSettings settings,
      SessionSettings system,
      RunState start) {
    parameters = design.network().network().parameters();
    optimizer = settings.optimizer();
    threads = system.threads();
    Towers parts = Towers.of(design, settings.batchSize(), system);
    leastPairs = parts.count();
    graph = new TrainingGraph(design, settings, images.size(), parts);
    try {
      session = new Session(graph.graph(), config(system, parts.threadsWithin()));
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
    // One thread shall mean one core, so there nobody draws ahead.
    Executor executor = system.threads() == 1 ? task -> {} : ForkJoinPool.commonPool()::execute;
    dropout = new DropoutFeed(graph.dropout(), settings.seed(), executor);
    try {
      try (TUint8 tensor = design.plan().pixels().tensorOf(images)) {
        graph.images().assign(session, tensor);
      }
      WeightTransfer.feed(session, WeightTransfer.slots(graph.weights()), start.weights());
      for (Slot slot : optimizer.slots()) {
        WeightTransfer.feed(
            session, WeightTransfer.slots(graph.slot(slot)), start.optimizer().slot(slot));
      }
      step = start.optimizer().step();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What TensorFlow is told. It stumbles, aloud, over fusing a leaky ReLU that has a gradient. */
  private ConfigProto config(SessionSettings system, int threadsWithin) {
    boolean leaky = false;
    for (Iterator<GraphOperation> all = graph.graph().operations(); all.hasNext(); ) {
      leaky |= all.next().type().equals(LeakyRelu.OP_NAME);
    }
    ConfigProto.Builder config =
        system.config().toBuilder().setIntraOpParallelismThreads(threadsWithin);
    if (leaky) {
      config.getGraphOptionsBuilder().getRewriteOptionsBuilder().setRemapping(Toggle.OFF);
    }
    return config.build();
  }

  /**
   * Takes a step.
   *
   * @param batch first positions, second positions and labels, one after the other: (3, n)
   */
  StepResult step(int[] batch) {
    int pairs = batch.length / 3;
    try (TInt32 fed = padded(batch);
        TInt64 taken = TInt64.scalarOf(step);
        TFloat32 rate = rate();
        Result result = stepRunner(fed, taken, rate).run()) {
      step++;
      return new StepResult(
          floats(result.get(0), pairs),
          graph.regularization().isPresent() ? floats(result.get(1), 1)[0] : 0);
    }
  }

  /** Takes a step, more slowly, and tells what TensorFlow did when. */
  StepStats tracedStep(int[] batch) {
    RunOptions trace = RunOptions.newBuilder().setTraceLevel(TraceLevel.FULL_TRACE).build();
    try (TInt32 fed = padded(batch);
        TInt64 taken = TInt64.scalarOf(step);
        TFloat32 rate = rate();
        Result result = stepRunner(fed, taken, rate).setOptions(trace).runAndFetchMetadata()) {
      step++;
      return result.getMetadata().orElseThrow().getStepStats();
    }
  }

  private TFloat32 rate() {
    return TFloat32.scalarOf((float) optimizer.common().learningRate().at(step));
  }

  private Session.Runner stepRunner(TInt32 batch, TInt64 taken, TFloat32 rate) {
    Session.Runner runner =
        fedRunner(batch, taken).feed(graph.learningRate(), rate).fetch(graph.outputs());
    graph.regularization().ifPresent(runner::fetch);
    return runner.addTarget(graph.update());
  }

  private Session.Runner fedRunner(TInt32 batch, TInt64 taken) {
    Session.Runner runner = session.runner().feed(graph.batch(), batch).feed(graph.step(), taken);
    dropout.feed(runner, step, (int) batch.shape().get(1));
    return runner;
  }

  /** The gradient of the loss of a batch by the trained parameters, without taking a step. */
  Weights gradients(int[] batch) {
    try (TInt32 fed = padded(batch);
        TInt64 taken = TInt64.scalarOf(step)) {
      return WeightTransfer.fetch(
          () -> fedRunner(fed, taken),
          graph.trained().stream().map(TrainedVariable::gradient).toList(),
          trained());
    }
  }

  /** Fills a batch up to one pair a tower: the pooling kernels refuse to work on no image. */
  private TInt32 padded(int[] batch) {
    int pairs = batch.length / 3;
    int fed = Math.max(pairs, leastPairs);
    int[] rows = new int[3 * fed];
    for (int row = 0; row < 3; row++) {
      System.arraycopy(batch, row * pairs, rows, row * fed, pairs);
    }
    Arrays.fill(rows, 2 * fed + pairs, 3 * fed, Tower.PADDING);
    return TInt32.tensorOf(Shape.of(3, fed), DataBuffers.of(rows));
  }

  /**
   * Compares the images of pairs by the weights so far, without what is done in training alone.
   *
   * @return a distance or a similarity a pair
   */
  float[] compare(LabeledImages images, Pairs pairs) {
    return graph.inference().compare(session, threads, images, pairs);
  }

  /** What all steps so far have led to, at the end of an epoch. */
  RunState state(History history) {
    return state(history, EpochSums.NONE);
  }

  /**
   * What all steps so far have led to.
   *
   * @param begun the sums of the epoch after these
   */
  RunState state(History history, EpochSums begun) {
    Map<Slot, Weights> slots = new EnumMap<>(Slot.class);
    for (Slot slot : optimizer.slots()) {
      slots.put(
          slot,
          WeightTransfer.fetch(
              session::runner, values(graph.slot(slot)), slot.parameters(trained())));
    }
    return new RunState(
        history,
        begun,
        WeightTransfer.fetch(session::runner, values(graph.weights()), parameters),
        new OptimizerState(step, slots));
  }

  private List<Parameter> trained() {
    return graph.trained().stream().map(variable -> parameters.get(variable.position())).toList();
  }

  private static List<Operand<TFloat32>> values(List<Variable<TFloat32>> variables) {
    return variables.stream().map(Variable::value).toList();
  }

  private static float[] floats(Tensor tensor, int size) {
    float[] values = new float[size];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  @Override
  public void close() {
    dropout.close();
    session.close();
    graph.close();
  }
}
