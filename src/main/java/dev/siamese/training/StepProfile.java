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
 * @param operations every operation that ran in a step, in the order of their starts
 */
public record StepProfile(int steps, List<Operation> operations) {

  /**
   * One run of an operation.
   *
   * @param type TensorFlow's name of what it does, for instance "Conv2D"
   * @param name its own name in the graph
   * @param lane of the time line, from 0: what ran at the same time is in different ones
   * @param startNanos when it started, in nanoseconds
   * @param nanos how long it took, in nanoseconds
   */
  public record Operation(String type, String name, int lane, long startNanos, long nanos) {}

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

  /**
   * Reads TensorFlow's account of steps. It does not tell which thread ran an operation (its thread
   * is always 0), so that each goes into the first lane that is free when it starts.
   */
  static StepProfile of(List<StepStats> steps) {
    List<NodeExecStats> nodes = new ArrayList<>();
    for (StepStats step : steps) {
      for (DeviceStepStats device : step.getDevStatsList()) {
        nodes.addAll(device.getNodeStatsList());
      }
    }
    nodes.sort(Comparator.comparingLong(StepProfile::startNanos));
    List<Operation> operations = new ArrayList<>();
    List<Long> freeFrom = new ArrayList<>();
    for (NodeExecStats node : nodes) {
      long start = startNanos(node);
      int lane = 0;
      while (lane < freeFrom.size() && freeFrom.get(lane) > start) {
        lane++;
      }
      if (lane == freeFrom.size()) {
        freeFrom.add(0L);
      }
      freeFrom.set(lane, start + nanos(node));
      operations.add(operation(node, lane));
    }
    return new StepProfile(steps.size(), operations);
  }

  private static long startNanos(NodeExecStats node) {
    return node.getAllStartNanos() + node.getOpStartRelNanos();
  }

  private static long nanos(NodeExecStats node) {
    return node.getOpEndRelNanos() - node.getOpStartRelNanos();
  }

  /** TensorFlow labels an operation "name = Type(inputs)". */
  private static Operation operation(NodeExecStats node, int lane) {
    String label = node.getTimelineLabel();
    int equals = label.indexOf(" = ");
    int inputs = label.indexOf('(', equals);
    String type =
        equals >= 0 && inputs > equals ? label.substring(equals + 3, inputs) : node.getNodeName();
    return new Operation(type, node.getNodeName(), lane, startNanos(node), nanos(node));
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
                    entry.getValue().stream().mapToLong(Operation::nanos).sum() / 1e6 / steps))
        .sorted(Comparator.comparingDouble(Cost::millis).reversed())
        .limit(most)
        .toList();
  }
}
