package dev.siamese.network;

import java.util.List;

/** A kind of what an optimizer remembers, of every trained parameter or of all together. */
public enum Slot {
  /** The running mean of the gradients, or the last step. */
  MOMENTUM("momentum"),
  /** The running mean of the squared gradients. */
  VELOCITY("velocity"),
  /** The largest that the velocity has been. */
  VELOCITY_HAT("velocity_hat"),
  /** The running mean of the gradients beside a momentum that is the last step. */
  AVERAGE_GRADIENT("average_gradient"),
  /** The product of the momentum's factors so far, one number for all parameters. */
  MOMENTUM_PRODUCT("momentum_product");

  private static final List<Parameter> PRODUCT =
      List.of(Parameter.statistic("optimizer", TensorShape.of(), Initializer.ONES));

  private final String text;

  Slot(String text) {
    this.text = text;
  }

  /** Whether it is one number for all parameters together. */
  public boolean isShared() {
    return this == MOMENTUM_PRODUCT;
  }

  /** Keras's name of it. */
  public String text() {
    return text;
  }

  /**
   * What is remembered.
   *
   * @param trained the parameters that are trained
   */
  public List<Parameter> parameters(List<Parameter> trained) {
    return isShared() ? PRODUCT : trained;
  }

  /** Its values before the first step. */
  Weights start(List<Parameter> trained) {
    return isShared() ? new Weights(PRODUCT, new float[] {1}) : Weights.zeros(trained);
  }
}
