package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.siamese.model.LayerCases.LayerCase;
import dev.siamese.network.Dot;
import dev.siamese.network.Layer;
import dev.siamese.network.Reduction;
import dev.siamese.network.TensorShape;
import dev.siamese.network.UnaryOperation;
import dev.siamese.network.UnitNormalization;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Lengths and roots have no finite gradient at 0, where a pair of the same image gets, and in Keras
 * all weights become NaN. Here it is 0.
 */
class GradientAtZeroTest {
  private static final TensorShape VECTOR = TensorShape.of(37);

  @Test
  void ofALength() {
    assertZero(new Reduction(Reduction.Function.NORM, List.of(-1), true), 1, VECTOR);
  }

  @Test
  void ofARoot() {
    assertZero(new UnaryOperation(UnaryOperation.Function.SQRT), 37, VECTOR);
  }

  @Test
  void ofAUnitVector() {
    assertZero(UnitNormalization.LAST, 37, VECTOR);
  }

  @Test
  void ofACosine() {
    assertZero(new Dot(-1, -1, true), 1, VECTOR, VECTOR);
  }

  private static void assertZero(Layer layer, int outputs, TensorShape... inputs) {
    List<float[]> zeros = List.of(inputs).stream().map(shape -> new float[shape.count()]).toList();
    float[] direction = new float[outputs];
    direction[0] = 3;
    try (SingleLayer single = new SingleLayer(new LayerCase(layer, List.of(inputs), false))) {
      SingleLayer.Values values = single.compute(1, zeros, List.of(), direction);
      assertArrayEquals(new float[outputs], values.output());
      for (int i = 0; i < inputs.length; i++) {
        assertArrayEquals(zeros.get(i), values.inputGradients().get(i));
      }
    }
  }
}
