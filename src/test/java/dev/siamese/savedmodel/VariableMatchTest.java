package dev.siamese.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.network.Activation;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Flatten;
import dev.siamese.network.InputLayer;
import dev.siamese.network.Layer;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.Network;
import dev.siamese.network.Node;
import dev.siamese.network.Normalization;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

class VariableMatchTest {
  /** Two layers of the same shapes, of which the second in order is used first. */
  private static final Network SWAPPED =
      new Network(
          "swapped",
          List.of(
              new NamedLayer("x", new InputLayer(TensorShape.of(3)), true),
              new NamedLayer("later", Dense.of(3, Activation.RELU), true),
              new NamedLayer("sooner", Dense.of(3, Activation.RELU), true)),
          List.of(new Node(0, List.of()), new Node(2, List.of(0)), new Node(1, List.of(1))),
          List.of(0),
          List.of(2));

  private final List<StoredVariable> variables = new ArrayList<>();

  private StoredVariable variable(String name, DataType type, long... sizes) {
    variables.add(
        new StoredVariable(
            variables.size(), name, type, Shape.of(sizes), "key" + variables.size()));
    return variables.get(variables.size() - 1);
  }

  private void variables(String... names) {
    for (String name : names) {
      variable(name, DataType.DT_FLOAT, name.endsWith("bias") ? new long[] {3} : new long[] {3, 3});
    }
  }

  /** For each way, the number of the variable of each parameter. */
  private static List<List<Integer>> ways(
      Network network, List<StoredVariable> used, List<StoredVariable> listed) {
    List<Integer> all = IntStream.range(0, network.parameters().size()).boxed().toList();
    List<List<Integer>> ways = new ArrayList<>();
    for (Map<Integer, StoredVariable> way :
        new VariableMatch(network, all).candidates(used, listed)) {
      ways.add(
          all.stream()
              .map(i -> Optional.ofNullable(way.get(i)).map(StoredVariable::node).orElse(-1))
              .toList());
    }
    return ways;
  }

  @Test
  void takesNamesBeforeOrder() {
    variables("sooner/kernel", "sooner/bias", "later/kernel", "later/bias");
    List<List<Integer>> ways = ways(SWAPPED, variables, List.of());
    assertEquals(List.of(2, 3, 0, 1), ways.get(0));
  }

  @Test
  void takesTheOrderOfUseOrOfTheWeightsWhereNamesDiffer() {
    variables("a/kernel", "a/bias", "b/kernel", "b/bias");
    assertEquals(
        List.of(List.of(2, 3, 0, 1), List.of(0, 1, 2, 3)), ways(SWAPPED, variables, List.of()));
  }

  @Test
  void takesTheOrderOfTheListBeforeThatOfUse() {
    variables("a/kernel", "a/bias", "b/kernel", "b/bias");
    List<StoredVariable> listed =
        Arrays.asList(variables.get(2), variables.get(3), variables.get(0), variables.get(1));
    assertEquals(List.of(2, 3, 0, 1), ways(SWAPPED, variables, listed).get(0));
    assertEquals(List.of(0, 1, 2, 3), ways(SWAPPED, variables, variables).get(0));
  }

  @Test
  void twoOfOneNameAreToldByTheirOrder() {
    variables("same/kernel", "same/bias", "same/kernel", "same/bias");
    assertEquals(List.of(2, 3, 0, 1), ways(SWAPPED, variables, List.of()).get(0));
  }

  @Test
  void sortsTheVariablesOfALayerByTheirLastNames() {
    Network network = chain(BatchNormalization.standard());
    for (String name : List.of("moving_mean", "moving_variance", "gamma", "beta")) {
      variable("x/" + name, DataType.DT_FLOAT, 1);
    }
    assertEquals(List.of(List.of(2, 3, 0, 1)), ways(network, variables, List.of()));
  }

  @Test
  void takesNamelessOnesAsTheyCome() {
    Network network = chain(Conv2D.of(2, Window.valid(2), Activation.RELU), new Flatten());
    variable("w", DataType.DT_FLOAT, 2, 2, 1, 2);
    variable("v", DataType.DT_FLOAT, 2);
    assertEquals(List.of(List.of(0, 1)), ways(network, variables, List.of()));
  }

  @Test
  void passesOverWhatIsNoFloat() {
    Network network = chain(new Flatten(), Dense.of(2, Activation.LINEAR));
    variable("seed_generator/seed_generator_state", DataType.DT_INT64, 2);
    variable("d/kernel", DataType.DT_FLOAT, 16, 2);
    variable("d/bias", DataType.DT_FLOAT, 2);
    assertEquals(List.of(List.of(1, 2)), ways(network, variables, variables));
  }

  @Test
  void needsNoCount() {
    Network network = chain(new Normalization(List.of(-1), Optional.empty(), false));
    variable("n/mean", DataType.DT_FLOAT, 1);
    variable("n/variance", DataType.DT_FLOAT, 1);
    assertEquals(List.of(List.of(0, 1, -1)), ways(network, variables, List.of()));
  }

  @Test
  void findsNothingInOtherShapesOrNumbers() {
    variables("later/kernel", "later/bias", "sooner/kernel");
    assertEquals(List.of(), ways(SWAPPED, variables, List.of()));
    variable("sooner/bias", DataType.DT_FLOAT, 4);
    assertEquals(List.of(), ways(SWAPPED, variables, List.of()));
    variables.remove(3);
    variables("sooner/bias", "more/bias");
    // By names there are all; in order there is one too many.
    assertEquals(List.of(List.of(0, 1, 2, 3)), ways(SWAPPED, variables, List.of()));
  }

  private static Network chain(Layer... layers) {
    return ServedNetworks.twin(TensorShape.of(4, 4, 1), layers);
  }
}
