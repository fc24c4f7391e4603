package dev.siamese.training;

/** The loss became infinite or not a number, so that training cannot go on. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(int epoch) {
    super(
        "expected a finite loss, found an infinite or undefined one in epoch "
            + epoch
            + "; a lower learning rate may help");
  }
}
