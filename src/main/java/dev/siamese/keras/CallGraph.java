package dev.siamese.keras;

import dev.siamese.network.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a configuration's layers take each other's outputs, by numbers instead of names. */
final class CallGraph {
  private final ModelDeclaration model;
  private final List<Call> calls = new ArrayList<>();
  private final Map<String, Integer> layers = new HashMap<>();

  /** By layer's number: the numbers of its calls. */
  private final List<List<Integer>> ofLayer = new ArrayList<>();

  /** By call's number, in the order of the configuration. */
  private final List<Node> nodes = new ArrayList<>();

  /**
   * Finds what the names mean.
   *
   * @throws UnexpectedException when one means nothing
   */
  CallGraph(ModelDeclaration model) {
    this.model = model;
    for (Declaration layer : model.layers()) {
      List<Integer> own = new ArrayList<>();
      for (Call call : layer.calls()) {
        own.add(calls.size());
        calls.add(call);
      }
      layers.put(layer.name(), ofLayer.size());
      ofLayer.add(own);
    }
    for (int layer = 0; layer < ofLayer.size(); layer++) {
      for (int call : ofLayer.get(layer)) {
        nodes.add(new Node(layer, calls.get(call).tensors().stream().map(this::number).toList()));
      }
    }
  }

  private int number(TensorReference reference) {
    return number(reference, reference.call());
  }

  private int number(TensorReference reference, int call) {
    List<Integer> own =
        layers.containsKey(reference.layer())
            ? ofLayer.get(layers.get(reference.layer()))
            : List.of();
    if (call < 0 || call >= own.size()) {
      throw new UnexpectedException("a call of a layer of " + model.owner(), "" + reference);
    }
    return own.get(call);
  }

  /** The numbers of the calls that are the ends of the model. */
  List<Integer> ends(List<TensorReference> references) {
    List<Integer> ends = new ArrayList<>();
    for (TensorReference reference : references) {
      Integer layer = layers.get(reference.layer());
      // Among the ends, and nowhere else, Keras counts the calls of a Functional model from 1.
      boolean fromOne =
          layer != null && model.layers().get(layer).isOf(ModelDeclaration.FUNCTIONAL);
      ends.add(number(reference, fromOne ? reference.call() - 1 : reference.call()));
    }
    return ends;
  }

  /** The call of this number. */
  Call call(int number) {
    return calls.get(number);
  }

  /** The number of the layer that is called. */
  int layer(int number) {
    return nodes.get(number).layer();
  }

  /** The layer that is called. */
  Declaration declaration(int number) {
    return model.layers().get(layer(number));
  }

  /** The numbers of the calls whose outputs a call takes. */
  List<Integer> inputs(int number) {
    return nodes.get(number).inputs();
  }

  /** Keras's order of the layers and calls. */
  KerasOrder order(List<Integer> inputs, List<Integer> outputs) {
    return KerasOrder.of(nodes, inputs, outputs, number -> declaration(number).owner());
  }
}
