package dev.siamese.exchange;

import dev.siamese.model.Architecture;
import dev.siamese.model.EmbeddingNetwork;
import dev.siamese.model.PairDistance;
import java.util.List;
import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/** What an exported model can be asked, as a signature and, in Python, as a method. */
enum ModelFunction {
  /** The distances of pairs of images. */
  DISTANCE("serving_default", List.of("image1", "image2")) {
    @Override
    List<TensorSpec> outputs(Architecture architecture) {
      return List.of(DISTANCES);
    }

    @Override
    List<Operand<?>> build(
        Ops tf, EmbeddingNetwork network, List<Operand<TFloat32>> images, float threshold) {
      return List.of(distance(tf, network, images));
    }
  },

  /** The embeddings of images. */
  EMBED("embed", List.of("images")) {
    @Override
    List<TensorSpec> outputs(Architecture architecture) {
      Shape shape = Shape.of(-1, architecture.embeddingSize());
      return List.of(new TensorSpec("embedding", DataType.DT_FLOAT, shape));
    }

    @Override
    List<Operand<?>> build(
        Ops tf, EmbeddingNetwork network, List<Operand<TFloat32>> images, float threshold) {
      return List.of(network.embed(images.get(0)));
    }
  },

  /** The distances of pairs of images and whether each is below the threshold. */
  PREDICT("predict", List.of("image1", "image2")) {
    @Override
    List<TensorSpec> outputs(Architecture architecture) {
      return List.of(DISTANCES, new TensorSpec("same", DataType.DT_BOOL, Shape.of(-1, 1)));
    }

    @Override
    List<Operand<?>> build(
        Ops tf, EmbeddingNetwork network, List<Operand<TFloat32>> images, float threshold) {
      Operand<TFloat32> distance = distance(tf, network, images);
      Operand<TFloat32> limit = tf.withName(THRESHOLD).constant(threshold);
      return List.of(distance, tf.math.less(distance, limit));
    }
  };

  /** The constant that {@link #PREDICT} compares with, by which the threshold is found again. */
  static final String THRESHOLD = "threshold";

  private static final TensorSpec DISTANCES =
      new TensorSpec("distance", DataType.DT_FLOAT, Shape.of(-1, 1));

  private final String signature;
  private final List<TensorSpec> inputs;

  ModelFunction(String signature, List<String> inputs) {
    this.signature = signature;
    Shape images = Shape.of(-1, Architecture.IMAGE_SIZE, Architecture.IMAGE_SIZE, 1);
    this.inputs =
        inputs.stream().map(name -> new TensorSpec(name, DataType.DT_FLOAT, images)).toList();
  }

  /** The key of its signature. */
  String signature() {
    return signature;
  }

  /** Its name as a method in Python. */
  String method() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Images of (n, 28, 28, 1), 0 to 1. */
  List<TensorSpec> inputs() {
    return inputs;
  }

  abstract List<TensorSpec> outputs(Architecture architecture);

  /**
   * Adds it to a graph.
   *
   * @param images one operand an input
   * @return one operand an output
   */
  abstract List<Operand<?>> build(
      Ops tf, EmbeddingNetwork network, List<Operand<TFloat32>> images, float threshold);

  private static Operand<TFloat32> distance(
      Ops tf, EmbeddingNetwork network, List<Operand<TFloat32>> images) {
    return PairDistance.euclidean(tf, network.embed(images.get(0)), network.embed(images.get(1)));
  }
}
