package dev.siamese.savedmodel;

import dev.siamese.model.NetworkGraph;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The formulas of a siamese network over the values of its parameters.
 *
 * @param network what is computed
 * @param values by position in {@code network.network().parameters()}, as far as they are used
 */
record ServedGraph(SiameseNetwork network, Map<Integer, Operand<TFloat32>> values) {
  /** The names of the tensors between twin and head, which a session can be fed with. */
  static final List<String> EMBEDDINGS = List.of("embedding1", "embedding2");

  /**
   * The embeddings of images.
   *
   * @param images (n, height, width, channels)
   * @return (n, size), whatever axes the twin gives
   */
  Operand<TFloat32> embed(Ops tf, Operand<TFloat32> images) {
    TensorShape embedding = network.embedding();
    Operand<TFloat32> embeddings = twin(tf).outputs(List.of(images)).get(0);
    return embedding.rank() == 1 ? embeddings : rows(tf, embeddings, embedding.count());
  }

  /**
   * The distances or similarities of pairs of images.
   *
   * @return (n, 1), whatever axes the network gives
   */
  Operand<TFloat32> compare(Ops tf, Operand<TFloat32> images1, Operand<TFloat32> images2) {
    NetworkGraph twin = twin(tf);
    Operand<TFloat32> embeddings1 = twin.outputs(List.of(images1)).get(0);
    Operand<TFloat32> embeddings2 = twin.outputs(List.of(images2)).get(0);
    NetworkGraph head = new NetworkGraph(tf, network.head(), select(network.headParameters()));
    Operand<TFloat32> output =
        head.outputs(
                List.of(
                    tf.withName(EMBEDDINGS.get(0)).identity(embeddings1),
                    tf.withName(EMBEDDINGS.get(1)).identity(embeddings2)))
            .get(0);
    boolean isColumn = network.network().outputShapes().get(0).equals(TensorShape.of(1));
    return isColumn ? output : rows(tf, output, 1);
  }

  private NetworkGraph twin(Ops tf) {
    return new NetworkGraph(tf, network.twin(), select(network.twinParameters()));
  }

  private List<Operand<TFloat32>> select(List<Integer> positions) {
    return positions.stream().map(values::get).toList();
  }

  private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> values, int size) {
    return tf.reshape(values, tf.constant(new int[] {-1, size}));
  }
}
