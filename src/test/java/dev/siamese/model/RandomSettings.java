package dev.siamese.model;

import dev.siamese.network.Activation;
import dev.siamese.network.ActivationFunction;
import dev.siamese.network.ActivationLayer;
import dev.siamese.network.Conv2D;
import dev.siamese.network.ELU;
import dev.siamese.network.Extent;
import dev.siamese.network.LeakyReLU;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.Padding;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.ReLU;
import dev.siamese.network.Softmax;
import dev.siamese.network.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** Random settings of the layers of {@link RandomNetworks}. */
final class RandomSettings {
  private static final List<ActivationLayer> ACTIVATIONS = activations();

  private final SplittableRandom random;

  RandomSettings(SplittableRandom random) {
    this.random = random;
  }

  /** All but those that change shapes, or grow without bounds where they are repeated. */
  private static List<ActivationLayer> activations() {
    List<ActivationLayer> activations = new ArrayList<>();
    for (ActivationFunction function : ActivationFunction.values()) {
      switch (function) {
        case GLU, EXPONENTIAL -> {}
        default -> activations.add(new Activation(function));
      }
    }
    activations.add(ReLU.PLAIN);
    activations.add(new ReLU(OptionalDouble.of(0.5), 0, 0));
    activations.add(new ReLU(OptionalDouble.empty(), 0.1, 0));
    activations.add(new ReLU(OptionalDouble.empty(), 0.1, 0.2));
    activations.add(new LeakyReLU(0.3));
    activations.add(new ELU(0.5));
    activations.add(new ELU(-0.5));
    activations.add(new Softmax(List.of(-1)));
    return activations;
  }

  /** The usual ones more often than the others. */
  ActivationLayer activation() {
    return switch (random.nextInt(4)) {
      case 0 -> Activation.RELU;
      case 1 -> Activation.TANH;
      default -> ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
    };
  }

  /** One that a pooling can be exchanged with, mostly. */
  ActivationLayer monotone() {
    ActivationLayer activation = activation();
    return activation.keepsOrder() || random.nextInt(4) == 0 ? activation : Activation.RELU;
  }

  Window window() {
    Extent size = new Extent(random.nextInt(1, 5), random.nextInt(1, 5));
    Extent dilation =
        random.nextInt(5) == 0
            ? new Extent(random.nextInt(1, 3), random.nextInt(1, 4))
            : Extent.ONE;
    Extent strides =
        dilation.equals(Extent.ONE) && random.nextInt(3) == 0
            ? new Extent(random.nextInt(1, 3), random.nextInt(1, 4))
            : Extent.ONE;
    return new Window(size, strides, padding(), dilation);
  }

  /** With the same strides in both directions. */
  Window evenWindow() {
    Window window = window();
    Extent strides = Extent.square(window.strides().rows());
    return new Window(window.size(), strides, window.padding(), window.dilation());
  }

  Window pooling() {
    Extent size = new Extent(random.nextInt(1, 4), random.nextInt(1, 4));
    Extent strides = random.nextBoolean() ? size : Extent.square(random.nextInt(1, 4));
    return new Window(size, strides, padding(), Extent.ONE);
  }

  private Padding padding() {
    return random.nextInt(3) == 0 ? Padding.SAME : Padding.VALID;
  }

  MaxPooling2D maxPooling() {
    return new MaxPooling2D(random.nextBoolean() ? Window.pooling(2) : pooling());
  }

  Conv2D convolution(Window window, ActivationLayer activation) {
    int groups = random.nextInt(6) == 0 ? 3 : 1; // Where the channels can be parted so.
    return new Conv2D(
        groups * random.nextInt(1, 5),
        window,
        groups,
        activation,
        ParameterSettings.KERNEL,
        bias());
  }

  Optional<ParameterSettings> bias() {
    return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(ParameterSettings.BIAS);
  }
}
