package dev.siamese.model;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The part of a graph that embeds images and compares embeddings, without what is done in training
 * alone. It embeds each image once, however many pairs it is in. Safe for use by threads.
 */
public final class InferenceGraph {
  /** The batch at which a core embeds most images a second; larger ones fall out of its cache. */
  private static final int BATCH_SIZE = 32;

  /** Embeddings that a core compares at a time, in numbers. */
  private static final int COMPARED_NUMBERS = 1 << 18;

  private final TensorShape image;
  private final TensorShape embedding;
  private final Plan plan;
  private final Placeholder<TUint8> images;
  private final Operand<TFloat32> embeddings;
  private final List<Placeholder<TFloat32>> compared = new ArrayList<>();
  private final Operand<TFloat32> outputs;

  /**
   * Adds the part to a graph.
   *
   * @param tf builds the graph
   * @param plan of the network's twin
   * @param values what pixels mean
   * @param parameters of the network, in its order
   * @param precision of the convolutions
   */
  public InferenceGraph(
      Ops tf,
      SiameseNetwork network,
      Plan plan,
      ValueRange values,
      List<? extends Operand<TFloat32>> parameters,
      SessionSettings.Precision precision) {
    this.plan = plan;
    image = network.image();
    embedding = network.embedding();
    images = tf.placeholder(TUint8.class, Placeholder.shape(plan.pixels().shape(-1)));
    embeddings =
        FastNetwork.create(
                tf,
                plan,
                values,
                at(network.twinParameters(), parameters),
                precision,
                Optional.empty())
            .embed(images);
    for (int side = 0; side < 2; side++) {
      compared.add(tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.of(-1, embedding))));
    }
    outputs =
        new NetworkGraph(tf, network.head(), at(network.headParameters(), parameters))
            .outputs(compared)
            .get(0);
  }

  private static List<Operand<TFloat32>> at(
      List<Integer> positions, List<? extends Operand<TFloat32>> parameters) {
    List<Operand<TFloat32>> found = new ArrayList<>();
    positions.forEach(position -> found.add(parameters.get(position)));
    return found;
  }

  /**
   * The embeddings of images.
   *
   * @param session over the graph
   * @param threads that work
   * @param input (n, height, width, channels)
   * @return (n, embedding size)
   * @throws IllegalArgumentException when the images are of another size
   */
  public float[][] embed(Session session, int threads, LabeledImages input) {
    Images.require(image, input);
    float[][] rows = new float[input.size()][];
    ParallelBatches.run(
        threads,
        input.size(),
        BATCH_SIZE,
        (from, to) -> embedBatch(session, input, from, to, rows));
    return rows;
  }

  private void embedBatch(Session session, LabeledImages input, int from, int to, float[][] rows) {
    try (TUint8 fed = plan.pixels().tensorOf(input.range(from, to));
        Result result = session.runner().feed(images, fed).fetch(embeddings).run()) {
      int size = embedding.count();
      float[] values = WeightTransfer.floats(result.get(0), (to - from) * size);
      for (int row = 0; row < to - from; row++) {
        rows[from + row] = Arrays.copyOfRange(values, row * size, (row + 1) * size);
      }
    }
  }

  /**
   * Compares the images of pairs.
   *
   * @param session over the graph
   * @param threads that work
   * @param input (n, height, width, channels)
   * @return a distance or a similarity a pair
   * @throws IllegalArgumentException when the images are of another size
   */
  public float[] compare(Session session, int threads, LabeledImages input, Pairs pairs) {
    return compare(session, threads, embed(session, threads, input), pairs);
  }

  /**
   * Compares the images of pairs by their embeddings.
   *
   * @param rows the embeddings that the pairs point into: (images, embedding size)
   * @see #compare(Session, int, LabeledImages, Pairs)
   */
  public float[] compare(Session session, int threads, float[][] rows, Pairs pairs) {
    return compare(session, threads, at(rows, pairs.first()), at(rows, pairs.second()));
  }

  private static float[][] at(float[][] rows, int[] positions) {
    return Arrays.stream(positions).mapToObj(position -> rows[position]).toArray(float[][]::new);
  }

  /**
   * Compares embeddings.
   *
   * @param session over the graph
   * @param threads that work
   * @param first (n, embedding size)
   * @param second (n, embedding size)
   * @return a distance or a similarity a row
   * @throws IllegalArgumentException when they are of another size
   */
  public float[] compare(Session session, int threads, float[][] first, float[][] second) {
    Images.require(embedding, first, second);
    float[] found = new float[first.length];
    ParallelBatches.run(
        threads,
        first.length,
        Math.max(1, COMPARED_NUMBERS / embedding.count()),
        (from, to) -> {
          try (TFloat32 ones = gather(first, from, to);
              TFloat32 others = gather(second, from, to);
              Result result =
                  session
                      .runner()
                      .feed(compared.get(0), ones)
                      .feed(compared.get(1), others)
                      .fetch(outputs)
                      .run()) {
            System.arraycopy(
                WeightTransfer.floats(result.get(0), to - from), 0, found, from, to - from);
          }
        });
    return found;
  }

  private TFloat32 gather(float[][] rows, int from, int to) {
    int size = embedding.count();
    float[] values = new float[(to - from) * size];
    for (int row = from; row < to; row++) {
      System.arraycopy(rows[row], 0, values, (row - from) * size, size);
    }
    return TFloat32.tensorOf(Shapes.of(to - from, embedding), DataBuffers.of(values));
  }
}
