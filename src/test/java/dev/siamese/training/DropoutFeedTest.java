package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.model.Architecture;
import dev.siamese.model.Dropout;
import dev.siamese.model.DropoutInputs;
import dev.siamese.model.DropoutTest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

class DropoutFeedTest {
  /** Of each step; the most are more than is drawn at a time, and no whole number of draws. */
  private static final List<Integer> IMAGES = List.of(3, 2, 534, 534, 534, 5, 535, 1);

  private static final Architecture ARCHITECTURE = new Architecture(1, 1, 1, 1);
  private static final int BYTES_PER_IMAGE = DropoutInputs.bytesPerImage(ARCHITECTURE);

  /** In turn, the same one again, as gradients take it, and another than the next. */
  private static final List<Long> STEPS = List.of(0L, 1L, 2L, 2L, 3L, 7L, 8L, 6L);

  /** Those that draw at once, beside, never, and only when the tensor is in use again. */
  static Stream<Executor> executors() {
    Deque<Runnable> late = new ArrayDeque<>();
    return Stream.of(
        Runnable::run,
        ForkJoinPool.commonPool()::execute,
        task -> {},
        task -> {
          late.add(task);
          if (late.size() > 3) {
            late.remove().run();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("executors")
  void feedsEveryStepItsOwnMasks(Executor executor) {
    Dropout dropout = new Dropout(0.4, 5);
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      DropoutInputs inputs =
          new DropoutInputs(
              ARCHITECTURE, tf.placeholder(TUint8.class), tf.placeholder(TFloat32.class));
      Operand<TUint8> kept = tf.identity(inputs.kept());
      Operand<TFloat32> scale = tf.identity(inputs.scale());
      try (Session session = new Session(graph);
          DropoutFeed feed = new DropoutFeed(dropout, inputs, executor)) {
        for (int i = 0; i < STEPS.size(); i++) {
          long step = STEPS.get(i);
          Session.Runner runner = session.runner().fetch(kept).fetch(scale);
          feed.feed(runner, step, IMAGES.get(i));
          try (Result result = runner.run()) {
            byte[] fed = new byte[IMAGES.get(i) * BYTES_PER_IMAGE];
            result.get(0).asRawTensor().data().read(fed);
            assertArrayEquals(DropoutTest.mask(dropout, step, fed.length), fed, "step " + step);
            assertEquals(dropout.scale(step), ((TFloat32) result.get(1)).getFloat());
          }
        }
      }
    }
  }
}
