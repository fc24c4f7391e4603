package dev.siamese.model;

import dev.siamese.network.Layer;
import dev.siamese.network.TensorShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/** The formula of each kind of layer. */
final class FormulaTable<T extends TNumber> {
  private final Map<Class<? extends Layer>, Entry<T>> entries = new HashMap<>();

  /** What layers of a kind compute. */
  @FunctionalInterface
  interface Formula<L extends Layer, T extends TNumber> {
    Operand<T> compute(LayerUse<L, T> use);
  }

  /** A formula of any layer of its kind. */
  @FunctionalInterface
  private interface Entry<T extends TNumber> {
    Operand<T> compute(
        Layer layer,
        List<TensorShape> shapes,
        List<Operand<T>> inputs,
        List<Operand<T>> parameters);
  }

  /** Enters what layers of a kind compute. */
  <L extends Layer> void add(Class<L> kind, Formula<L, T> formula) {
    entries.put(
        kind,
        (layer, shapes, inputs, parameters) ->
            formula.compute(new LayerUse<>(kind.cast(layer), shapes, inputs, parameters)));
  }

  /** Whether there is a formula of this kind. */
  boolean has(Class<?> kind) {
    return entries.containsKey(kind);
  }

  /** Computes a layer by the formula of its kind. */
  Operand<T> compute(
      Layer layer, List<TensorShape> shapes, List<Operand<T>> inputs, List<Operand<T>> parameters) {
    Entry<T> entry = entries.get(layer.getClass());
    if (entry == null) {
      throw new IllegalArgumentException(
          "expected a layer with a formula, found " + layer.className());
    }
    return entry.compute(layer, shapes, inputs, parameters);
  }
}
