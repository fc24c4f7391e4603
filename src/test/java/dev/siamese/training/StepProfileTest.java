package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.training.StepProfile.Cost;
import dev.siamese.training.StepProfile.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.StepStats;

class StepProfileTest {

  /** An operation that waits 5 ns from its scheduling to its start, and 3 ns after its end. */
  private static NodeExecStats node(String name, String label, long scheduled, long nanos) {
    return NodeExecStats.newBuilder()
        .setNodeName(name)
        .setTimelineLabel(label)
        .setAllStartNanos(scheduled)
        .setOpStartRelNanos(5)
        .setOpEndRelNanos(5 + nanos)
        .setAllEndRelNanos(8 + nanos)
        .build();
  }

  private static StepStats step(NodeExecStats... nodes) {
    StepStats.Builder step = StepStats.newBuilder();
    for (NodeExecStats node : nodes) {
      step.addDevStats(DeviceStepStats.newBuilder().addNodeStats(node));
    }
    return step.build();
  }

  @Test
  void readsWhatRanWhen() {
    StepProfile profile =
        StepProfile.of(
            List.of(step(node("twin/conv", "twin/conv = Conv2D(images, kernel)", 1000, 70))));
    assertEquals(List.of(new Operation("Conv2D", "twin/conv", 0, 1005, 70)), profile.operations());
    assertEquals(1, profile.steps());
  }

  @Test
  void whatRunsAtTheSameTimeIsInDifferentLanes() {
    StepProfile profile =
        StepProfile.of(
            List.of(
                step(
                    node("late", "", 130, 10),
                    node("first", "", 100, 20),
                    node("second", "", 110, 100),
                    node("third", "", 115, 10),
                    node("next", "", 120, 5))));
    assertEquals(
        List.of("first 0", "second 1", "third 2", "next 0", "late 0"),
        profile.operations().stream()
            .map(operation -> operation.name() + " " + operation.lane())
            .toList());
  }

  @Test
  void anOperationWithoutTypeGoesByItsName() {
    for (String label : new String[] {"", "[_SOURCE]", "x = y", "(x) = y"}) {
      StepProfile profile = StepProfile.of(List.of(step(node("_SOURCE", label, 0, 1))));
      assertEquals("_SOURCE", profile.operations().get(0).type(), label);
    }
  }

  @Test
  void addsUpTypesOverDevicesAndTakesTheMeanOfSteps() {
    StepProfile profile =
        StepProfile.of(
            List.of(
                step(
                    node("a", "a = Conv2D(x)", 0, 1_000_000),
                    node("b", "b = Mul(x, y)", 0, 300_000),
                    node("c", "c = Conv2D(x)", 0, 2_000_000)),
                step(
                    node("a", "a = Conv2D(x)", 0, 3_000_000),
                    node("d", "d = Add(x, y)", 0, 400_000))));
    assertEquals(2, profile.steps());
    assertEquals(
        List.of(new Cost("Conv2D", 1.5, 3), new Cost("Add", 0.5, 0.2), new Cost("Mul", 0.5, 0.15)),
        profile.costliest(10));
    assertEquals(List.of("Conv2D", "Add"), profile.costliest(2).stream().map(Cost::type).toList());
  }
}
