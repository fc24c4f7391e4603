package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.network.Activation;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.Flatten;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.OutputKind;
import dev.siamese.network.Parameter;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.UnitNormalization;
import dev.siamese.network.Weights;
import dev.siamese.network.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A network that ends in embeddings of length 1 is, but for these, the one that it was. */
class UnitEmbeddingsTest {
  private static final int HIDDEN = 6;
  private static final int PROJECTED = 3;

  /** With every distance and any twin, nested and not, and the twin in a further model. */
  static Stream<Named<SiameseNetwork>> networks() {
    List<Named<SiameseNetwork>> all = new ArrayList<>();
    add(all, "reference", NamedNetwork.REFERENCE.network());
    LongStream.range(0, 24)
        .forEach(
            seed -> {
              SiameseNetwork random = RandomNetworks.siamese(seed);
              if (random.output() == OutputKind.DISTANCE) {
                add(all, "random " + seed, random);
              }
            });
    for (Distance distance : Distance.values()) {
      add(all, distance.name(), SiameseNetwork.of(twin(true), distance));
    }
    add(all, "sequential", sequential());
    return all.stream();
  }

  private static void add(List<Named<SiameseNetwork>> all, String name, SiameseNetwork network) {
    all.add(Named.of(name, network));
    all.add(
        Named.of(
            name + ", not nested",
            new SiameseNetwork(network.network().inlined(), network.output())));
  }

  private static Network twin(boolean trainable) {
    Network chain =
        NetworkBuilder.chain(
            "twin",
            TensorShape.of(9, 8, 1),
            Conv2D.of(2, Window.valid(3), Activation.RELU),
            new Flatten(),
            Dense.of(4, Activation.LINEAR));
    List<NamedLayer> layers = new ArrayList<>(chain.layers());
    NamedLayer convolution = layers.get(1);
    layers.set(1, new NamedLayer(convolution.name(), convolution.layer(), trainable));
    return new Network(chain.name(), layers, chain.nodes(), chain.inputs(), chain.outputs());
  }

  /** The twin is called twice by a chain of two models. */
  private static SiameseNetwork sequential() {
    NetworkBuilder outer = new NetworkBuilder("twin");
    int images = outer.input("images", TensorShape.of(9, 8, 1));
    int inner = outer.addNamed("first", new NestedModel(twin(true), true), images);
    return SiameseNetwork.of(
        outer.build(outer.add(Dense.of(5, Activation.LINEAR), inner)), Distance.EUCLIDEAN);
  }

  private static float[][] embed(SiameseNetwork network, Weights weights, LabeledImages images) {
    try (InferenceModel model =
        new InferenceModel(
            new TrainedNetwork(network, weights, ValueRange.ZERO_TO_ONE),
            SessionSettings.defaults())) {
      return model.embed(images);
    }
  }

