package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siamese.model.Parameter;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class NetworkLayersTest {
  private final Weights weights = StoredModels.weights(StoredModels.SMALL, 1);
  private final List<NamedArray> variables = new ArrayList<>();

  NetworkLayersTest() {
    for (Parameter parameter : StoredModels.SMALL.parameters()) {
      variables.add(
          new NamedArray(
              parameter.name().replace("conv2d", "twin/block"),
              parameter.shape(),
              weights.values(variables.size())));
    }
  }

  @Test
  void pairsKernelsAndBiasesByTheirNames() throws IOException {
    List<NamedArray> biasesReversed =
        IntStream.of(0, 2, 4, 6, 7, 5, 3, 1).mapToObj(variables::get).toList();
    assertEquals(weights, NetworkLayers.weights(biasesReversed, "FILE"));
  }

  @Test
  void refusesAnotherShapeWithLayerAndShapes() {
    variables.set(2, reshaped(variables.get(2), Shape.of(3, 3, 4, 3)));
    assertRefused(
        "expected the shape (2, 2, 4, 3) of twin/block_1/kernel, found (3, 3, 4, 3) in FILE");
  }

  @Test
  void refusesLayersThatDoNotFollowEachOther() {
    variables.set(6, reshaped(variables.get(6), Shape.of(7, 5)));
    assertRefused("expected the shape (2, 5) of dense/kernel, found (7, 5) in FILE");
  }

  @Test
  void refusesALayerWithoutBias() {
    variables.remove(7);
    assertRefused("expected a kernel and a bias in every layer, found dense/kernel (2, 5) in FILE");
  }

  @Test
  void refusesOtherLayers() {
    variables.subList(2, 4).clear();
    assertRefused(
        "expected three convolutions and a dense layer, found twin/block/kernel (2, 2, 1, 4),"
            + " twin/block/bias (4), twin/block_2/kernel (2, 2, 3, 2), twin/block_2/bias (2),"
            + " dense/kernel (2, 5), dense/bias (5) in FILE");
  }

  private static NamedArray reshaped(NamedArray variable, Shape shape) {
    return new NamedArray(variable.name(), shape, new float[(int) shape.size()]);
  }

  private void assertRefused(String message) {
    assertEquals(
        message,
        assertThrows(IOException.class, () -> NetworkLayers.weights(variables, "FILE"))
            .getMessage());
  }
}
