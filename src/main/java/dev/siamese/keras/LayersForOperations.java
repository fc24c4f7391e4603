package dev.siamese.keras;

import dev.siamese.network.Activation;
import dev.siamese.network.ActivationFunction;
import dev.siamese.network.BinaryOperation;
import dev.siamese.network.Dot;
import dev.siamese.network.Layer;
import dev.siamese.network.Merge;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.Node;
import dev.siamese.network.Reduction;
import dev.siamese.network.Rescaling;
import dev.siamese.network.UnaryOperation;
import dev.siamese.network.UnitNormalization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;

/**
 * Computes by layers what operations compute, for files that Keras 2 and Keras 3 open: what an
 * operation is, each writes in its own way, and does not read the other's. Of operations on pairs
 * of embeddings nearly all can be said in layers: the length of x is the product of x and its unit
 * vector. Others stay, and so do all parameters and their order.
 */
final class LayersForOperations {
  /** A square that is none in float32. */
  private static final double NOTHING = 1e-12;

  private final Network network;
  private final List<NamedLayer> layers = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** By position of a layer that stays: its new one. */
  private final Map<Integer, Integer> positions = new HashMap<>();

  /** By node: its new one. */
  private final Map<Integer, Integer> places = new HashMap<>();

  /** What stands for a node: made of the new nodes of others. */
  private record Replacement(List<Integer> sources, ToIntFunction<List<Integer>> making) {}

  private LayersForOperations(Network network) {
    this.network = network;
    network.layers().forEach(layer -> names.add(layer.name()));
  }

  /** The same network with layers for operations, where that can be. */
  static Network of(Network network) {
    return new LayersForOperations(network).rewritten();
  }

  private Network rewritten() {
    List<Optional<Replacement>> replacements = new ArrayList<>();
    for (int node = 0; node < network.nodes().size(); node++) {
      replacements.add(replacement(node));
    }
    Set<Integer> needed = new HashSet<>(network.outputs());
    needed.addAll(network.inputs());
    Set<Integer> kept = new HashSet<>();
    for (int node = network.nodes().size() - 1; node >= 0; node--) {
      if (needed.contains(node)) {
        Optional<Replacement> replacement = replacements.get(node);
        needed.addAll(
            replacement.map(Replacement::sources).orElse(network.nodes().get(node).inputs()));
        if (replacement.isEmpty()) {
          kept.add(network.nodes().get(node).layer());
        }
      }
    }
    for (int layer = 0; layer < network.layers().size(); layer++) {
      if (kept.contains(layer)) {
        positions.put(layer, layers.size());
        layers.add(inner(network.layers().get(layer)));
      }
    }
    for (int node = 0; node < network.nodes().size(); node++) {
      if (needed.contains(node)) {
        place(node, replacements.get(node));
      }
    }
    return new Network(
        network.name(),
        layers,
        nodes,
        network.inputs().stream().map(places::get).toList(),
        network.outputs().stream().map(places::get).toList());
  }

  private static NamedLayer inner(NamedLayer named) {
    return named.layer() instanceof NestedModel model
        ? named.withLayer(new NestedModel(of(model.network()), model.sequential()))
        : named;
  }

  private void place(int node, Optional<Replacement> replacement) {
    if (replacement.isPresent()) {
      List<Integer> taken = replacement.get().sources().stream().map(places::get).toList();
      places.put(node, replacement.get().making().applyAsInt(taken));
      return;
    }
    Node use = network.nodes().get(node);
    nodes.add(
        new Node(positions.get(use.layer()), use.inputs().stream().map(places::get).toList()));
    places.put(node, nodes.size() - 1);
  }

  private int add(Layer layer, Integer... inputs) {
    layers.add(new NamedLayer(NetworkBuilder.freeName(layer.className(), names::add), layer, true));
    nodes.add(new Node(layers.size() - 1, List.of(inputs)));
    return nodes.size() - 1;
  }

  private int rescaled(int x, double scale, double offset) {
    return add(Rescaling.of(scale, offset), x);
  }

  private Layer layer(int node) {
    return network.layer(node).layer();
  }

  private int input(int node, int position) {
    return network.nodes().get(node).inputs().get(position);
  }

  private Optional<Replacement> replacement(int node) {
    Optional<Replacement> length = length(node);
    if (length.isPresent()) {
      return length;
    }
    Layer layer = layer(node);
    if (layer instanceof UnaryOperation operation) {
      return unary(operation.function(), input(node, 0));
    }
    if (layer instanceof BinaryOperation operation) {
      return binary(operation, network.nodes().get(node).inputs());
    }
    if (isOfLast(node, Reduction.Function.SUM)) {
      return of(input(node, 0), x -> add(new Dot(-1, -1, false), x, rescaled(x, 0, 1)));
    }
    if (isOfLast(node, Reduction.Function.MEAN)) {
      double share = 1.0 / network.shape(input(node, 0)).size(-1);
      return of(input(node, 0), x -> add(new Dot(-1, -1, false), x, rescaled(x, 0, share)));
    }
    return Optional.empty();
  }

  private static Optional<Replacement> of(int source, IntUnaryOperator making) {
    return Optional.of(new Replacement(List.of(source), taken -> making.applyAsInt(taken.get(0))));
  }

