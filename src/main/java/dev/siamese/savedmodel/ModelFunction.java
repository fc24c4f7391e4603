package dev.siamese.savedmodel;

import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** What an exported model can be asked, as a signature and, in Python, as a method. */
enum ModelFunction {
  /** The distances or similarities of pairs of images. */
  COMPARE("serving_default", List.of("image1", "image2")) {
    @Override
    List<String> methods(SiameseNetwork network) {
      return List.of(network.output().text(), signature(), KERAS_ENDPOINT);
    }

    @Override
    List<TensorSpec> outputs(SiameseNetwork network) {
      return List.of(TensorSpec.batch(network.output().text(), PAIR));
    }

    @Override
    List<Operand<?>> build(
        Ops tf, ServedGraph graph, List<Operand<TFloat32>> images, double threshold) {
      return List.of(graph.compare(tf, images.get(0), images.get(1)));
    }
  },

  /** The embeddings of images. */
  EMBED("embed", List.of("images")) {
    @Override
    List<TensorSpec> outputs(SiameseNetwork network) {
      return List.of(TensorSpec.batch("embedding", TensorShape.of(network.embedding().count())));
    }

    @Override
    List<Integer> parameters(SiameseNetwork network) {
      return network.twinParameters();
    }

    @Override
    List<Operand<?>> build(
        Ops tf, ServedGraph graph, List<Operand<TFloat32>> images, double threshold) {
      return List.of(graph.embed(tf, images.get(0)));
    }
  },

  /** The distances or similarities of pairs of images, and whether each calls them the same. */
  PREDICT("predict", List.of("image1", "image2")) {
    @Override
    List<TensorSpec> outputs(SiameseNetwork network) {
      return List.of(
          TensorSpec.batch(network.output().text(), PAIR),
          new TensorSpec(SAME, DataType.DT_BOOL, Shape.of(-1, 1)));
    }

    @Override
    List<Operand<?>> build(
        Ops tf, ServedGraph graph, List<Operand<TFloat32>> images, double threshold) {
      Operand<TFloat32> output = graph.compare(tf, images.get(0), images.get(1));
      Operand<TBool> same =
          switch (graph.network().output()) {
            case DISTANCE ->
                tf.math.less(output, tf.withName(THRESHOLD).constant(roundUp(threshold)));
            case SIMILARITY ->
                tf.math.greater(output, tf.withName(THRESHOLD).constant(-roundUp(-threshold)));
          };
      return List.of(output, same);
    }
  };

  /** The constant that {@link #PREDICT} compares with, by which the threshold is found again. */
  static final String THRESHOLD = "threshold";

  /** The output that says whether two images are the same. */
  static final String SAME = "same";

  /** What Keras's TFSMLayer calls where it is told nothing else. */
  private static final String KERAS_ENDPOINT = "serve";

  /** The shape of what a pair is told. */
  private static final TensorShape PAIR = TensorShape.of(1);

  private final String signature;
  private final List<String> inputs;

  ModelFunction(String signature, List<String> inputs) {
    this.signature = signature;
    this.inputs = inputs;
  }

  /** The key of its signature. */
  String signature() {
    return signature;
  }

  /** Its names as a method in Python, of which the first one is meant for people. */
  List<String> methods(SiameseNetwork network) {
    return List.of(signature);
  }

  /** Images of (n, height, width, channels). */
  List<TensorSpec> inputs(SiameseNetwork network) {
    return inputs.stream().map(name -> TensorSpec.batch(name, network.image())).toList();
  }

  abstract List<TensorSpec> outputs(SiameseNetwork network);

  /** The positions of the parameters that it uses. */
  List<Integer> parameters(SiameseNetwork network) {
    return IntStream.range(0, network.network().parameters().size()).boxed().toList();
  }

  /**
   * Adds it to a graph.
   *
   * @param images one operand an input
   * @return one operand an output
   */
  abstract List<Operand<?>> build(
      Ops tf, ServedGraph graph, List<Operand<TFloat32>> images, double threshold);

  /**
   * For any float, below the result means below the threshold; and above the negated result for a
   * negated threshold means above the threshold.
   */
  private static float roundUp(double threshold) {
    float nearest = (float) threshold;
    return nearest < threshold ? Math.nextUp(nearest) : nearest;
  }
}
