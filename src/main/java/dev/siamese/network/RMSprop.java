package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Steps that are divided by the running root mean square of the gradients.
 *
 * @param rho how slowly the mean of the squared gradients forgets, at least 0 and below 1
 * @param momentum share of the last step in the next one, from 0 to 1
 * @param epsilon keeps the division finite, above 0
 * @param centered whether the mean is taken off before squaring
 * @see <a href="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf">Tieleman
 *     and Hinton 2012</a>
 */
public record RMSprop(
    OptimizerSettings common, double rho, double momentum, double epsilon, boolean centered)
    implements Optimizer {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public RMSprop {
    Optimizer.requireShare("rho", rho);
    Optimizer.requireMomentum(momentum);
    Optimizer.requireEpsilon(epsilon);
  }

  /** Keras's defaults, with this learning rate. */
  public static RMSprop of(double learningRate) {
    return new RMSprop(OptimizerSettings.of(learningRate), 0.9, 0, 1e-7, false);
  }

  @Override
  public RMSprop with(OptimizerSettings other) {
    return new RMSprop(other, rho, momentum, epsilon, centered);
  }

  /** The same with this momentum. */
  public RMSprop withMomentum(double other) {
    return new RMSprop(common, rho, other, epsilon, centered);
  }

  @Override
  public List<Slot> slots() {
    List<Slot> slots = new ArrayList<>(List.of(Slot.VELOCITY));
    if (momentum > 0) {
      slots.add(Slot.MOMENTUM);
    }
    if (centered) {
      slots.add(Slot.AVERAGE_GRADIENT);
    }
    return slots;
  }
}
