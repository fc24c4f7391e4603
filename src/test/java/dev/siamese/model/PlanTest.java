package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.network.Activation;
import dev.siamese.network.ActivationFunction;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Dropout;
import dev.siamese.network.Extent;
import dev.siamese.network.Flatten;
import dev.siamese.network.GlobalMaxPooling2D;
import dev.siamese.network.Identity;
import dev.siamese.network.Layer;
import dev.siamese.network.LeakyReLU;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.Merge;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.Padding;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.ReLU;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanTest {
  private static final TensorShape IMAGE = TensorShape.of(20, 20, 3);
  private static final String PRODUCT =
      "one product of pixels, pooled before bias and activation: ";
  private static final String WINOGRAD =
      "Winograd's filtering, pooled before bias and activation: ";
  private static final String POOLED = "pooled before bias and activation: ";

  private static Plan plan(Layer... layers) {
    return Plan.of(NetworkBuilder.chain("twin", IMAGE, layers));
  }

  private static List<String> steps(Layer... layers) {
    return stepsOf(plan(layers));
  }

  private static List<String> stepsOf(Plan plan) {
    List<String> lines = plan.describe();
    return lines.subList(1, lines.size());
  }

  private static Conv2D convolution(int size, Activation activation) {
    return Conv2D.of(2, Window.valid(size), activation);
  }

  @Test
  void ofTheReferenceNetworkIsWhatItWasMadeFor() {
    assertEquals(
        List.of(
            "pixels: 11×11 cells of 4 windows of 2×2 pixels, even rows and columns first",
            PRODUCT + "functional/conv2d, functional/max_pooling2d, functional/dropout",
            WINOGRAD + "functional/conv2d_1, functional/max_pooling2d_1, functional/dropout_1",
            POOLED + "functional/conv2d_2, functional/max_pooling2d_2, functional/dropout_2",
            "layer: functional/global_average_pooling2d",
            "layer: functional/dense"),
        Plan.of(NamedNetwork.REFERENCE.network().twin()).describe());
  }

  @Test
  void anActivationOfItsOwnGoesWithItsConvolution() {
    assertEquals(
        List.of(PRODUCT + "conv2d, leaky_re_lu, max_pooling2d, dropout"),
        steps(
            convolution(2, Activation.LINEAR),
            new LeakyReLU(0.1),
            MaxPooling2D.of(2),
            new Dropout(0.5)));
    // Of two, only one is.
    assertEquals(
        List.of("layer: conv2d", "layer: activation", "layer: max_pooling2d"),
        steps(convolution(2, Activation.RELU), Activation.TANH, MaxPooling2D.of(2)));
  }

  /** Those that turn the order of some values round stay before the pooling. */
  @ParameterizedTest
  @EnumSource
  void activationsThatKeepTheOrderComeAfterThePooling(ActivationFunction function) {
    List<ActivationFunction> others =
        List.of(
            ActivationFunction.GELU,
            ActivationFunction.SILU,
            ActivationFunction.HARD_SILU,
            ActivationFunction.MISH,
            ActivationFunction.GLU,
            ActivationFunction.SOFTMAX,
            ActivationFunction.LOG_SOFTMAX,
            ActivationFunction.SPARSEMAX);
    assertEquals(
        others.contains(function)
            ? List.of("layer: conv2d", "layer: max_pooling2d")
            : List.of(POOLED + "conv2d, max_pooling2d"),
        steps(convolution(3, new Activation(function)), MaxPooling2D.of(2)));
  }

  @Test
  void dropoutStaysApartWhereItsFactorDoesNotCommuteWithTheActivation() {
    assertEquals(
        List.of(POOLED + "conv2d, max_pooling2d", "layer: dropout"),
        steps(convolution(3, Activation.TANH), MaxPooling2D.of(2), new Dropout(0.5)));
  }

  @Test
  void winogradIsForASecondConvolutionOf2x2Alone() {
    Layer first = convolution(2, Activation.RELU);
    Layer pooling = MaxPooling2D.of(2);
    assertEquals(
        List.of(PRODUCT + "conv2d, max_pooling2d", WINOGRAD + "conv2d_1, max_pooling2d_1"),
        steps(first, pooling, first, pooling));
    // Not where something lies between, of another size, or the first is no product.
    assertEquals(
        List.of(
            PRODUCT + "conv2d, max_pooling2d",
            "layer: identity",
            POOLED + "conv2d_1, max_pooling2d_1"),
        steps(first, pooling, new Identity(), first, pooling));
    assertEquals(
        List.of(PRODUCT + "conv2d, max_pooling2d", POOLED + "conv2d_1, max_pooling2d_1"),
        steps(first, pooling, convolution(3, Activation.RELU), pooling));
    assertEquals(
        List.of(POOLED + "conv2d, max_pooling2d", POOLED + "conv2d_1, max_pooling2d_1"),
        steps(convolution(3, Activation.RELU), pooling, first, pooling));
  }

  @Test
  void aKernelNormalizesTheImageThatItTakes() {
    Layer normalization = BatchNormalization.standard();
    assertEquals(
        List.of("normalized by the kernel, layer: batch_normalization, conv2d"),
        steps(normalization, convolution(3, Activation.TANH)));
    assertEquals(
        List.of(
            "normalized by the kernel, " + POOLED + "batch_normalization, conv2d, max_pooling2d"),
        steps(normalization, convolution(2, Activation.RELU), MaxPooling2D.of(2)));
    // Beyond the border there is no mean to take off.
    assertEquals(
        List.of("layer: batch_normalization", "layer: conv2d"),
        steps(normalization, Conv2D.of(2, Window.same(3), Activation.TANH)));
  }

  @Test
  void aKernelNormalizesWhatItGivesBeforeItIsActivated() {
    String normalized = "normalized by the kernel at inference: conv2d, batch_normalization";
    Layer normalization = BatchNormalization.standard();
    assertEquals(
        List.of(normalized, "layer: re_lu"),
        steps(convolution(3, Activation.LINEAR), normalization, ReLU.PLAIN));
    assertEquals(
        List.of("layer: conv2d", "layer: batch_normalization"),
        steps(convolution(3, Activation.RELU), normalization));
  }

  @Test
  void otherWindowsStridesBordersGroupsAndPoolingsAreNoProduct() {
    Extent two = Extent.square(2);
    for (Window window :
        List.of(
            Window.valid(3),
            Window.same(2),
            new Window(two, two, Padding.VALID, Extent.ONE),
            new Window(two, Extent.ONE, Padding.VALID, two))) {
      assertEquals(
          List.of(POOLED + "conv2d, max_pooling2d"),
          steps(Conv2D.of(2, window, Activation.RELU), MaxPooling2D.of(2)));
    }
    Conv2D grouped =
        new Conv2D(
            3, Window.valid(2), 3, Activation.RELU, ParameterSettings.KERNEL, Optional.empty());
    assertEquals(List.of(POOLED + "conv2d, max_pooling2d"), steps(grouped, MaxPooling2D.of(2)));
    for (Window pooling :
        List.of(
            Window.pooling(3),
            new Window(two, Extent.ONE, Padding.VALID, Extent.ONE),
            new Window(two, two, Padding.SAME, Extent.ONE))) {
      assertEquals(
          List.of(POOLED + "conv2d, max_pooling2d"),
          steps(convolution(2, Activation.RELU), new MaxPooling2D(pooling)));
    }
  }

  @Test
  void whatIsUsedElsewhereIsComputedAsItIs() {
    NetworkBuilder builder = new NetworkBuilder("twin");
    int image = builder.input("images", IMAGE);
    int convolution = builder.add(convolution(2, Activation.RELU), image);
    int pooled = builder.add(MaxPooling2D.of(2), convolution);
    int first = builder.add(new GlobalMaxPooling2D(false), pooled);
    int second = builder.add(new GlobalMaxPooling2D(false), convolution);
    Network used = builder.build(builder.add(new Merge(Merge.Function.ADD), first, second));
    assertEquals(
        List.of("layer: conv2d", "layer: max_pooling2d"), stepsOf(Plan.of(used)).subList(0, 2));
  }

  @Test
  void whatTheNetworkGivesIsComputedAsItIs() {
    NetworkBuilder builder = new NetworkBuilder("twin");
    int convolution = builder.add(convolution(2, Activation.RELU), builder.input("images", IMAGE));
    builder.add(MaxPooling2D.of(2), convolution);
    assertEquals(
        List.of("pixels: 20×20×3", "layer: conv2d", "layer: max_pooling2d"),
        Plan.of(builder.build(convolution)).describe());
  }

  @Test
  void anImageThatIsUsedTwiceIsNotCutIntoWindows() {
    NetworkBuilder builder = new NetworkBuilder("twin");
    int image = builder.input("images", IMAGE);
    int pooled =
        builder.add(MaxPooling2D.of(2), builder.add(convolution(2, Activation.RELU), image));
    int first = builder.add(new GlobalMaxPooling2D(false), pooled);
    int second =
        builder.add(
            Dense.of(2, Activation.LINEAR), builder.add(new GlobalMaxPooling2D(false), image));
    Network used = builder.build(builder.add(new Merge(Merge.Function.ADD), first, second));
    Plan plan = Plan.of(used);
    assertEquals(
        List.of("pixels: 20×20×3", POOLED + "conv2d, max_pooling2d"),
        plan.describe().subList(0, 2));
  }

  /** A first maps' use beside the second convolution leaves the cells in the order of rows. */
  @Test
  void mapsThatAreUsedTwiceAreNotOrderedForWinograd() {
    NetworkBuilder builder = new NetworkBuilder("twin");
    int image = builder.input("images", IMAGE);
    int pooled =
        builder.add(MaxPooling2D.of(2), builder.add(convolution(2, Activation.RELU), image));
    int again =
        builder.add(MaxPooling2D.of(2), builder.add(convolution(2, Activation.RELU), pooled));
    int first = builder.add(new GlobalMaxPooling2D(false), again);
    int second = builder.add(new GlobalMaxPooling2D(false), pooled);
    Network used = builder.build(builder.add(new Merge(Merge.Function.ADD), first, second));
    assertEquals(
        List.of(
            "pixels: 9×9 cells of 4 windows of 2×2 pixels",
            PRODUCT + "conv2d, max_pooling2d",
            POOLED + "conv2d_1, max_pooling2d_1"),
        Plan.of(used).describe().subList(0, 3));
  }

  private static List<Plan> randomPlans() {
    return LongStream.range(0, RandomNetworks.SEEDS)
        .mapToObj(seed -> Plan.of(RandomNetworks.twin(seed).inlined()))
        .toList();
  }

  @Test
  void everyNodeIsComputedOnceBehindWhatItTakes() {
    for (Plan plan : randomPlans()) {
      Network network = plan.network();
      List<Integer> computed = new ArrayList<>(network.inputs());
      for (Step step : plan.steps()) {
        for (int node : step.nodes()) {
          String name = network + " " + network.layer(node).name();
          assertTrue(computed.containsAll(network.nodes().get(node).inputs()), name);
          computed.add(node);
        }
        // Of what a step computes, the others see its last node alone.
        List<Integer> hidden = step.nodes().subList(0, step.nodes().size() - 1);
        assertTrue(
            IntStream.range(0, network.nodes().size())
                .filter(node -> !step.nodes().contains(node))
                .noneMatch(
                    node -> network.nodes().get(node).inputs().stream().anyMatch(hidden::contains)),
            network::toString);
      }
      assertEquals(
          IntStream.range(0, network.nodes().size()).boxed().toList(),
          computed.stream().sorted().toList());
    }
  }

  /** What the tests over random networks would not see otherwise. */
  @Test
  void everyKindOfStepOccursAmongTheRandomNetworks() {
    Map<Class<?>, Integer> networks = new HashMap<>();
    int inRows = 0;
    int withDropout = 0;
    for (Plan plan : randomPlans()) {
      plan.steps().stream()
          .map(Object::getClass)
          .distinct()
          .forEach(kind -> networks.merge(kind, 1, Integer::sum));
      boolean product = plan.steps().get(0) instanceof Step.PixelProduct;
      if (product && !(plan.steps().size() > 1 && plan.steps().get(1) instanceof Step.Winograd)) {
        inRows++;
      }
      if (product && plan.steps().get(0) instanceof Step.PixelProduct first) {
        withDropout += first.block().dropout().isPresent() ? 1 : 0;
      }
    }
    for (Class<?> kind : Step.class.getPermittedSubclasses()) {
      assertTrue(networks.getOrDefault(kind, 0) >= 15, networks::toString);
    }
    assertTrue(inRows >= 15 && withDropout >= 15, inRows + " " + withDropout);
  }

  @Test
  void aTwinMayBeOneLayer() {
    assertEquals(List.of("pixels: 20×20×3", "layer: flatten"), plan(new Flatten()).describe());
  }
}
