package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.Python;
import dev.siamese.model.LayerCases.LayerCase;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Parameter;
import dev.siamese.network.TensorShape;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each layer computes what it computes in Keras, and so do its gradients. */
class NetworkGraphParityIT {
  private static final double OUTPUT_TOLERANCE = 1e-5;
  private static final double GRADIENT_TOLERANCE = 1e-4;

  private static @TempDir Path folder;
  private static HdfFile cases;

  @BeforeAll
  static void computeByKeras() {
    Path file = folder.resolve("cases.h5");
    Python.run("src/test/python/layer_cases.py", file.toString());
    cases = new HdfFile(file);
  }

  @AfterAll
  static void close() {
    if (cases != null) {
      cases.close();
    }
  }

  static Stream<String> names() {
    return LayerCases.all().keySet().stream();
  }

  @Test
  void bothSidesHaveTheSameCases() {
    assertEquals(
        cases.getChildren().keySet().stream().sorted().toList(), names().sorted().toList());
  }

  @ParameterizedTest
  @MethodSource("names")
  void isThatOfKeras(String name) {
    LayerCase layerCase = LayerCases.all().get(name);
    Group expected = (Group) cases.getChild(name);
    List<float[]> inputs = values(members(expected, "inputs"));
    List<Dataset> weights = members(expected, "weights");
    Dataset output = (Dataset) expected.getChild("output");
    int batch = output.getDimensions()[0];
    try (SingleLayer layer = new SingleLayer(layerCase)) {
      assertEquals(
          weights.stream().map(NetworkGraphParityIT::shape).toList(),
          layer.network().parameters().stream().map(Parameter::shape).toList());
      SingleLayer.Values actual =
          layer.compute(
              batch, inputs, values(weights), values((Dataset) expected.getChild("direction")));
      assertArrayEquals(longs(output.getDimensions()), actual.shape().asArray());
      assertClose("output", values(output), actual.output(), OUTPUT_TOLERANCE);
      assertClose(expected, "input_gradients", actual.inputGradients(), GRADIENT_TOLERANCE);
      assertClose(expected, "weight_gradients", actual.weightGradients(), GRADIENT_TOLERANCE);
      if (layerCase.training()) {
        assertClose(
            expected,
            "updated",
            updated((BatchNormalization) layerCase.layer(), values(weights), actual.statistics()),
            OUTPUT_TOLERANCE);
      }
    }
  }

  /** The weights after a step, of which only the moving statistics change. */
  private static List<float[]> updated(
      BatchNormalization layer, List<float[]> weights, List<float[]> statistics) {
    List<float[]> updated = new ArrayList<>(weights);
    int first = weights.size() - statistics.size();
    for (int i = 0; i < statistics.size(); i++) {
      float[] moving = weights.get(first + i).clone();
      for (int channel = 0; channel < moving.length; channel++) {
        moving[channel] =
            (float)
                (moving[channel] * layer.momentum()
                    + statistics.get(i)[channel] * (1 - layer.momentum()));
      }
      updated.set(first + i, moving);
    }
    return updated;
  }

  private static void assertClose(
      Group expected, String name, List<float[]> actual, double tolerance) {
    List<float[]> values = values(members(expected, name));
    assertEquals(values.size(), actual.size(), name);
    for (int i = 0; i < values.size(); i++) {
      assertClose(name + " " + i, values.get(i), actual.get(i), tolerance);
    }
  }

  /** Compares to a fraction of the largest value. */
  private static void assertClose(String name, float[] expected, float[] actual, double tolerance) {
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertArrayEquals(expected, actual, (float) (tolerance * largest) + Float.MIN_VALUE, name);
  }

  private static List<Dataset> members(Group group, String name) {
    List<Dataset> members = new ArrayList<>();
    if (group.getChildren().containsKey(name)) {
      Group kind = (Group) group.getChild(name);
      for (int i = 0; i < kind.getChildren().size(); i++) {
        members.add((Dataset) kind.getChild(Integer.toString(i)));
      }
    }
    return members;
  }

  private static List<float[]> values(List<Dataset> datasets) {
    return datasets.stream().map(NetworkGraphParityIT::values).toList();
  }

  private static float[] values(Dataset dataset) {
    return (float[]) dataset.getDataFlat();
  }

  private static TensorShape shape(Dataset dataset) {
    return TensorShape.of(dataset.getDimensions());
  }

  private static long[] longs(int[] sizes) {
    long[] longs = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      longs[i] = sizes[i];
    }
    return longs;
  }
}
