package dev.siamese.network;

import java.util.List;

/**
 * {@link Adam} with a weight decay, which is apart from the gradients here as in every optimizer of
 * Keras.
 *
 * @param adam has a weight decay
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter 2017</a>
 */
public record AdamW(Adam adam) implements Optimizer {
  /** Keras's default of the weight decay. */
  public static final double WEIGHT_DECAY = 0.004;

  /**
   * Checks that there is a weight decay.
   *
   * @throws IllegalArgumentException when there is none
   */
  public AdamW {
    if (adam.common().weightDecay().isEmpty()) {
      throw new IllegalArgumentException("expected a weight decay of AdamW, found none");
    }
  }

  /** Keras's defaults, with this learning rate. */
  public static AdamW of(double learningRate) {
    Adam adam = Adam.of(learningRate);
    return new AdamW(adam.with(adam.common().withWeightDecay(WEIGHT_DECAY)));
  }

  @Override
  public OptimizerSettings common() {
    return adam.common();
  }

  @Override
  public AdamW with(OptimizerSettings other) {
    return new AdamW(adam.with(other));
  }

  @Override
  public List<Slot> slots() {
    return adam.slots();
  }
}