  private Optional<Replacement> unary(UnaryOperation.Function function, int source) {
    IntUnaryOperator making =
        switch (function) {
          case ABSOLUTE, ABS -> x -> add(new Merge(Merge.Function.MAXIMUM), x, rescaled(x, -1, 0));
          case NEGATIVE -> x -> rescaled(x, -1, 0);
          case SQUARE -> x -> add(new Merge(Merge.Function.MULTIPLY), x, x);
          case EXP -> x -> add(new Activation(ActivationFunction.EXPONENTIAL), x);
          case SIGMOID -> x -> add(new Activation(ActivationFunction.SIGMOID), x);
          case TANH -> x -> add(new Activation(ActivationFunction.TANH), x);
          case RELU -> x -> add(new Activation(ActivationFunction.RELU), x);
          case SOFTPLUS -> x -> add(new Activation(ActivationFunction.SOFTPLUS), x);
          case SOFTSIGN -> x -> add(new Activation(ActivationFunction.SOFTSIGN), x);
          default -> null;
        };
    return making == null ? Optional.empty() : of(source, making);
  }

  private Optional<Replacement> binary(BinaryOperation operation, List<Integer> sources) {
    OptionalDouble right = operation.right();
    OptionalDouble left = operation.left();
    if (right.isEmpty() && left.isEmpty()) {
      Optional<Merge.Function> merge =
          switch (operation.function()) {
            case ADD -> Optional.of(Merge.Function.ADD);
            case SUBTRACT -> Optional.of(Merge.Function.SUBTRACT);
            case MULTIPLY -> Optional.of(Merge.Function.MULTIPLY);
            case MAXIMUM -> Optional.of(Merge.Function.MAXIMUM);
            case MINIMUM -> Optional.of(Merge.Function.MINIMUM);
            default -> Optional.empty();
          };
      return merge.map(
          function ->
              new Replacement(
                  sources, taken -> add(new Merge(function), taken.get(0), taken.get(1))));
    }
    double constant = right.isPresent() ? right.getAsDouble() : left.getAsDouble();
    IntUnaryOperator making =
        switch (operation.function()) {
          case ADD -> x -> rescaled(x, 1, constant);
          case MULTIPLY -> x -> rescaled(x, constant, 0);
          case SUBTRACT ->
              right.isPresent() ? x -> rescaled(x, 1, -constant) : x -> rescaled(x, -1, constant);
          default -> null;
        };
    return making == null ? Optional.empty() : of(sources.get(0), making);
  }

  /** Whether a node reduces a vector to one value that stays an axis. */
  private boolean isOfLast(int node, Reduction.Function function) {
    return layer(node) instanceof Reduction reduction
        && reduction.function() == function
        && reduction.keepDims()
        && network.shape(input(node, 0)).rank() == 1;
  }

  private boolean is(int node, UnaryOperation.Function function) {
    return layer(node) instanceof UnaryOperation operation && operation.function() == function;
  }

  /** A node as the length of a vector, in the ways in which distances say it. */
  private Optional<Replacement> length(int node) {
    if (isOfLast(node, Reduction.Function.NORM)) {
      return of(input(node, 0), this::lengthOf);
    }
    if (is(node, UnaryOperation.Function.SQRT)) {
      return root(input(node, 0));
    }
    // As Distance.EUCLIDEAN has it, for a finite gradient at 0.
    boolean product =
        layer(node).equals(BinaryOperation.of(BinaryOperation.Function.MULTIPLY))
            && is(input(node, 0), UnaryOperation.Function.SQRT)
            && is(input(node, 1), UnaryOperation.Function.SIGN);
    if (!product) {
      return Optional.empty();
    }
    Floored positive = floored(input(input(node, 0), 0));
    return positive.floor() > 0
            && positive.floor() <= NOTHING
            && positive.node() == input(input(node, 1), 0)
        ? squared(positive.node()).flatMap(vector -> of(vector, this::lengthOf))
        : Optional.empty();
  }

  /** The root of a sum of squares, perhaps at least a constant. */
  private Optional<Replacement> root(int node) {
    Floored squares = floored(node);
    Optional<Integer> vector = squared(squares.node());
    if (vector.isEmpty() || squares.floor() == 0) {
      return vector.flatMap(source -> of(source, this::lengthOf));
    }
    double least = Math.sqrt(squares.floor());
    return of(
        vector.get(),
        x -> {
          int length = lengthOf(x);
          return add(new Merge(Merge.Function.MAXIMUM), length, rescaled(length, 0, least));
        });
  }

  /** A node whose values are raised to a constant, 0 where they are not. */
  private record Floored(int node, double floor) {}

  private Floored floored(int node) {
    Floored floored = new Floored(node, 0);
    while (layer(floored.node()) instanceof BinaryOperation operation
        && operation.function() == BinaryOperation.Function.MAXIMUM
        && operation.right().isPresent()) {
      double floor = Math.max(floored.floor(), operation.right().getAsDouble());
      floored = new Floored(input(floored.node(), 0), floor);
    }
    return floored;
  }

  /** The vector whose squares a node adds up. */
  private Optional<Integer> squared(int node) {
    return isOfLast(node, Reduction.Function.SUM)
            && is(input(node, 0), UnaryOperation.Function.SQUARE)
        ? Optional.of(input(input(node, 0), 0))
        : Optional.empty();
  }

  private int lengthOf(int x) {
    return add(new Dot(-1, -1, false), x, add(UnitNormalization.LAST, x));
  }
}
