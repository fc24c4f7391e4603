package dev.siamese.training;

/** The loss became infinite or not a number, so that training cannot go on. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DivergedException(String when) {
    super(
        "expected a finite loss, found an infinite or undefined one in %s; a new run with a lower learning rate may help, or bounded gradients (--learning-rate, --clipnorm; --from RUN keeps what this one has learned)"
            .formatted(when));
  }

  /**
   * The loss of a step.
   *
   * @param step of the epoch, from 1
   */
  static DivergedException inStep(int epoch, int step) {
    return new DivergedException("epoch %d, step %d".formatted(epoch, step));
  }

  /** What the last step of an epoch led to. */
  static DivergedException afterLastStep(int epoch) {
    return new DivergedException("epoch %d, after its last step".formatted(epoch));
  }
}
