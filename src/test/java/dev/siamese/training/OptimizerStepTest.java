package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.model.Networks;
import dev.siamese.model.RandomImages;
import dev.siamese.network.Clipping;
import dev.siamese.network.LearningRate;
import dev.siamese.network.Nadam;
import dev.siamese.network.Optimizer;
import dev.siamese.network.OptimizerSettings;
import dev.siamese.network.RMSprop;
import dev.siamese.network.SGD;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Slot;
import dev.siamese.network.Weights;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps follow the formulas of Keras's optimizers, number by number. */
class OptimizerStepTest {
  private static final int[] BATCH = {0, 1, 2, 3, 2, 3, 3, 1, 1, 0, 0, 1};

  private static OptimizerSettings settings(double decay, Clipping clipping) {
    return new OptimizerSettings(
        new LearningRate.ExponentialDecay(0.02, 2, 0.5, true),
        decay == 0 ? OptionalDouble.empty() : OptionalDouble.of(decay),
        clipping);
  }

  /** Epsilons are as large as the gradients, so that their places in the formulas show. */
  static Stream<Optimizer> optimizers() {
    Clipping norm = new Clipping(Clipping.Kind.NORM, 0.01);
    Clipping global = new Clipping(Clipping.Kind.GLOBAL_NORM, 0.02);
    Clipping value = new Clipping(Clipping.Kind.VALUE, 0.001);
    return Stream.of(
        new SGD(settings(0, Clipping.NONE), 0, false),
        new SGD(settings(0.5, norm), 0.5, false),
        new SGD(settings(0, global), 0.5, true),
        new RMSprop(settings(0.25, value), 0.75, 0, 1e-5, false),
        new RMSprop(settings(0, Clipping.NONE), 0.75, 0.5, 1e-5, true),
        new Nadam(settings(0.5, global), 0.75, 0.875, 0.003));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void stepsFollowTheFormula(Optimizer optimizer) {
    SiameseNetwork network = Networks.reference(4, 3, 2, 5).withDropout(0);
    TrainingSettings settings = new TrainingSettings(1, 4, optimizer, 1, 0);
    Weights weights = Networks.weights(network.network(), new SplittableRandom(1));
    try (TrainingSession session =
        Sessions.open(network, weights, RandomImages.of(4, 2), settings, Sessions.threads(2))) {
      for (int t = 1; t <= 4; t++) {
        RunState before = session.state(History.empty());
        Weights gradients = session.gradients(BATCH);
        session.step(BATCH);
        assertStep(t, optimizer, before, gradients, session.state(History.empty()));
      }
    }
  }

  private static void assertStep(
      int t, Optimizer optimizer, RunState before, Weights gradients, RunState after) {
    assertEquals(t, after.optimizer().step());
    double rate = 0.02 * Math.pow(0.5, (t - 1) / 2);
    double decay = 1 - rate * optimizer.common().weightDecay().orElse(0);
    double all = 0;
    for (int i = 0; i < gradients.parameters().size(); i++) {
      all += squares(gradients.values(i));
    }
    for (int i = 0; i < gradients.parameters().size(); i++) {
      double own = Math.sqrt(squares(gradients.values(i)));
      for (int j = 0; j < gradients.values(i).length; j++) {
        double g =
            clipped(optimizer.common().clipping(), gradients.values(i)[j], own, Math.sqrt(all));
        double change =
            change(optimizer, t, rate, g, new Place(before, i, j), new Place(after, i, j));
        double expected = before.weights().values(i)[j] * decay + change;
        assertEquals(
            expected, after.weights().values(i)[j], 2e-7 * Math.max(1, Math.abs(expected)));
      }
    }
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  private static double clipped(Clipping clipping, double g, double own, double all) {
    double limit = clipping.limit();
    return switch (clipping.kind()) {
      case NONE -> g;
      case NORM -> g * Math.min(1, limit / own);
      case GLOBAL_NORM -> g * Math.min(1, limit / all);
      case VALUE -> Math.max(-limit, Math.min(limit, g));
    };
  }

  /** What is remembered of one number. */
  private record Place(RunState state, int parameter, int index) {
    double of(Slot slot) {
      return state.optimizer().slot(slot).values(parameter)[index];
    }
  }

  /** What is added to a weight; checks what is remembered. */
  private static double change(
      Optimizer optimizer, int t, double rate, double g, Place before, Place after) {
    if (optimizer instanceof SGD sgd) {
      if (sgd.momentum() == 0) {
        return -rate * g;
      }
      double m = sgd.momentum() * before.of(Slot.MOMENTUM) - rate * g;
      assertKept(m, after.of(Slot.MOMENTUM));
      return sgd.nesterov() ? sgd.momentum() * m - rate * g : m;
    }
    if (optimizer instanceof RMSprop rmsprop) {
      double v = mean(rmsprop.rho(), before.of(Slot.VELOCITY), g * g);
      assertKept(v, after.of(Slot.VELOCITY));
      double a = 0;
      if (rmsprop.centered()) {
        a = mean(rmsprop.rho(), before.of(Slot.AVERAGE_GRADIENT), g);
        assertKept(a, after.of(Slot.AVERAGE_GRADIENT));
      }
      double step = rate * g / Math.sqrt(v - a * a + rmsprop.epsilon());
      if (rmsprop.momentum() == 0) {
        return -step;
      }
      double m = rmsprop.momentum() * before.of(Slot.MOMENTUM) + step;
      assertKept(m, after.of(Slot.MOMENTUM));
      return -m;
    }
    Nadam nadam = (Nadam) optimizer;
    double now = nadam.beta1() * (1 - 0.5 * Math.pow(0.96, t));
    double next = nadam.beta1() * (1 - 0.5 * Math.pow(0.96, t + 1));
    double product = before.state().optimizer().slot(Slot.MOMENTUM_PRODUCT).values(0)[0] * now;
    assertKept(product, after.state().optimizer().slot(Slot.MOMENTUM_PRODUCT).values(0)[0]);
    double m = mean(nadam.beta1(), before.of(Slot.MOMENTUM), g);
    double v = mean(nadam.beta2(), before.of(Slot.VELOCITY), g * g);
    assertKept(m, after.of(Slot.MOMENTUM));
    assertKept(v, after.of(Slot.VELOCITY));
    double direction = next * m / (1 - product * next) + (1 - now) * g / (1 - product);
    double size = Math.sqrt(v / (1 - Math.pow(nadam.beta2(), t))) + nadam.epsilon();
    return -rate * direction / size;
  }

  private static double mean(double share, double mean, double value) {
    return share * mean + (1 - share) * value;
  }

  private static void assertKept(double expected, double found) {
    assertEquals(expected, found, 1e-5 * Math.abs(expected) + 1e-9);
  }
}
