package dev.siamese.keras;

import dev.siamese.network.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * The order of layers and nodes that Keras finds in how they are joined, whatever their order in a
 * file. That of the layers gives the weights their places.
 *
 * @param layers those that the outputs depend on, and unused inputs: the further from the outputs,
 *     the earlier; where they are equally far, as depth-first search from the outputs meets them
 * @param nodes of these layers, each behind what it takes and behind earlier calls of its layer
 */
record KerasOrder(List<Integer> layers, List<Integer> nodes) {
  /**
   * Finds the order.
   *
   * @param nodes in any order, but those of one layer in the order of its calls
   * @param name says of which layer a node is, for messages
   * @throws UnexpectedException when the nodes go in a circle
   */
  static KerasOrder of(
      List<Node> nodes, List<Integer> inputs, List<Integer> outputs, IntFunction<String> name) {
    Search search = new Search(nodes.stream().map(Node::inputs).toList(), name);
    outputs.forEach(search::from);
    List<Integer> layers = layers(nodes, inputs, search);
    inputs.forEach(search::from);
    return new KerasOrder(layers, nodes(nodes, layers, search, name));
  }

  private static List<Integer> layers(List<Node> nodes, List<Integer> inputs, Search search) {
    Map<Integer, Integer> met = new HashMap<>();
    for (int node : search.met) {
      met.putIfAbsent(nodes.get(node).layer(), met.size());
    }
    int[] nodeDepths = new int[nodes.size()];
    Map<Integer, Integer> depths = new HashMap<>();
    for (int i = search.finished.size() - 1; i >= 0; i--) {
      int node = search.finished.get(i);
      int layer = nodes.get(node).layer();
      int depth = Math.max(nodeDepths[node], depths.getOrDefault(layer, 0));
      depths.put(layer, depth);
      for (int input : nodes.get(node).inputs()) {
        nodeDepths[input] = Math.max(depth + 1, nodeDepths[input]);
      }
    }
    for (int i = 0; i < inputs.size(); i++) {
      int layer = nodes.get(inputs.get(i)).layer();
      if (depths.putIfAbsent(layer, 0) == null) {
        met.put(layer, i - inputs.size());
      }
    }
    Map<Integer, List<Integer>> byDepth = new TreeMap<>(Comparator.reverseOrder());
    depths.forEach(
        (layer, depth) -> byDepth.computeIfAbsent(depth, key -> new ArrayList<>()).add(layer));
    List<Integer> order = new ArrayList<>();
    for (List<Integer> equallyFar : byDepth.values()) {
      equallyFar.sort(Comparator.comparingInt(met::get));
      order.addAll(equallyFar);
    }
    return order;
  }

  private static List<Integer> nodes(
      List<Node> nodes, List<Integer> layers, Search found, IntFunction<String> name) {
    Map<Integer, List<Integer>> calls = new HashMap<>();
    List<List<Integer>> before = new ArrayList<>();
    for (int node = 0; node < nodes.size(); node++) {
      List<Integer> needed = new ArrayList<>();
      if (found.done[node]) {
        List<Integer> earlier =
            calls.computeIfAbsent(nodes.get(node).layer(), key -> new ArrayList<>());
        if (!earlier.isEmpty()) {
          needed.add(earlier.get(earlier.size() - 1));
        }
        needed.addAll(nodes.get(node).inputs());
        earlier.add(node);
      }
      before.add(needed);
    }
    Search search = new Search(before, name);
    layers.forEach(layer -> calls.get(layer).forEach(search::from));
    return search.finished;
  }

  /** Depth-first search, with no more of the stack than any other work: files may nest deeply. */
  private static final class Search {
    private final List<List<Integer>> next;
    private final IntFunction<String> name;
    private final int[] taken;
    private final boolean[] done;

    /** In the order in which the search comes to them. */
    private final List<Integer> met = new ArrayList<>();

    /** In the order in which the search is through with all behind them. */
    private final List<Integer> finished = new ArrayList<>();

    Search(List<List<Integer>> next, IntFunction<String> name) {
      this.next = next;
      this.name = name;
      this.taken = new int[next.size()];
      this.done = new boolean[next.size()];
      Arrays.fill(taken, -1);
    }

    void from(int start) {
      Deque<Integer> path = new ArrayDeque<>();
      enter(start, path);
      while (!path.isEmpty()) {
        int node = path.peek();
        if (taken[node] < next.get(node).size()) {
          enter(next.get(node).get(taken[node]++), path);
        } else {
          path.pop();
          done[node] = true;
          finished.add(node);
        }
      }
    }

    private void enter(int node, Deque<Integer> path) {
      if (done[node]) {
        return;
      }
      if (taken[node] >= 0) {
        throw new UnexpectedException(
            "layers that do not go in a circle", "one through " + name.apply(node));
      }
      taken[node] = 0;
      met.add(node);
      path.push(node);
    }
  }
}
