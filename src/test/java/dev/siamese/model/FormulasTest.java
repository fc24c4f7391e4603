package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.network.InputLayer;
import dev.siamese.network.Layer;
import dev.siamese.network.NestedModel;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class FormulasTest {
  /** What a network graph never computes by a formula. */
  private static final List<Class<?>> WITHOUT = List.of(InputLayer.class, NestedModel.class);

  @Test
  void thereIsOneForEachKindOfLayer() {
    try (Graph graph = new Graph()) {
      Formulas<TFloat32> formulas = Formulas.plain(Ops.create(graph), TFloat32.class);
      assertEquals(WITHOUT, kinds(Layer.class).filter(kind -> !formulas.has(kind)).toList());
    }
  }

  private static Stream<Class<?>> kinds(Class<?> kind) {
    return kind.isSealed()
        ? Stream.of(kind.getPermittedSubclasses()).flatMap(FormulasTest::kinds)
        : Stream.of(kind);
  }
}
