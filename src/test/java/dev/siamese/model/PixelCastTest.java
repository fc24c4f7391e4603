package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.ValueRange;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.Network;
import dev.siamese.network.SiameseNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** What TensorFlow makes of the graph before it runs it. */
class PixelCastTest {

  /**
   * TensorFlow likes to move what only orders numbers before a cast, as there are fewer bytes to
   * move; of bytes oneDNN does so only on processors with AVX-512, and on others logs an error.
   */
  @ParameterizedTest
  @EnumSource
  void noByteIsOrderedBeforeItIsANumber(ValueRange values) {
    SiameseNetwork network = NamedNetwork.REFERENCE.network();
    Network twin = network.twin();
    List<String> onBytes = new ArrayList<>();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Plan plan = Plan.of(twin);
      Placeholder<TUint8> pixels =
          tf.placeholder(TUint8.class, Placeholder.shape(plan.pixels().shape(-1)));
      List<Operand<TFloat32>> parameters =
          GraphValues.constants(tf, Networks.weights(twin, new SplittableRandom(1)));
      Operand<TFloat32> embeddings =
          FastNetwork.create(tf, plan, values, parameters, Precision.FLOAT32, Optional.empty())
              .embed(pixels);
      RunOptions options = RunOptions.newBuilder().setOutputPartitionGraphs(true).build();
      try (Session session = new Session(graph, SessionSettings.defaults().config());
          TUint8 fed = plan.pixels().tensorOf(RandomImages.of(3, 1));
          Result result =
              session
                  .runner()
                  .setOptions(options)
                  .feed(pixels, fed)
                  .fetch(embeddings)
                  .runAndFetchMetadata()) {
        result.getMetadata().orElseThrow().getPartitionGraphsList().stream()
            .flatMap(part -> part.getNodeList().stream())
            .filter(
                node ->
                    node.getAttrOrDefault("T", AttrValue.getDefaultInstance()).getType()
                        == DataType.DT_UINT8)
            .filter(node -> !node.getOp().startsWith("_"))
            .forEach(node -> onBytes.add(node.getOp()));
      }
    }
    assertEquals(List.of(), onBytes);
  }
}