  private static void assertUnits(float[][] before, float[][] after) {
    for (int image = 0; image < before.length; image++) {
      double squares = 0;
      for (float value : before[image]) {
        squares += (double) value * value;
      }
      double length = Math.sqrt(Math.max(squares, 1e-12));
      float[] expected = new float[before[image].length];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = (float) (before[image][i] / length);
      }
      assertArrayEquals(expected, after[image], 2e-6f);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void haveTheDirectionsThatTheyHad(SiameseNetwork network) {
    SiameseNetwork unit = network.withUnitEmbeddings();
    Weights weights = Networks.weights(network.network(), new SplittableRandom(1));
    Weights same = weights.as(unit.network().parameters());
    assertSameParameters(network.network().parameters(), unit.network().parameters());
    assertEquals(network.output(), unit.output());
    LabeledImages images = RandomImages.of(3, Images.shape(network.image()), 2);
    float[][] before = embed(network, weights, images);
    float[][] after = embed(unit, same, images);
    assertUnits(before, after);

    // The head takes them as it took the others.
    Pairs pairs = new Pairs(new int[] {0, 1}, new int[] {1, 2}, new byte[] {0, 1});
    try (InferenceModel old =
            new InferenceModel(
                new TrainedNetwork(network, weights, ValueRange.ZERO_TO_ONE),
                SessionSettings.defaults());
        InferenceModel now =
            new InferenceModel(
                new TrainedNetwork(unit, same, ValueRange.ZERO_TO_ONE),
                SessionSettings.defaults())) {
      float[][] first = {after[0], after[1]};
      float[][] second = {after[1], after[2]};
      assertArrayEquals(old.compare(first, second), now.compare(images, pairs), 1e-5f);
    }
    assertSame(unit, unit.withUnitEmbeddings());
  }

  /** But for their layers' names, which nothing is kept under. */
  private static void assertSameParameters(List<Parameter> expected, List<Parameter> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).shape(), found.get(i).shape());
      assertEquals(expected.get(i).trainable(), found.get(i).trainable());
      assertEquals(expected.get(i).settings(), found.get(i).settings());
      assertEquals(lastOf(expected.get(i).name()), lastOf(found.get(i).name()));
    }
  }

  private static String lastOf(String name) {
    return name.replaceFirst(".*/", "");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void areProjectedWhileTraining(SiameseNetwork network) {
    SiameseNetwork kept = network.withUnitEmbeddings();
    SiameseNetwork trained = kept.withProjection(HIDDEN, PROJECTED);
    List<Parameter> parameters = trained.network().parameters();
    int own = kept.network().parameters().size();
    assertEquals(kept.network().parameters(), parameters.subList(0, own));
    int size = kept.embedding().count();
    assertEquals(
        List.of(
            TensorShape.of(size, HIDDEN),
            TensorShape.of(HIDDEN),
            TensorShape.of(HIDDEN, PROJECTED),
            TensorShape.of(PROJECTED)),
        parameters.subList(own, parameters.size()).stream().map(Parameter::shape).toList());
    assertTrue(parameters.subList(own, parameters.size()).stream().allMatch(Parameter::trainable));

    // Of the embeddings before they are brought to length 1.
    Weights weights = Networks.weights(trained.network(), new SplittableRandom(1));
    float[][] ofTwin = new float[own][];
    for (int i = 0; i < own; i++) {
      ofTwin[i] = weights.values(i);
    }
    LabeledImages images = RandomImages.of(3, Images.shape(network.image()), 2);
    float[][] embeddings =
        embed(network, new Weights(network.network().parameters(), ofTwin), images);
    float[][] projected = new float[3][];
    for (int image = 0; image < 3; image++) {
      float[] hidden = dense(embeddings[image], weights.values(own), weights.values(own + 1));
      for (int i = 0; i < hidden.length; i++) {
        hidden[i] = Math.max(0, hidden[i]);
      }
      projected[image] = dense(hidden, weights.values(own + 2), weights.values(own + 3));
    }
    assertUnits(projected, embed(trained, weights, images));
  }

  private static float[] dense(float[] values, float[] kernel, float[] bias) {
    float[] sums = new float[bias.length];
    for (int unit = 0; unit < sums.length; unit++) {
      double sum = bias[unit];
      for (int i = 0; i < values.length; i++) {
        sum += (double) values[i] * kernel[i * sums.length + unit];
      }
      sums[unit] = (float) sum;
    }
    return sums;
  }

  @Test
  void frozenLayersStayFrozen() {
    SiameseNetwork network = SiameseNetwork.of(twin(false), Distance.EUCLIDEAN);
    SiameseNetwork flat = new SiameseNetwork(network.network().inlined(), network.output());
    for (SiameseNetwork frozen : List.of(network, flat)) {
      assertEquals(2, frozen.network().trainableParameters().size());
      assertEquals(2, frozen.withUnitEmbeddings().network().trainableParameters().size());
      assertEquals(6, frozen.withProjection(2, 2).network().trainableParameters().size());
    }
  }

  @Test
  void endInOneNormalization() {
    SiameseNetwork unit = NamedNetwork.REFERENCE.network().withUnitEmbeddings();
    Network twin = unit.withProjection(2, 2).twin();
    assertEquals(
        1,
        twin.layers().stream().filter(layer -> layer.layer() instanceof UnitNormalization).count());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REFERENCE")
  void refusesWhatComparesByMoreThanADistance(NamedNetwork network) {
    SiameseNetwork siamese = network.network();
    String message =
        assertThrows(IllegalArgumentException.class, siamese::withUnitEmbeddings).getMessage();
    assertTrue(message.contains("by a mere distance"), message);
    assertTrue(message.endsWith("of the model " + siamese.network().name()), message);
  }
}
