package dev.siamese.model;

import dev.siamese.network.Layer;
import dev.siamese.network.TensorShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Layers of every kind with several settings, those of layer_cases.py under the same names. */
final class LayerCases {
  private static final TensorShape MAPS = TensorShape.of(7, 6, 4);

  private final Map<String, LayerCase> cases = new LinkedHashMap<>();

  /**
   * A layer and what it takes.
   *
   * @param layer its settings
   * @param inputs the shapes of its inputs
   * @param training whether it is computed as in training
   */
  record LayerCase(Layer layer, List<TensorShape> inputs, boolean training) {}

  private LayerCases() {}

  /** All cases by their names. */
  static Map<String, LayerCase> all() {
    LayerCases all = new LayerCases();
    SpatialLayerCases.addTo(all);
    NormalizationCases.addTo(all);
    OperationCases.addTo(all);
    return all.cases;
  }

  /** Adds a case whose layer takes inputs of these shapes, maps if none. */
  void add(String name, Layer layer, TensorShape... inputs) {
    List<TensorShape> shapes = inputs.length == 0 ? List.of(MAPS) : List.of(inputs);
    cases.put(name, new LayerCase(layer, shapes, name.endsWith("-training")));
  }
}
