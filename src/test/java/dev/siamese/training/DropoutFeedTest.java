package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.model.DropoutInputs;
import dev.siamese.model.DropoutInputs.Fed;
import dev.siamese.model.DropoutLayout;
import dev.siamese.model.DropoutLayout.Group;
import dev.siamese.model.DropoutMasks;
import dev.siamese.model.DropoutMasksTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class DropoutFeedTest {
  /** Of each step; the most are more than is drawn at a time, and no whole number of draws. */
  private static final List<Integer> PAIRS = List.of(3, 2, 267, 267, 267, 5, 268, 1);

  /** Bytes of a pair: 150 of the first rate, 7 of the second. */
  private static final DropoutLayout LAYOUT =
      new DropoutLayout(
          List.of(
              new Group(0.25, Map.of(1, 30, 4, 40), Map.of(2, 10)),
              new Group(0.4, Map.of(3, 1), Map.of(5, 5))));

  /** In turn, the same one again, as gradients take it, and another than the next. */
  private static final List<Long> STEPS = List.of(0L, 1L, 2L, 2L, 3L, 7L, 8L, 6L);

  @ParameterizedTest
  @MethodSource("dev.siamese.training.Executors#all")
  void feedsEveryStepItsOwnMasks(Executor executor) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      DropoutInputs inputs = DropoutInputs.create(tf, LAYOUT);
      List<Operand<?>> fetched = new ArrayList<>();
      for (Fed group : inputs.fed()) {
        fetched.add(tf.identity(group.kept()));
        fetched.add(tf.identity(group.scale()));
      }
      try (Session session = new Session(graph);
          DropoutFeed feed = new DropoutFeed(inputs, 5, executor)) {
        for (int i = 0; i < STEPS.size(); i++) {
          Session.Runner runner = session.runner();
          fetched.forEach(runner::fetch);
          feed.feed(runner, STEPS.get(i), PAIRS.get(i));
          try (Result result = runner.run()) {
            assertFed(result, STEPS.get(i), PAIRS.get(i));
          }
        }
      }
    }
  }

  private static void assertFed(Result result, long step, int pairs) {
    for (int group = 0; group < LAYOUT.groups().size(); group++) {
      DropoutMasks masks = new DropoutMasks(LAYOUT.groups().get(group).rate(), group, 5);
      byte[] fed = new byte[pairs * LAYOUT.groups().get(group).bytesPerSample()];
      result.get(2 * group).asRawTensor().data().read(fed);
      assertArrayEquals(DropoutMasksTest.mask(masks, step, fed.length), fed, "step " + step);
      assertEquals(masks.scale(step), ((TFloat32) result.get(2 * group + 1)).getFloat());
    }
  }

  @Test
  void feedsNothingWhereNothingIsDropped() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      DropoutInputs inputs = DropoutInputs.create(tf, new DropoutLayout(List.of()));
      Operand<TFloat32> one = tf.constant(1f);
      Executor never =
          task -> {
            throw new AssertionError("draws");
          };
      try (Session session = new Session(graph);
          DropoutFeed feed = new DropoutFeed(inputs, 5, never)) {
        Session.Runner runner = session.runner().fetch(one);
        feed.feed(runner, 0, 3);
        try (Result result = runner.run()) {
          assertEquals(1, ((TFloat32) result.get(0)).getFloat());
        }
      }
    }
  }
}
