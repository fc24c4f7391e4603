package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.model.DropoutLayout.Group;
import dev.siamese.network.Activation;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Dropout;
import dev.siamese.network.Flatten;
import dev.siamese.network.Merge;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.SpatialDropout2D;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Window;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

class DropoutInputsTest {
  private static final int PAIRS = 4;

  private final DropoutLayout layout = DropoutLayout.of(twin(), head());

  /** Three of its layers drop: values 8·8, channels 3, values 6·6·3. */
  private static Network twin() {
    return NetworkBuilder.chain(
        "twin",
        TensorShape.of(8, 8, 1),
        new Dropout(0.5),
        Conv2D.of(3, Window.valid(3), Activation.RELU),
        new SpatialDropout2D(0.25),
        new Dropout(0.5),
        new Dropout(0),
        new Flatten(),
        Dense.of(5, Activation.LINEAR));
  }

  /** One of its layers drops: values 5. */
  private static Network head() {
    NetworkBuilder builder = new NetworkBuilder("head");
    int first = builder.input("first", TensorShape.of(5));
    int second = builder.input("second", TensorShape.of(5));
    int difference = builder.add(new Merge(Merge.Function.SUBTRACT), first, second);
    return builder.build(
        builder.add(Dense.of(1, Activation.LINEAR), builder.add(new Dropout(0.25), difference)));
  }

  @Test
  void everyRateHasAGroupWithAByteForEachOfItsValues() {
    assertEquals(
        List.of(
            new Group(0.25, Map.of(3, 2 * 3), Map.of(3, 5)),
            new Group(0.5, Map.of(1, 2 * 64, 4, 2 * 108), Map.of())),
        layout.groups());
    assertEquals(
        List.of(2 * 3 + 5, 2 * (64 + 108)),
        layout.groups().stream().map(Group::bytesPerSample).toList());
  }

  @Test
  void everyPairImageAndLayerHasBytesOfItsOwn() {
    Fetched fetched = new Fetched();
    // Of the pairs 1 and 2 of four.
    Map<String, byte[]> found = fetched.of(1, 2);
    Map<String, Integer> sizes = new LinkedHashMap<>();
    found.forEach((name, bytes) -> sizes.put(name, bytes.length));
    assertEquals(
        Map.of("twin 3", 2 * 2 * 3, "head 3", 2 * 5, "twin 1", 2 * 2 * 64, "twin 4", 2 * 2 * 108),
        sizes);
    // Each byte of those pairs is used once, and no other.
    assertArrayEquals(
        sorted(fetched.fedFor(0, 1, 2)), sorted(found.get("twin 3"), found.get("head 3")));
    assertArrayEquals(
        sorted(fetched.fedFor(1, 1, 2)), sorted(found.get("twin 1"), found.get("twin 4")));
  }

  private static byte[] sorted(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    Arrays.stream(parts).forEach(all::put);
    Arrays.sort(all.array());
    return all.array();
  }

  @Test
  void eachSideHasAHalfOfTheTwins() {
    Fetched fetched = new Fetched();
    Map<String, byte[]> both = fetched.of(0, PAIRS);
    Map<String, byte[]> first = fetched.ofSide(0);
    Map<String, byte[]> second = fetched.ofSide(1);
    for (String name : List.of("twin 1", "twin 3", "twin 4")) {
      byte[] whole = both.get(name);
      assertArrayEquals(Arrays.copyOf(whole, whole.length / 2), first.get(name), name);
      assertArrayEquals(
          Arrays.copyOfRange(whole, whole.length / 2, whole.length), second.get(name), name);
    }
    assertEquals(both.keySet().size() - 1, first.size());
  }

  @Test
  void everyLayerHasTheScaleOfItsRate() {
    assertEquals(
        Map.of("twin 3", 10f, "head 3", 10f, "twin 1", 20f, "twin 4", 20f), new Fetched().scales());
  }

  /** What comes out for layers, by name as in "twin 3", when every byte fed is another. */
  private final class Fetched {
    private final List<byte[]> fed = new ArrayList<>();

    Fetched() {
      for (Group group : layout.groups()) {
        byte[] bytes = new byte[PAIRS * group.bytesPerSample()];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (i % 251);
        }
        fed.add(bytes);
      }
    }

