package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.siamese.network.Distance;
import dev.siamese.network.Network;
import dev.siamese.network.TensorShape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class DistanceTest {
  private static final float[][] FIRST = {{1, 2, 3}, {4, 5, 6}, {0, 0, 0}};

  /** The second pair's embeddings are equal, and so are the third's, which are zeros. */
  private static final float[][] SECOND = {{1, 5, 7}, {4, 5, 6}, {0, 0, 0}};

  /** By hand: differences (0, −3, −4); lengths √14 and √75, product 32. */
  @ParameterizedTest
  @EnumSource
  void isThatOfItsNameAndExactlyZeroForEqualEmbeddings(Distance distance) {
    float[] expected =
        switch (distance) {
          case EUCLIDEAN -> new float[] {5, 0, 0};
          case SQUARED_EUCLIDEAN -> new float[] {25, 0, 0};
          case MANHATTAN -> new float[] {7, 0, 0};
          // A vector of zeros has no direction.
          case COSINE -> new float[] {1 - 32 / (float) Math.sqrt(14 * 75), 0, 1};
        };
    // A cosine alone rounds.
    assertArrayEquals(expected, distances(distance)[0], distance == Distance.COSINE ? 2e-7f : 0);
  }

  @ParameterizedTest
  @EnumSource
  void hasAGradientAndNoneForEqualEmbeddings(Distance distance) {
    double product = Math.sqrt(14 * 75);
    float[] expected =
        switch (distance) {
          case EUCLIDEAN -> new float[] {0, -0.6f, -0.8f};
          case SQUARED_EUCLIDEAN -> new float[] {0, -6, -8};
          case MANHATTAN -> new float[] {0, -1, -1};
          // a · cosine / |a|² − b / (|a| · |b|).
          case COSINE ->
              new float[] {
                (float) (32 / product / 14 - 1 / product),
                (float) (2 * 32 / product / 14 - 5 / product),
                (float) (3 * 32 / product / 14 - 7 / product)
              };
        };
    float[] gradient = distances(distance)[1];
    float[] all = new float[9];
    System.arraycopy(expected, 0, all, 0, 3);
    assertArrayEquals(all, gradient, 1e-7f);
  }

  /** The distances, and their gradient by the first embeddings. */
  private static float[][] distances(Distance distance) {
    Network head = distance.network(TensorShape.of(3));
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> first = tf.constant(FIRST);
      List<Operand<TFloat32>> embeddings = List.of(first, tf.constant(SECOND));
      Operand<TFloat32> output = new NetworkGraph(tf, head, List.of()).outputs(embeddings).get(0);
      Output<?>[] gradient =
          graph.addGradients(output.asOutput(), new Output<?>[] {first.asOutput()});
      try (Session session = new Session(graph, SessionSettings.defaults().config());
          Result result = session.runner().fetch(output).fetch(gradient[0]).run()) {
        assertArrayEquals(new long[] {3, 1}, result.get(0).shape().asArray());
        float[][] values = {new float[3], new float[9]};
        for (int i = 0; i < values.length; i++) {
          result.get(i).asRawTensor().data().asFloats().read(values[i]);
        }
        return values;
      }
    }
  }
}
