package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.Python;
import dev.siamese.data.PairedImages;
import dev.siamese.evaluation.PairMetrics;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.exchange.LoadedModel;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.NetworkSource;
import dev.siamese.exchange.StoredModel;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.PairModel;
import dev.siamese.model.Plan;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Adam;
import dev.siamese.network.Dropout;
import dev.siamese.network.GaussianNoise;
import dev.siamese.network.Layer;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import dev.siamese.network.OptimizerSettings;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.Parameter;
import dev.siamese.network.RandomAugmentation;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.SpatialDropout2D;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every network of the table, made by Keras with random weights, computes here what it computes in
 * Keras, is trained as there, and comes back to Keras as it went.
 */
class NetworkParityIT {
  private static final int STEPS = 3;

  /** With Keras's own epsilon, gradients that are 0 but for rounding would make full steps. */
  private static final Adam ADAM = new Adam(OptimizerSettings.of(0.001), 0.9, 0.999, 1e-5, false);

  static List<String> networks() {
    return KerasOracle.names();
  }

  /** Without those of many parameters, of which Keras takes minutes to read every form. */
  static List<String> smallNetworks() {
    List<String> large = List.of("koch", "mobilenetv2", "efficientnetb0", "resnet50");
    return networks().stream().filter(name -> !large.contains(name)).toList();
  }

  private static ModelHints hints(KerasOracle keras, Optional<SiameseNetwork> network) {
    return new ModelHints(
        network, Optional.empty(), Optional.of(keras.values()), Optional.of(keras.output()));
  }

