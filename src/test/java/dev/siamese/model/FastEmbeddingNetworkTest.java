package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.model.SessionSettings.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Dropout and precision in the network; without them, training's tests compare it with the plain
 * layers.
 */
class FastEmbeddingNetworkTest {
  private static final int IMAGES = 16_000;
  private static final Architecture ONE_CHANNEL = new Architecture(1, 1, 1, 1);

  /**
   * A network of one channel, whose first bias is 1 and whose kernels pass one pixel on, so that
   * nothing but masks and their scales make an embedding. With the zeros' share p and the scale s =
   * 1 / (1 − p), the expected maximum of 4 is s (1 − p⁴) after the first dropout, and so on.
   */
  @Test
  void everyConvolutionIsFollowedByDropout() {
    double p = 0.75; // Of 0.4 the tolerance would not tell a missing mask.
    double scale = 1 / (1 - p);
    double firstKept = 1 - Math.pow(p, 4);
    double secondKept = 1 - Math.pow(1 - firstKept * (1 - p), 4);
    double expected = scale * scale * secondKept;

    double mean = meanEmbedding(p);
    // A mean of 4 positions has a deviation of at most scale³ / 2.
    assertEquals(expected, mean, 6 * Math.pow(scale, 3) / 2 / Math.sqrt(IMAGES));
    assertEquals(1, meanEmbedding(0));
  }

  /** How many operations there are, by their kind and the type of what they give. */
  @ParameterizedTest
  @EnumSource
  void convolutionsAloneAreOfThePrecision(Precision precision) {
    String expected =
        switch (precision) {
          case FLOAT32 ->
              "{BiasAdd FLOAT=4, Conv2D FLOAT=1, MatMul FLOAT=12, MaxPool FLOAT=3, Relu FLOAT=3}";
          // The terms of Winograd's kernels are added up, and the dense layer computed, in float32.
          case BFLOAT16 ->
              "{BiasAdd BFLOAT16=3, BiasAdd FLOAT=1, Conv2D BFLOAT16=1, MatMul BFLOAT16=10,"
                  + " MatMul FLOAT=2, MaxPool BFLOAT16=3, Relu BFLOAT16=3}";
        };
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TUint8> pixels =
          tf.placeholder(TUint8.class, Placeholder.shape(PixelLayout.shape(2)));
      new FastEmbeddingNetwork(tf, parameters(tf), precision, Optional.empty()).embed(pixels);
      Map<String, Integer> found = new TreeMap<>();
      graph
          .operations()
          .forEachRemaining(
              operation -> {
                if (Set.of("Conv2D", "MatMul", "MaxPool", "BiasAdd", "Relu")
                    .contains(operation.type())) {
                  String type = operation.type() + " " + operation.output(0).dataType();
                  found.merge(type.replace("DT_", ""), 1, Integer::sum);
                }
              });
      assertEquals(expected, found.toString());
    }
  }

  private static double meanEmbedding(double rate) {
    Dropout dropout = new Dropout(rate, 1);
    byte[] kept = DropoutTest.mask(dropout, 0, IMAGES * DropoutInputs.bytesPerImage(ONE_CHANNEL));
    try (Graph graph = new Graph();
        TUint8 fed = TUint8.tensorOf(Shape.of(kept.length), DataBuffers.of(kept))) {
      Ops tf = Ops.create(graph);
      Operand<TUint8> black =
          tf.zeros(tf.constant(PixelLayout.shape(IMAGES).asArray()), TUint8.class);
      DropoutInputs inGraph =
          new DropoutInputs(
              ONE_CHANNEL, tf.placeholder(TUint8.class), tf.constant(dropout.scale(0)));
      Operand<TFloat32> embeddings =
          new FastEmbeddingNetwork(tf, parameters(tf), Precision.FLOAT32, Optional.of(inGraph))
              .embed(black);
      try (Session session = new Session(graph, SessionSettings.defaults().config());
          Result result = session.runner().feed(inGraph.kept(), fed).fetch(embeddings).run()) {
        double sum = 0;
        for (int image = 0; image < IMAGES; image++) {
          sum += result.get(0).asRawTensor().data().asFloats().getFloat(image);
        }
        return sum / IMAGES;
      }
    }
  }

  private static List<Operand<TFloat32>> parameters(Ops tf) {
    List<Operand<TFloat32>> parameters = new ArrayList<>();
    for (Parameter parameter : ONE_CHANNEL.parameters()) {
      float[] values = new float[parameter.size()];
      boolean kernel = parameter.shape().numDimensions() > 1;
      values[0] = kernel || parameters.size() == 1 ? 1 : 0;
      parameters.add(tf.constant(Shape.of(parameter.shape().asArray()), DataBuffers.of(values)));
    }
    return parameters;
  }
}
