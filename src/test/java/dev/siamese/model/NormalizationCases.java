package dev.siamese.model;

import dev.siamese.network.BatchNormalization;
import dev.siamese.network.GroupNormalization;
import dev.siamese.network.Initializer;
import dev.siamese.network.LayerNormalization;
import dev.siamese.network.Normalization;
import dev.siamese.network.Normalization.Statistics;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.Rescaling;
import dev.siamese.network.TensorShape;
import dev.siamese.network.UnitNormalization;
import java.util.List;
import java.util.Optional;

/** Layers that bring values to a mean, a variance, a length or another scale. */
final class NormalizationCases {
  private static final TensorShape VECTOR = TensorShape.of(6);
  private static final Optional<ParameterSettings> GAMMA = Optional.of(ParameterSettings.GAMMA);
  private static final Optional<ParameterSettings> BIAS = Optional.of(ParameterSettings.BIAS);
  private static final Optional<ParameterSettings> NONE = Optional.empty();

  private final LayerCases cases;

  private NormalizationCases(LayerCases cases) {
    this.cases = cases;
  }

  static void addTo(LayerCases cases) {
    NormalizationCases these = new NormalizationCases(cases);
    these.batchNormalizations();
    these.normalizations();
  }

  private static BatchNormalization batch(
      int axis, Optional<ParameterSettings> gamma, Optional<ParameterSettings> beta) {
    return new BatchNormalization(
        axis, 0.99, 1e-3, gamma, beta, Initializer.ZEROS, Initializer.ONES);
  }

  private static LayerNormalization ofAxes(double epsilon, Integer... axes) {
    return new LayerNormalization(List.of(axes), epsilon, false, GAMMA, BIAS);
  }

  private static Normalization adapted(List<Integer> axes, boolean invert) {
    return new Normalization(axes, Optional.empty(), invert);
  }

  private void batchNormalizations() {
    for (String training : List.of("", "-training")) {
      cases.add("batch-normalization" + training, BatchNormalization.standard());
      cases.add(
          "batch-normalization-vector" + training,
          new BatchNormalization(-1, 0.9, 0.1, GAMMA, BIAS, Initializer.ZEROS, Initializer.ONES),
          VECTOR);
      cases.add("batch-normalization-axis" + training, batch(1, GAMMA, BIAS));
      cases.add("batch-normalization-center" + training, batch(-1, NONE, BIAS));
      cases.add("batch-normalization-scale" + training, batch(-1, GAMMA, NONE));
      cases.add("batch-normalization-plain" + training, batch(-1, NONE, NONE));
    }
  }

  private void normalizations() {
    cases.add("layer-normalization", ofAxes(1e-3, -1));
    cases.add("layer-normalization-maps", ofAxes(1e-3, 1, 2));
    cases.add("layer-normalization-apart", ofAxes(0.1, 1, -1));
    cases.add("layer-normalization-all", ofAxes(1e-3, 1, 2, 3));
    cases.add(
        "layer-normalization-center", new LayerNormalization(List.of(-1), 1e-3, false, NONE, BIAS));
    cases.add(
        "layer-normalization-scale", new LayerNormalization(List.of(-1), 1e-3, false, GAMMA, NONE));
    cases.add(
        "layer-normalization-rms", new LayerNormalization(List.of(1, 3), 1e-3, true, GAMMA, NONE));
    cases.add("group-normalization", new GroupNormalization(2, -1, 1e-3, GAMMA, BIAS));
    cases.add("group-normalization-instance", new GroupNormalization(-1, -1, 1e-3, GAMMA, BIAS));
    cases.add("group-normalization-one", new GroupNormalization(1, -1, 0.1, NONE, BIAS));
    cases.add("group-normalization-rows", new GroupNormalization(3, 2, 1e-3, GAMMA, NONE));
    cases.add("group-normalization-columns", new GroupNormalization(3, -2, 1e-3, GAMMA, BIAS));
    cases.add(
        "group-normalization-vector", new GroupNormalization(3, -1, 1e-3, GAMMA, BIAS), VECTOR);
    cases.add("unit-normalization", UnitNormalization.LAST);
    cases.add("unit-normalization-tiny", UnitNormalization.LAST);
    cases.add("unit-normalization-maps", new UnitNormalization(List.of(1, 2)));
    cases.add("rescaling", Rescaling.of(1 / 255.0, -0.5));
    cases.add(
        "rescaling-lists",
        new Rescaling(List.of(0.5, 2.0, 3.0, 4.0), List.of(1.0, 0.0, -1.0, 5.0)));
    cases.add("normalization", adapted(List.of(-1), false));
    cases.add("normalization-one", adapted(List.of(), false));
    cases.add("normalization-apart", adapted(List.of(1, 3), false));
    cases.add("normalization-inverse", adapted(List.of(2), true));
    Statistics one = new Statistics(List.of(0.5), List.of(4.0));
    Statistics four = new Statistics(List.of(1.0, 2.0, 3.0, 4.0), List.of(1.0, 0.0, 4.0, 0.5));
    cases.add("normalization-given-one", new Normalization(List.of(-1), Optional.of(one), false));
    cases.add("normalization-given", new Normalization(List.of(-1), Optional.of(four), true));
  }
}