  private static Path file(String network, String name) {
    return KerasOracle.folder(network).resolve(name);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void readsEveryFormAndComputesTheSame(String name) throws IOException {
    try (KerasOracle keras = KerasOracle.of(name)) {
      StoredModel read = ModelStore.read(file(name, "model.keras"), hints(keras, Optional.empty()));
      assertWeights(keras, "weights", read.model().weights());
      try (PairModel model = new InferenceModel(read.model(), SessionSettings.defaults())) {
        assertSame(keras, model);
      }
      SiameseNetwork described =
          NetworkSource.read(
              file(name, "model.json").toString(),
              Optional.empty(),
              Optional.of(keras.output()),
              new ArrayList<>());
      assertEquals(read.model().network(), described);
      StoredModel weights =
          ModelStore.read(file(name, "model.weights.h5"), hints(keras, Optional.of(described)));
      assertEquals(read.model().weights(), weights.model().weights());
      if (draws(described.network())) {
        return; // Keras's own export of it draws at random at inference too.
      }
      try (LoadedModel served =
          ModelStore.load(
              file(name, "export"), hints(keras, Optional.empty()), SessionSettings.defaults())) {
        PairedImages pairs = keras.pairs();
        assertClose(
            keras,
            "output",
            served.model().compare(pairs.images(), pairs.pairs()),
            keras.tolerance());
      }
      StoredModel exported =
          ModelStore.read(file(name, "export"), hints(keras, Optional.of(described)));
      assertEquals(read.model().weights(), exported.model().weights());
    }
  }

  private static boolean draws(Network network) {
    return network.inlined().layers().stream()
        .anyMatch(layer -> layer.layer() instanceof RandomAugmentation);
  }

  private static void assertSame(KerasOracle keras, PairModel model) {
    PairedImages pairs = keras.pairs();
    assertClose(keras, "output", model.compare(pairs.images(), pairs.pairs()), keras.tolerance());
    if (keras.has("embedding1")) {
      float[][] embeddings = model.embed(pairs.images());
      assertClose(keras, "embedding1", rows(embeddings, pairs.pairs().first()), keras.tolerance());
      assertClose(keras, "embedding2", rows(embeddings, pairs.pairs().second()), keras.tolerance());
    }
  }

  private static float[] rows(float[][] embeddings, int[] positions) {
    int size = embeddings[0].length;
    float[] rows = new float[positions.length * size];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(embeddings[positions[i]], 0, rows, i * size, size);
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void isTrainedAsByKeras(String name) throws IOException {
    try (KerasOracle keras = KerasOracle.of(name)) {
      StoredModel read = ModelStore.read(file(name, "model.keras"), hints(keras, Optional.empty()));
      TrainedNetwork model = read.model();
      SiameseNetwork calm =
          new SiameseNetwork(calm(model.network().network()), model.network().output());
      PairedImages pairs = keras.pairs();
      TrainingSettings settings =
          new TrainingSettings(1, pairs.pairs().size(), ADAM, keras.margin(), 0);
      SessionSettings system = SessionSettings.defaults();
      Tower.Design design = Tower.Design.of(calm, model.values(), settings, system);
      if (name.equals("koch")) {
        design = withoutTiles(design);
      }
      RunState start =
          RunState.startingFrom(
              new Weights(calm.network().parameters(), values(model.weights())),
              OptimizerState.start(ADAM, calm.network()));
      try (TrainingSession session =
          new TrainingSession(design, pairs.images(), settings, system, start)) {
        int[] batch = Sessions.batch(pairs.pairs());
        assertGradients(keras, session.gradients(batch));
        TrainingSession.StepResult first = session.step(batch);
        KerasOracle.Expected loss = keras.expected("loss");
        assertEquals(
            loss.values()[0],
            PairMetrics.loss(
                        new PairOutputs(calm.output(), first.told(), pairs.pairs().labels()),
                        keras.margin())
                    .orElseThrow()
                + first.regularization(),
            1e-6 * Math.max(1, loss.values()[0]) + 8 * loss.rounding());
        for (int step = 1; step < STEPS; step++) {
          session.step(batch);
        }
        assertWeights(keras, "weights_after", session.state(History.empty()).weights());
      }
    }
  }

  /**
   * As Keras's kernels compute, to the bit nearly. By tiles a few of the millions of values that
   * Koch's network pools are others than in Keras, among those that differ by a millionth, and its
   * gradients go elsewhere; FastEqualsPlainTest holds tiles to the same tolerance without a kink.
   */
  private static Tower.Design withoutTiles(Tower.Design design) {
    Plan plan = design.plan();
    assertFalse(plan.tiled().isEmpty());
    return new Tower.Design(
        design.network(),
        design.kept(),
        new Plan(plan.network(), plan.pixels(), plan.steps(), new TreeSet<>()),
        design.head(),
        design.values(),
        design.loss(),
        design.objective(),
        design.precision(),
        design.seed());
  }

  /**
   * In Keras's safe mode, with every bit of weights and optimizer, and Keras goes on from there.
   */
  @ParameterizedTest
  @MethodSource("smallNetworks")
  void comesBackToKeras(String name) throws IOException {
    try (KerasOracle keras = KerasOracle.of(name)) {
      ModelHints hints = hints(keras, Optional.empty());
      StoredModel model = ModelStore.read(file(name, "model.keras"), hints);
      for (String form : List.of("java.keras", "java.weights.h5", "java-savedmodel")) {
        ModelStore.write(file(name, form), model);
      }
      ModelStore.write(
          file(name, "java-after.keras"), ModelStore.read(file(name, "after/model.keras"), hints));
      Python.run("src/test/python/read_ours.py", KerasOracle.all().toString(), name);
    }
  }

  private static void assertGradients(KerasOracle keras, Weights gradients) {
    for (int i = 0; i < gradients.parameters().size(); i++) {
      assertClose(keras, "gradients/" + i, gradients.values(i), 10 * keras.tolerance());
    }
  }

  private static void assertWeights(KerasOracle keras, String group, Weights weights) {
    for (int i = 0; i < weights.parameters().size(); i++) {
      Parameter parameter = weights.parameters().get(i);
      double tolerance = group.equals("weights") ? 0 : 1e-5;
      KerasOracle.Expected expected = keras.expected(group + "/" + i);
      assertEquals(expected.values().length, parameter.size(), parameter.name());
      for (int j = 0; j < expected.values().length; j++) {
        assertEquals(
            expected.values()[j],
            weights.values(i)[j],
            tolerance * Math.max(1, Math.abs(expected.values()[j])) + 8 * expected.rounding(),
            () -> group + " " + parameter.name());
      }
    }
  }

  private static void assertClose(KerasOracle keras, String path, float[] found, double tolerance) {
    KerasOracle.Expected expected = keras.expected(path);
    assertEquals(expected.values().length, found.length, path);
    double allowed = tolerance * expected.largest() + 8 * expected.rounding();
    double worst = 0;
    for (int i = 0; i < found.length; i++) {
      worst = Math.max(worst, Math.abs((double) expected.values()[i] - found[i]));
    }
    double error = worst;
    assertTrue(
        error <= allowed, () -> "%s: off by %s, of %s allowed".formatted(path, error, allowed));
  }

  private static float[][] values(Weights weights) {
    float[][] values = new float[weights.parameters().size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights.values(i);
    }
    return values;
  }

  /** The same network, in which nothing is drawn at random while training. */
  private static Network calm(Network network) {
    List<NamedLayer> layers = new ArrayList<>();
    for (NamedLayer named : network.layers()) {
      Layer layer = named.layer();
      if (layer instanceof Dropout) {
        layer = new Dropout(0);
      } else if (layer instanceof SpatialDropout2D) {
        layer = new SpatialDropout2D(0);
      } else if (layer instanceof GaussianNoise) {
        layer = new GaussianNoise(0);
      } else if (layer instanceof NestedModel model) {
        layer = new NestedModel(calm(model.network()), model.sequential());
      }
      layers.add(named.withLayer(layer));
    }
    return new Network(
        network.name(), layers, network.nodes(), network.inputs(), network.outputs());
  }
}
