package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.model.LayerCases.LayerCase;
import dev.siamese.network.Network;
import dev.siamese.network.TensorShape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each formula can be differentiated; whether rightly, {@link NetworkGraphParityIT} tells. */
class FormulaGradientTest {
  private static final int BATCH = 2;

  private final SplittableRandom random = new SplittableRandom(1);

  static Stream<String> names() {
    return LayerCases.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isFinite(String name) {
    LayerCase layerCase = LayerCases.all().get(name);
    try (SingleLayer layer = new SingleLayer(layerCase)) {
      Network network = layer.network();
      SingleLayer.Values values =
          layer.compute(
              BATCH,
              network.inputShapes().stream().map(shape -> draw(BATCH, shape)).toList(),
              network.parameters().stream().map(parameter -> draw(1, parameter.shape())).toList(),
              draw(BATCH, network.outputShapes().get(0)));
      Stream.of(List.of(values.output()), values.inputGradients(), values.weightGradients())
          .flatMap(List::stream)
          .forEach(FormulaGradientTest::assertFinite);
    }
  }

  /** Between 0 and 1, where every function is defined. */
  private float[] draw(int copies, TensorShape shape) {
    float[] values = new float[copies * shape.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(0.1, 0.9);
    }
    return values;
  }

  private static void assertFinite(float[] values) {
    for (float value : values) {
      assertTrue(Float.isFinite(value));
    }
  }
}
