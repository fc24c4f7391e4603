package dev.siamese.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.network.Parameter;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.TensorShape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VariableNamesTest {

  private static List<String> names(String... names) {
    return VariableNames.of(
        Stream.of(names)
            .map(name -> new Parameter(name, TensorShape.of(1), ParameterSettings.BIAS, true))
            .toList());
  }

  @Test
  void keepsWhatTensorFlowTakes() {
    assertEquals(
        List.of("conv2d/kernel", "twin/a-b.c_1/bias"), names("conv2d/kernel", "twin/a-b.c_1/bias"));
  }

  @Test
  void replacesWhatItDoesNotTake() {
    assertEquals(
        List.of("my_layer__1/kernel", "x_hidden/bias", "x__/gamma"),
        names("my layer:\u00201/kernel", "_hidden/bias", "\u00e4\u00f6/gamma"));
  }

  @Test
  void namesStayDifferent() {
    assertEquals(
        List.of("a_b/kernel", "a_b/kernel_1", "a_b/kernel_2"),
        names("a b/kernel", "a_b/kernel", "a:b/kernel"));
    assertEquals(
        List.of("norm_moving_mean", "norm_moving_mean_1"),
        VariableNames.attributes(List.of("norm/moving_mean", "norm_moving/mean")));
  }
}
