package dev.siamese.training;

import dev.siamese.data.ValueRange;
import dev.siamese.loss.BatchObjective;
import dev.siamese.model.DropoutInputs;
import dev.siamese.model.DropoutLayout;
import dev.siamese.model.FastNetwork;
import dev.siamese.model.InferenceGraph;
import dev.siamese.model.MovingStatistics;
import dev.siamese.model.NetworkGraph;
import dev.siamese.model.PairLoss;
import dev.siamese.model.Plan;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.model.StepTraining;
import dev.siamese.network.Layer.WhileTraining;
import dev.siamese.network.Network;
import dev.siamese.network.SiameseNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/**
 * A share of a training step that runs beside others: some of the batch's pairs, from their images
 * to their outputs, or some of its images, to their embeddings.
 *
 * @param outputs distances or similarities, (n, 1), or embeddings, (n, size)
 * @param lossSum the sum of the pairs' losses, a scalar; empty for images, which have one together
 * @param activity what the size of layers' outputs adds to that sum, a scalar; empty where nothing
 *     does
 */
record Tower(
    Operand<TFloat32> outputs,
    Optional<Operand<TFloat32>> lossSum,
    Optional<Operand<TFloat32>> activity) {
  /** The label of a pair that costs nothing, to give every tower something to do. */
  static final int PADDING = -1;

  /**
   * What towers are made of.
   *
   * @param network that is trained
   * @param kept what is kept of it after training: the same, or it without a projection, whose
   *     parameters are the last
   * @param plan of its twin
   * @param head of it
   * @param values what pixels mean
   * @param loss of a pair
   * @param objective the loss of a whole batch; empty where pairs are given
   * @param precision of the convolutions
   * @param seed of the run
   */
  record Design(
      SiameseNetwork network,
      SiameseNetwork kept,
      Plan plan,
      Network head,
      ValueRange values,
      PairLoss loss,
      Optional<BatchObjective> objective,
      Precision precision,
      long seed) {

    static Design of(
        SiameseNetwork network,
        ValueRange values,
        TrainingSettings settings,
        SessionSettings system) {
      return of(network, network, values, settings, system);
    }

    static Design of(
        SiameseNetwork network,
        SiameseNetwork kept,
        ValueRange values,
        TrainingSettings settings,
        SessionSettings system) {
      return new Design(
          network,
          kept,
          Plan.of(network.twin()),
          network.head(),
          values,
          new PairLoss(network.output(), settings.margin()),
          settings.supervision().objective(),
          system.precision(),
          settings.seed());
    }

    /** How many bytes the dropout of a sample takes. */
    DropoutLayout dropout() {
      return objective.isPresent()
          ? DropoutLayout.ofImages(plan.network())
          : DropoutLayout.of(plan.network(), head);
    }

    /**
     * Adds a part to the graph that embeds and compares by weights, without what is done in
     * training alone.
     *
     * @param part the network, or what is kept of it
     * @param weights of the network
     */
    InferenceGraph inference(Ops tf, SiameseNetwork part, List<Operand<TFloat32>> weights) {
      return new InferenceGraph(
          tf,
          part,
          part.equals(network) ? plan : Plan.of(part.twin()),
          values,
          weights.subList(0, part.network().parameters().size()),
          precision);
    }

    /** How many rows a batch has: see {@link Batches#batch}. */
    int rows() {
      return objective.isPresent() ? 2 : 3;
    }

    /**
     * Whether a batch must not be parted or filled up, as statistics run over it or all that goes
     * through its layers counts.
     */
    boolean needsWholeBatch() {
      return usesStatistics(plan.network())
          || usesStatistics(head)
          || plan.network().regularizesActivity()
          || head.regularizesActivity();
    }

    private static boolean usesStatistics(Network network) {
      return network.layers().stream()
          .anyMatch(
              layer ->
                  layer.trainable()
                      && layer.layer().whileTraining() == WhileTraining.BATCH_STATISTICS);
    }
  }

  /**
   * Where towers' shares come from.
   *
   * @param images that the batch points into
   * @param batch first positions, second positions and labels, or {@link #PADDING}: (3, pairs); or
   *     positions and classes: (2, images)
   * @param step steps taken before this one
   * @param dropout what is fed for the batch's dropout
   * @param weights the network's parameters
   * @param statistics keeps the statistics of batches
   */
  record Inputs(
      PixelSource images,
      Operand<TInt32> batch,
      Operand<TInt64> step,
      DropoutInputs dropout,
      List<Operand<TFloat32>> weights,
      MovingStatistics statistics) {}

  /**
   * Adds a tower for some of the pairs to the graph, which embeds both images of each as one batch.
   *
   * @param tower which of them, from 0
   * @param towers how many share the batch, which has at least as many pairs
   */
  static Tower ofPairs(Ops tf, Design design, Inputs inputs, int tower, int towers) {
    Operand<TInt32> pairs = samples(tf, inputs);
    Operand<TInt32> from = share(tf, pairs, tower, towers);
    Operand<TInt32> count = tf.math.sub(share(tf, pairs, tower + 1, towers), from);

    Operand<TInt32> positions = rows(tf, inputs.batch(), 0, 2, from, count);
    Operand<TInt32> labels = rows(tf, inputs.batch(), 2, 1, from, count);
    Operand<TUint8> pixels = gather(tf, inputs, positions);

    DropoutInputs.Masks masks = inputs.dropout().ofSamples(tf, from, count);
    Parts parts = new Parts(tf, design, inputs, tower, new ArrayList<>());
    List<Operand<TFloat32>> embeddings = parts.twin(masks.twin(), 0).embedPairs(pixels);
    return parts.finish(embeddings, masks, labels);
  }

  /**
   * Adds the whole batch to the graph, the first images of its pairs beside the second ones: the
   * statistics of each run over all of them, as in Keras, and are remembered one after the other.
   */
  static Tower ofSides(Ops tf, Design design, Inputs inputs) {
    Operand<TInt32> pairs = samples(tf, inputs);
    Operand<TInt32> zero = tf.constant(0);
    DropoutInputs.Masks masks = inputs.dropout().ofSamples(tf, zero, pairs);
    Parts parts = new Parts(tf, design, inputs, 0, new ArrayList<>());
    List<Operand<TFloat32>> embeddings = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      Operand<TUint8> pixels = gather(tf, inputs, rows(tf, inputs.batch(), side, 1, zero, pairs));
      embeddings.add(parts.twin(masks.ofSide(tf, side), side).embed(pixels));
    }
    return parts.finish(embeddings, masks, rows(tf, inputs.batch(), 2, 1, zero, pairs));
  }

  /**
   * Adds a tower for some of the images to the graph, to their embeddings.
   *
   * @param tower which of them, from 0
   * @param towers how many share the batch, which has at least as many images
   */
  static Tower ofImages(Ops tf, Design design, Inputs inputs, int tower, int towers) {
    Operand<TInt32> images = samples(tf, inputs);
    Operand<TInt32> from = share(tf, images, tower, towers);
    Operand<TInt32> count = tf.math.sub(share(tf, images, tower + 1, towers), from);
    Operand<TUint8> pixels = gather(tf, inputs, rows(tf, inputs.batch(), 0, 1, from, count));
    DropoutInputs.Masks masks = inputs.dropout().ofSamples(tf, from, count);
    Parts parts = new Parts(tf, design, inputs, tower, new ArrayList<>());
    return new Tower(parts.twin(masks.twin(), 0).embed(pixels), Optional.empty(), parts.activity());
  }

  private static Operand<TInt32> samples(Ops tf, Inputs inputs) {
    return tf.reshape(
        tf.gather(tf.shape(inputs.batch()), tf.constant(1), tf.constant(0)),
        tf.constant(new int[0]));
  }

  private static Operand<TUint8> gather(Ops tf, Inputs inputs, Operand<TInt32> positions) {
    return inputs.images().at(tf, tf.reshape(positions, tf.constant(new int[] {-1})));
  }

  /** The outputs of all towers of a batch, in its order. */
  static Operand<TFloat32> joined(Ops tf, List<Tower> towers) {
    return towers.size() == 1
        ? towers.get(0).outputs
        : tf.concat(towers.stream().map(Tower::outputs).toList(), tf.constant(0));
  }

  /** 1 for a pair, 0 for one that only fills up a batch: the same shape as labels. */
  static Operand<TFloat32> counted(Ops tf, Operand<TInt32> labels) {
    return tf.dtypes.cast(tf.math.notEqual(labels, tf.constant(PADDING)), TFloat32.class);
  }

  private static Operand<TInt32> share(Ops tf, Operand<TInt32> samples, int part, int parts) {
    return tf.math.div(tf.math.mul(samples, tf.constant(part)), tf.constant(parts));
  }

  private static Operand<TInt32> rows(
      Ops tf,
      Operand<TInt32> batch,
      int row,
      int rows,
      Operand<TInt32> from,
      Operand<TInt32> count) {
    return tf.slice(
        batch,
        tf.stack(List.of(tf.constant(row), from)),
        tf.stack(List.of(tf.constant(rows), count)));
  }

  /** Twin and head of a tower. */
  private record Parts(
      Ops tf, Design design, Inputs inputs, int tower, List<Operand<TFloat32>> costs) {
    /** Numbers that the nodes of a tower's part may add to its seed. */
    private static final long NODES = 1L << 20;

    FastNetwork<?> twin(Map<Integer, DropoutInputs.Mask> masks, int side) {
      List<Integer> positions = design.network().twinParameters();
      return FastNetwork.create(
          tf,
          design.plan(),
          design.values(),
          positions.stream().map(inputs.weights()::get).toList(),
          design.precision(),
          Optional.of(training(masks, positions, side)));
    }

    private StepTraining training(
        Map<Integer, DropoutInputs.Mask> masks, List<Integer> positions, int part) {
      Operand<TInt64> step =
          tf.math.add(
              tf.math.mul(inputs.step(), tf.constant(4096 * NODES)),
              tf.constant((4L * tower + part) * NODES));
      return new StepTraining(
          tf,
          masks,
          new StepTraining.NoiseSeed(design.seed(), step),
          inputs.statistics(),
          positions,
          costs);
    }

    Tower finish(
        List<Operand<TFloat32>> embeddings, DropoutInputs.Masks masks, Operand<TInt32> labels) {
      List<Integer> positions = design.network().headParameters();
      Operand<TFloat32> output =
          new NetworkGraph(
                  tf, design.head(), positions.stream().map(inputs.weights()::get).toList())
              .outputs(embeddings, training(masks.head(), positions, 2))
              .get(0);
      // The loss of a sigmoid is taken from what goes into it, so that it must be seen as it is.
      Operand<TFloat32> outputs =
          design.head().outputShapes().get(0).rank() == 1
              ? output
              : tf.reshape(output, tf.constant(new int[] {-1, 1}));
      Operand<TInt32> column = tf.reshape(labels, tf.constant(new int[] {-1, 1}));
      Operand<TFloat32> losses =
          tf.math.mul(
              design.loss().of(tf, tf.dtypes.cast(column, TFloat32.class), outputs),
              counted(tf, column));
      return new Tower(
          outputs, Optional.of(tf.reduceSum(losses, tf.constant(new int[] {0, 1}))), activity());
    }

    Optional<Operand<TFloat32>> activity() {
      return costs.stream().reduce((a, b) -> tf.math.add(a, b));
    }
  }
}
