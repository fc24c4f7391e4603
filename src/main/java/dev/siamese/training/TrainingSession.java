package dev.siamese.training;

import dev.siamese.data.LabeledImages;
import dev.siamese.model.Architecture;
import dev.siamese.model.Dropout;
import dev.siamese.model.DropoutInputs;
import dev.siamese.model.Parameter;
import dev.siamese.model.PixelLayout;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.TrainingState;
import dev.siamese.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.RunOptions.TraceLevel;
import org.tensorflow.proto.StepStats;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** Takes training steps, one batch after the other, and hands out what they led to. */
final class TrainingSession implements AutoCloseable {
  /** A tower of fewer pairs costs more than it gains. */
  private static final int LEAST_PAIRS = 8;

  private final Architecture architecture;
  private final TrainingGraph graph;
  private final Session session;
  private final int towers;
  private final Optional<DropoutFeed> dropout;
  private long step;

  /**
   * Loads images and state.
   *
   * @param images what batches point into, (n, 28, 28)
   * @throws IllegalArgumentException when the images are of another size
   */
  TrainingSession(
      LabeledImages images,
      TrainingSettings settings,
      SessionSettings system,
      TrainingState start) {
    Architecture.requireImages(images);
    architecture = start.weights().architecture();
    towers = Math.max(1, Math.min(system.threads(), settings.batchSize() / LEAST_PAIRS));
    graph =
        new TrainingGraph(
            architecture, settings, system.precision(), PixelLayout.shape(images.size()), towers);
    try {
      session = new Session(graph.graph(), system.config());
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
    dropout = graph.dropout().map(inputs -> dropoutFeed(inputs, settings, system));
    try {
      try (TUint8 tensor = PixelLayout.tensorOf(images)) {
        assign(graph.images(), tensor);
      }
      assign(TrainedVariable::weight, start.weights());
      assign(TrainedVariable::firstMoment, start.firstMoment());
      assign(TrainedVariable::secondMoment, start.secondMoment());
      step = start.step();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private DropoutFeed dropoutFeed(
      DropoutInputs inputs, TrainingSettings settings, SessionSettings system) {
    // One thread shall mean one core, so there nobody draws ahead.
    Executor executor = system.threads() == 1 ? task -> {} : ForkJoinPool.commonPool()::execute;
    return new DropoutFeed(new Dropout(settings.dropout(), settings.seed()), inputs, executor);
  }

  /**
   * Takes a step.
   *
   * @param batch first positions, second positions and labels, one after the other: (3, n)
   * @return the distances of the pairs before the step, with dropout: (n)
   */
  float[] step(int[] batch) {
    int pairs = batch.length / 3;
    try (TInt32 fed = padded(batch);
        TInt64 taken = TInt64.scalarOf(step);
        Result result = stepRunner(fed, taken).run()) {
      step++;
      return floats(result.get(0), pairs);
    }
  }

  /** Takes a step, more slowly, and tells what TensorFlow did when. */
  StepStats tracedStep(int[] batch) {
    RunOptions trace = RunOptions.newBuilder().setTraceLevel(TraceLevel.FULL_TRACE).build();
    try (TInt32 fed = padded(batch);
        TInt64 taken = TInt64.scalarOf(step);
        Result result = stepRunner(fed, taken).setOptions(trace).runAndFetchMetadata()) {
      step++;
      return result.getMetadata().orElseThrow().getStepStats();
    }
  }

  private Session.Runner stepRunner(TInt32 batch, TInt64 taken) {
    return fedRunner(batch, taken).fetch(graph.distances()).addTarget(graph.update());
  }

  private Session.Runner fedRunner(TInt32 batch, TInt64 taken) {
    int images = 2 * (int) batch.shape().get(1);
    Session.Runner runner = session.runner().feed(graph.batch(), batch).feed(graph.step(), taken);
    dropout.ifPresent(feed -> feed.feed(runner, step, images));
    return runner;
  }

  /** The gradient of the mean loss of a batch, without taking a step. */
  Weights gradients(int[] batch) {
    try (TInt32 fed = padded(batch);
        TInt64 taken = TInt64.scalarOf(step)) {
      return fetch(fedRunner(fed, taken), TrainedVariable::gradient);
    }
  }

  /** Fills a batch up to one pair a tower: the pooling kernels refuse to work on no image. */
  private TInt32 padded(int[] batch) {
    int pairs = batch.length / 3;
    int fed = Math.max(pairs, towers);
    int[] rows = new int[3 * fed];
    for (int row = 0; row < 3; row++) {
      System.arraycopy(batch, row * pairs, rows, row * fed, pairs);
    }
    Arrays.fill(rows, 2 * fed + pairs, 3 * fed, Tower.PADDING);
    return TInt32.tensorOf(Shape.of(3, fed), DataBuffers.of(rows));
  }

  /** Everything that training needs to go on from here. */
  TrainingState state() {
    return new TrainingState(
        fetch(session.runner(), variable -> variable.weight().value()),
        fetch(session.runner(), variable -> variable.firstMoment().value()),
        fetch(session.runner(), variable -> variable.secondMoment().value()),
        step);
  }

  private Weights fetch(
      Session.Runner runner, Function<TrainedVariable, Operand<TFloat32>> operand) {
    graph.variables().forEach(variable -> runner.fetch(operand.apply(variable)));
    List<Parameter> parameters = architecture.parameters();
    try (Result result = runner.run()) {
      List<float[]> values = new ArrayList<>();
      for (int i = 0; i < parameters.size(); i++) {
        values.add(floats(result.get(i), parameters.get(i).size()));
      }
      return new Weights(architecture, values.toArray(float[][]::new));
    }
  }

  private void assign(Function<TrainedVariable, Variable<TFloat32>> which, Weights weights) {
    List<Parameter> parameters = architecture.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      try (TFloat32 tensor =
          TFloat32.tensorOf(parameters.get(i).shape(), DataBuffers.of(weights.values(i)))) {
        assign(which.apply(graph.variables().get(i)), tensor);
      }
    }
  }

  private <T extends TType> void assign(Variable<T> variable, T value) {
    session.runner().feed(variable.newValue(), value).addTarget(variable.assign()).run().close();
  }

  private static float[] floats(Tensor tensor, int size) {
    float[] values = new float[size];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  @Override
  public void close() {
    dropout.ifPresent(DropoutFeed::close);
    session.close();
    graph.close();
  }
}
