package dev.siamese.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.StepStats;

/**
 * Where the time of training steps went.
 *
 * @param steps how many steps were measured
 * @param operations every operation that ran, in all steps
 */
public record StepProfile(int steps, List<Operation> operations) {

  /**
   * One run of an operation.
   *
   * @param type TensorFlow's name of what it does, for instance "Conv2D"
   * @param name its own name in the graph
   * @param thread that ran it
   * @param startMicros when it started, in microseconds
   * @param micros how long it took, in microseconds
   */
  public record Operation(String type, String name, long thread, long startMicros, long micros) {}

  /**
   * All runs of operations of one type.
   *
   * @param type TensorFlow's name of what they do
   * @param count how often they run in a step
   * @param millis what they take in a step, over all threads, in milliseconds
   */
  public record Cost(String type, double count, double millis) {}

  /** Copies the list. */
  public StepProfile {
    operations = List.copyOf(operations);
  }

  static StepProfile of(List<StepStats> steps) {
    List<Operation> operations = new ArrayList<>();
    for (StepStats step : steps) {
      for (DeviceStepStats device : step.getDevStatsList()) {
        for (NodeExecStats node : device.getNodeStatsList()) {
          operations.add(operation(node));
        }
      }
    }
    return new StepProfile(steps.size(), operations);
  }

  /** TensorFlow labels an operation "name = Type(inputs)". */
  private static Operation operation(NodeExecStats node) {
    String label = node.getTimelineLabel();
    int equals = label.indexOf(" = ");
    int inputs = label.indexOf('(', equals);
    String type =
        equals >= 0 && inputs > equals ? label.substring(equals + 3, inputs) : node.getNodeName();
    return new Operation(
        type,
        node.getNodeName(),
        node.getThreadId(),
        node.getAllStartMicros() + node.getOpStartRelMicros(),
        node.getOpEndRelMicros() - node.getOpStartRelMicros());
  }

  /** The types of operations that take most time, the costliest first. */
  public List<Cost> costliest(int most) {
    Map<String, List<Operation>> byType = new HashMap<>();
    for (Operation operation : operations) {
      byType.computeIfAbsent(operation.type(), type -> new ArrayList<>()).add(operation);
    }
    return byType.entrySet().stream()
        .map(
            entry ->
                new Cost(
                    entry.getKey(),
                    (double) entry.getValue().size() / steps,
                    entry.getValue().stream().mapToLong(Operation::micros).sum() / 1e3 / steps))
        .sorted(Comparator.comparingDouble(Cost::millis).reversed())
        .limit(most)
        .toList();
  }
}