    byte[] fedFor(int group, int from, int pairs) {
      int size = layout.groups().get(group).bytesPerSample();
      return Arrays.copyOfRange(fed.get(group), from * size, (from + pairs) * size);
    }

    private DropoutInputs.Masks masks(Ops tf, DropoutInputs inputs, int from, int pairs) {
      return inputs.ofSamples(tf, tf.constant(from), tf.constant(pairs));
    }

    Map<String, byte[]> of(int from, int pairs) {
      try (Graph graph = new Graph()) {
        Ops tf = Ops.create(graph);
        DropoutInputs inputs = DropoutInputs.create(tf, layout);
        return run(graph, inputs, kept(masks(tf, inputs, from, pairs)));
      }
    }

    Map<String, byte[]> ofSide(int side) {
      try (Graph graph = new Graph()) {
        Ops tf = Ops.create(graph);
        DropoutInputs inputs = DropoutInputs.create(tf, layout);
        Map<Integer, DropoutInputs.Mask> half = masks(tf, inputs, 0, PAIRS).ofSide(tf, side);
        return run(graph, inputs, kept(new DropoutInputs.Masks(half, Map.of())));
      }
    }

    private Map<String, Operand<TUint8>> kept(DropoutInputs.Masks masks) {
      Map<String, Operand<TUint8>> kept = new LinkedHashMap<>();
      masks.twin().forEach((node, mask) -> kept.put("twin " + node, mask.kept()));
      masks.head().forEach((node, mask) -> kept.put("head " + node, mask.kept()));
      return kept;
    }

    private Map<String, byte[]> run(
        Graph graph, DropoutInputs inputs, Map<String, Operand<TUint8>> wanted) {
      try (Session session = new Session(graph, SessionSettings.defaults().config())) {
        Session.Runner runner = session.runner();
        List<TUint8> tensors = new ArrayList<>();
        for (int group = 0; group < fed.size(); group++) {
          byte[] bytes = fed.get(group);
          tensors.add(TUint8.tensorOf(Shape.of(bytes.length), DataBuffers.of(bytes)));
          runner.feed(inputs.fed().get(group).kept(), tensors.get(group));
        }
        wanted.values().forEach(runner::fetch);
        Map<String, byte[]> found = new LinkedHashMap<>();
        try (Result result = runner.run()) {
          for (String name : wanted.keySet()) {
            TUint8 tensor = (TUint8) result.get(found.size());
            byte[] bytes = new byte[(int) tensor.size()];
            tensor.asRawTensor().data().read(bytes);
            found.put(name, bytes);
          }
        }
        tensors.forEach(TUint8::close);
        return found;
      }
    }

    /** Where 10 is fed for the first rate, and 20 for the second. */
    Map<String, Float> scales() {
      try (Graph graph = new Graph()) {
        Ops tf = Ops.create(graph);
        DropoutInputs inputs = DropoutInputs.create(tf, layout);
        DropoutInputs.Masks masks = masks(tf, inputs, 0, PAIRS);
        Map<String, Operand<TFloat32>> wanted = new LinkedHashMap<>();
        masks.twin().forEach((node, mask) -> wanted.put("twin " + node, mask.scale()));
        masks.head().forEach((node, mask) -> wanted.put("head " + node, mask.scale()));
        try (Session session = new Session(graph, SessionSettings.defaults().config());
            TFloat32 ten = TFloat32.scalarOf(10);
            TFloat32 twenty = TFloat32.scalarOf(20)) {
          Session.Runner runner =
              session
                  .runner()
                  .feed(inputs.fed().get(0).scale(), ten)
                  .feed(inputs.fed().get(1).scale(), twenty);
          // What is fed can be fetched by way of another operation alone.
          wanted.values().forEach(scale -> runner.fetch(tf.identity(scale)));
          Map<String, Float> found = new LinkedHashMap<>();
          try (Result result = runner.run()) {
            for (String name : wanted.keySet()) {
              found.put(name, ((TFloat32) result.get(found.size())).getFloat());
            }
          }
          return found;
        }
      }
    }
  }
}
