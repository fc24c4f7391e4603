package dev.siamese.training;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.model.PixelLayout;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.Variable;
import dev.siamese.model.WeightTransfer;
import dev.siamese.network.LearningRate;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
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
   * What a step came to, before it was taken, with dropout.
   *
   * @param told distances or similarities of given pairs, (n), or what {@link ImageSteps} tells of
   *     a whole batch
   * @param regularization what the sizes of the parameters added to the loss
   */
  record StepResult(float[] told, float regularization) {}

  /** Rows of a batch of pairs. */
  private static final int PAIR_ROWS = 3;

  private final List<Parameter> parameters;
  private final TrainingGraph graph;
  private final Session session;
  private final Optimizer optimizer;
  private final int threads;
  private final int rows;
  private final int towers;
  private final DropoutFeed dropout;
  private final Optional<ChangedImages> changed;
  private int epoch = 1;
  private LearningRate learningRate;
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
    learningRate = optimizer.common().learningRate();
    threads = system.threads();
    rows = design.rows();
    Towers parts = Towers.of(design, settings.samplesTogether(images.size()), system);
    towers = parts.count();
    boolean kept = settings.supervision().augmentation().isNone();
    graph =
        new TrainingGraph(
            design, optimizer, kept ? OptionalInt.of(images.size()) : OptionalInt.empty(), parts);
    try {
      session = new Session(graph.graph(), config(system, parts.threadsWithin()));
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
    // One thread shall mean one core, so there nobody draws ahead.
    Executor executor = system.threads() == 1 ? task -> {} : ForkJoinPool.commonPool()::execute;
    dropout = new DropoutFeed(graph.dropout(), settings.seed(), executor);
    PixelLayout pixels = design.plan().pixels();
    changed =
        kept
            ? Optional.empty()
            : Optional.of(
                new ChangedImages(
                    images,
                    pixels,
                    settings.supervision().augmentation(),
                    settings.seed(),
                    system.threads(),
                    executor));
    try {
      if (kept) {
        try (TUint8 tensor = pixels.tensorOf(images)) {
          graph.kept().orElseThrow().assign(session, tensor);
        }
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
   * Begins an epoch.
   *
   * @param number of it, from 1
   * @param rate that of its steps
   */
  void begin(int number, LearningRate rate) {
    epoch = number;
    learningRate = rate;
  }

  /**
   * Takes a step.
   *
   * @param batch as {@link Batches#batch} makes it
   */
  StepResult step(int[] batch) {
    return step(batch, Optional.empty());
  }

  /**
   * Takes a step.
   *
   * @param batch as {@link Batches#batch} makes it
   * @param next that of the step after it, if it is known, to change its images in time
   */
  StepResult step(int[] batch, Optional<int[]> next) {
    try (TInt32 fed = padded(batch);
        TInt64 taken = TInt64.scalarOf(step);
        TFloat32 rate = rate();
        Result result = stepRunner(batch, fed, taken, rate, next).run()) {
      step++;
      return new StepResult(
          WeightTransfer.floats(
              result.get(0), rows == PAIR_ROWS ? batch.length / rows : ImageSteps.TOLD),
          graph.loss().regularization().isPresent()
              ? WeightTransfer.floats(result.get(1), 1)[0]
              : 0);
    }
  }

  /** Takes a step, more slowly, and tells what TensorFlow did when. */
  StepStats tracedStep(int[] batch) {
    RunOptions trace = RunOptions.newBuilder().setTraceLevel(TraceLevel.FULL_TRACE).build();
    try (TInt32 fed = padded(batch);
        TInt64 taken = TInt64.scalarOf(step);
        TFloat32 rate = rate();
        Result result =
            stepRunner(batch, fed, taken, rate, Optional.empty())
                .setOptions(trace)
                .runAndFetchMetadata()) {
      step++;
      return result.getMetadata().orElseThrow().getStepStats();
    }
  }

  private TFloat32 rate() {
    return TFloat32.scalarOf((float) learningRate.at(step));
  }

  private Session.Runner stepRunner(
      int[] batch, TInt32 fed, TInt64 taken, TFloat32 rate, Optional<int[]> next) {
    Session.Runner runner =
        fedRunner(batch, fed, taken, next)
            .feed(graph.learningRate(), rate)
            .fetch(graph.loss().told());
    graph.loss().regularization().ifPresent(runner::fetch);
    return runner.addTarget(graph.update());
  }

  private Session.Runner fedRunner(int[] batch, TInt32 fed, TInt64 taken, Optional<int[]> next) {
    Session.Runner runner = session.runner().feed(graph.batch(), fed).feed(graph.step(), taken);
    dropout.feed(runner, step, (int) fed.shape().get(1));
    changed.ifPresent(
        feed ->
            feed.feed(
                runner,
                graph.fed().orElseThrow(),
                step,
                ChangedImages.Wanted.of(epoch, batch, rows),
                next.map(following -> ChangedImages.Wanted.of(epoch, following, rows))));
    return runner;
  }

  /** The gradient of the loss of a batch by the trained parameters, without taking a step. */
  Weights gradients(int[] batch) {
    try (TInt32 fed = padded(batch);
        TInt64 taken = TInt64.scalarOf(step)) {
      return WeightTransfer.fetch(
          () -> fedRunner(batch, fed, taken, Optional.empty()),
          graph.trained().stream().map(TrainedVariable::gradient).toList(),
          trained());
    }
  }

  /**
   * A batch as it is fed: pairs are filled up to one a tower, as the pooling kernels refuse to work
   * on no image, and where images are changed, positions are those in the batch itself.
   */
  private TInt32 padded(int[] batch) {
    int samples = batch.length / rows;
    int fed = rows == PAIR_ROWS ? Math.max(samples, towers) : samples;
    int[] filled = new int[rows * fed];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(batch, row * samples, filled, row * fed, samples);
      if (changed.isPresent() && row < rows - 1) {
        for (int i = 0; i < samples; i++) {
          filled[row * fed + i] = row * samples + i;
        }
      }
    }
    if (rows == PAIR_ROWS) {
      Arrays.fill(filled, 2 * fed + samples, 3 * fed, Tower.PADDING);
    }
    return TInt32.tensorOf(Shape.of(rows, fed), DataBuffers.of(filled));
  }

  /**
   * The embeddings of images by the weights so far, without what is done in training alone, as the
   * network gives them that is kept.
   */
  float[][] embed(LabeledImages images) {
    return graph.inference().embed(session, threads, images);
  }

  /**
   * Compares the images of pairs.
   *
   * @param embeddings of the images that they point into
   * @return a distance or a similarity a pair
   */
  float[] compare(float[][] embeddings, Pairs pairs) {
    return graph.inference().compare(session, threads, embeddings, pairs);
  }

  /**
   * The mean loss of whole batches, without what is done in training alone.
   *
   * @param images that the batches point into
   * @param embeddings of these, as {@link #embed} gives them, if they are known
   */
  double loss(LabeledImages images, Optional<float[][]> embeddings, Batches batches) {
    LessonGraph lesson = graph.lesson().orElseThrow();
    float[][] rows =
        lesson.embed(session, threads, images).or(() -> embeddings).orElseGet(() -> embed(images));
    return lesson.loss(session, rows, batches);
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

  @Override
  public void close() {
    dropout.close();
    changed.ifPresent(ChangedImages::close);
    session.close();
    graph.close();
  }
}
