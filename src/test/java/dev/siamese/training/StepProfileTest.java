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

  /** An operation that waits 5 µs from its scheduling to its start, and 3 µs after its end. */
  private static NodeExecStats node(String name, String label, long scheduled, long micros) {
    return NodeExecStats.newBuilder()
        .setNodeName(name)
        .setTimelineLabel(label)
        .setThreadId(9)
        .setAllStartMicros(scheduled)
        .setOpStartRelMicros(5)
        .setOpEndRelMicros(5 + micros)
        .setAllEndRelMicros(8 + micros)
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
    assertEquals(List.of(new Operation("Conv2D", "twin/conv", 9, 1005, 70)), profile.operations());
    assertEquals(1, profile.steps());
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
                    node("a", "a = Conv2D(x)", 0, 1000),
                    node("b", "b = Mul(x, y)", 0, 300),
                    node("c", "c = Conv2D(x)", 0, 2000)),
                step(node("a", "a = Conv2D(x)", 0, 3000), node("d", "d = Add(x, y)", 0, 400))));
    assertEquals(2, profile.steps());
    assertEquals(
        List.of(new Cost("Conv2D", 1.5, 3), new Cost("Add", 0.5, 0.2), new Cost("Mul", 0.5, 0.15)),
        profile.costliest(10));
    assertEquals(List.of("Conv2D", "Add"), profile.costliest(2).stream().map(Cost::type).toList());
  }
}
