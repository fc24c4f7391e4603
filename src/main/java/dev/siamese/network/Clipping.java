package dev.siamese.network;

import java.util.OptionalDouble;

/**
 * A bound of the gradients, of which Keras's optimizers take one at most.
 *
 * @param kind what is bounded
 * @param limit above 0; infinite where nothing is bounded
 */
public record Clipping(Kind kind, double limit) {
  /** Leaves the gradients as they are. */
  public static final Clipping NONE = new Clipping(Kind.NONE, Double.POSITIVE_INFINITY);

  /** What is bounded. */
  public enum Kind {
    /** Nothing. */
    NONE,
    /** The Euclidean norm of each gradient (clipnorm). */
    NORM,
    /** The Euclidean norm of all gradients together (global_clipnorm). */
    GLOBAL_NORM,
    /** The size of every number (clipvalue). */
    VALUE
  }

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException when it is not above 0, or not finite
   */
  public Clipping {
    if (kind != Kind.NONE && !(limit > 0 && limit < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("expected a limit above 0, found " + limit);
    }
  }

  /** The limit if it is one of this kind. */
  public OptionalDouble limitOf(Kind other) {
    return kind == other ? OptionalDouble.of(limit) : OptionalDouble.empty();
  }
}
