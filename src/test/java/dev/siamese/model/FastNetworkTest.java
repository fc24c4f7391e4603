package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.ValueRange;
import dev.siamese.model.DropoutInputs.Fed;
import dev.siamese.model.DropoutLayout.Group;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.network.Activation;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Flatten;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.Parameter;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import dev.siamese.network.Window;
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

/** Dropout and precision in the reference's layers; {@link FastEqualsPlainTest} has any others. */
class FastNetworkTest {
  private static final int IMAGES = 16_000;
  private static final Plan PLAN = Plan.of(Networks.reference(1, 1, 1, 1).twin());

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
          tf.placeholder(TUint8.class, Placeholder.shape(PLAN.pixels().shape(2)));
      network(tf, precision, Optional.empty()).embed(pixels);
      assertEquals(
          expected, operations(graph, "Conv2D", "MatMul", "MaxPool", "BiasAdd", "Relu").toString());
    }
  }

  /** How many there are of these kinds, by the type of what they give. */
  private static Map<String, Integer> operations(Graph graph, String... kinds) {
    Map<String, Integer> found = new TreeMap<>();
    graph
        .operations()
        .forEachRemaining(
            operation -> {
              if (Set.of(kinds).contains(operation.type())) {
                String type = operation.type() + " " + operation.output(0).dataType();
                found.merge(type.replace("DT_", ""), 1, Integer::sum);
              }
            });
    return found;
  }

  /** An activation is computed as what it is applied to. */
  @Test
  void whatADenseLayerGivesStaysInFloat32() {
    Network twin =
        NetworkBuilder.chain(
            "twin",
            TensorShape.of(8, 8, 1),
            Conv2D.of(2, Window.valid(3), Activation.LINEAR),
            Activation.TANH,
            new Flatten(),
            Dense.of(3, Activation.LINEAR),
            Activation.SIGMOID);
    Plan plan = Plan.of(twin);
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TUint8> pixels =
          tf.placeholder(TUint8.class, Placeholder.shape(plan.pixels().shape(2)));
      List<Operand<TFloat32>> parameters =
          GraphValues.constants(tf, Weights.zeros(twin.parameters()));
      FastNetwork.create(
              tf, plan, ValueRange.ZERO_TO_ONE, parameters, Precision.BFLOAT16, Optional.empty())
          .embed(pixels);
      assertEquals(
          "{Sigmoid FLOAT=1, Tanh BFLOAT16=1}", operations(graph, "Sigmoid", "Tanh").toString());
    }
  }

  private static double meanEmbedding(double rate) {
    Network twin = Networks.reference(1, 1, 1, 1).withDropout(rate).twin();
    DropoutLayout layout =
        DropoutLayout.of(
            Plan.of(twin).network(), NetworkBuilder.chain("none", twin.inputShapes().get(0)));
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      DropoutInputs inputs = DropoutInputs.create(tf, layout);
      Operand<TUint8> black =
          tf.zeros(tf.constant(PLAN.pixels().shape(IMAGES).asArray()), TUint8.class);
      StepTraining training =
          new StepTraining(
              tf,
              inputs.ofSamples(tf, tf.constant(0), tf.constant(IMAGES / 2)).twin(),
              new StepTraining.NoiseSeed(0, tf.constant(0L)),
              new MovingStatistics(List.of()),
              List.of(),
              new ArrayList<>());
      Operand<TFloat32> embeddings =
          network(tf, Precision.FLOAT32, Optional.of(training)).embed(black);
      try (Session session = new Session(graph, SessionSettings.defaults().config())) {
        Session.Runner runner = session.runner().fetch(embeddings);
        return mean(runner, inputs, new DropoutMasks(rate, 0, 1));
      }
    }
  }

  private static double mean(Session.Runner runner, DropoutInputs inputs, DropoutMasks masks) {
    int perPair = inputs.layout().groups().stream().mapToInt(Group::bytesPerSample).sum();
    byte[] kept = DropoutMasksTest.mask(masks, 0, IMAGES / 2 * perPair);
    try (TUint8 fed = TUint8.tensorOf(Shape.of(kept.length), DataBuffers.of(kept));
        TFloat32 scale = TFloat32.scalarOf(masks.scale(0))) {
      for (Fed group : inputs.fed()) {
        runner.feed(group.kept(), fed).feed(group.scale(), scale);
      }
      try (Result result = runner.run()) {
        double sum = 0;
        for (int image = 0; image < IMAGES; image++) {
          sum += result.get(0).asRawTensor().data().asFloats().getFloat(image);
        }
        return sum / IMAGES;
      }
    }
  }

  private static FastNetwork<?> network(
      Ops tf, Precision precision, Optional<StepTraining> training) {
    List<Operand<TFloat32>> parameters = new ArrayList<>();
    for (Parameter parameter : PLAN.network().parameters()) {
      float[] values = new float[parameter.size()];
      boolean kernel = parameter.shape().rank() > 1;
      values[0] = kernel || parameters.size() == 1 ? 1 : 0;
      parameters.add(tf.constant(Shapes.of(parameter.shape()), DataBuffers.of(values)));
    }
    return FastNetwork.create(tf, PLAN, ValueRange.ZERO_TO_ONE, parameters, precision, training);
  }
}
