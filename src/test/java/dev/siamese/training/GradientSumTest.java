package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.model.SessionSettings;
import dev.siamese.model.Variable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

class GradientSumTest {
  private static final int USES = 2;
  private static final int LOSSES = 3;

  /** What TensorFlow really runs has sums of two only, whose order does not matter. */
  @Test
  void isAddedUpInAnOrderOfItsOwn() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variable<TFloat32> weights = Variable.create(tf, "weights", TFloat32.class, Shape.of(2, 3));
      Operand<TFloat32> rows = tf.constant(new float[][] {{1, 1}, {1, 1}, {1, 1}, {1, 1}});
      GradientSum sum = new GradientSum(graph, List.of(weights.value()));
      for (int loss = 0; loss < LOSSES; loss++) {
        Operand<TFloat32> outputs = tf.constant(0f);
        for (int use = 0; use < USES; use++) {
          Operand<TFloat32> scaled = tf.math.mul(rows, tf.constant(1f + loss * USES + use));
          Operand<TFloat32> squares = tf.math.square(tf.linalg.matMul(scaled, weights.value()));
          outputs = tf.math.add(outputs, tf.reduceSum(squares, tf.constant(new int[] {0, 1})));
        }
        sum.add(tf, outputs);
      }
      try (Session session = new Session(graph, SessionSettings.defaults().config());
          TFloat32 ones = ones(2, 3)) {
        weights.assign(session, ones);
        try (Result result =
            session
                .runner()
                .setOptions(RunOptions.newBuilder().setOutputPartitionGraphs(true).build())
                .fetch(tf.math.abs(sum.sums().get(0))) // What is fetched itself stays as it is.
                .runAndFetchMetadata()) {
          float[] found = new float[6];
          result.get(0).asRawTensor().data().asFloats().read(found);
          // Over 4 rows 2 · 2s · s, with s from 1 to 6.
          assertArrayEquals(new float[] {1456, 1456, 1456, 1456, 1456, 1456}, found);
          int sums = 0;
          for (GraphDef run : result.getMetadata().orElseThrow().getPartitionGraphsList()) {
            for (NodeDef node : run.getNodeList()) {
              if (node.getOp().startsWith("Add")) {
                assertTrue(node.getInputCount() <= 2, () -> "several at once: " + node);
                sums++;
              }
            }
          }
          assertTrue(sums >= LOSSES * USES - 1, "sums: " + sums);
        }
      }
    }
  }

  private static TFloat32 ones(long rows, long columns) {
    return TFloat32.tensorOf(
        Shape.of(rows, columns), data -> data.scalars().forEach(value -> value.setFloat(1)));
  }
}
