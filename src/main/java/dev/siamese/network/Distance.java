package dev.siamese.network;

import dev.siamese.network.BinaryOperation.Function;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The distances of two embeddings that can be asked for by name. */
public enum Distance {
  /**
   * √Σ(a − b)², exactly 0 and with a gradient of 0 where the embeddings are equal: as √max(s,
   * 10⁻³⁰) · sign(s) of the sum of squares s, which Keras reads without running anybody's code. A
   * mere root, or Keras's operation Norm, has no finite gradient there.
   */
  EUCLIDEAN {
    @Override
    int between(NetworkBuilder network, int a, int b) {
      int squares = SQUARED_EUCLIDEAN.between(network, a, b);
      int positive = network.add(BinaryOperation.with(Function.MAXIMUM, 1e-30), squares);
      int root = network.add(new UnaryOperation(UnaryOperation.Function.SQRT), positive);
      int sign = network.add(new UnaryOperation(UnaryOperation.Function.SIGN), squares);
      return network.add(BinaryOperation.of(Function.MULTIPLY), root, sign);
    }
  },
  /** Σ(a − b)². */
  SQUARED_EUCLIDEAN {
    @Override
    int between(NetworkBuilder network, int a, int b) {
      int difference = network.add(new Merge(Merge.Function.SUBTRACT), a, b);
      int squares = network.add(new UnaryOperation(UnaryOperation.Function.SQUARE), difference);
      return network.add(SUM, squares);
    }
  },
  /** Σ|a − b|. */
  MANHATTAN {
    @Override
    int between(NetworkBuilder network, int a, int b) {
      int difference = network.add(new Merge(Merge.Function.SUBTRACT), a, b);
      int absolute = network.add(new UnaryOperation(UnaryOperation.Function.ABSOLUTE), difference);
      return network.add(SUM, absolute);
    }
  },
  /** 1 − cos(a, b). */
  COSINE {
    @Override
    int between(NetworkBuilder network, int a, int b) {
      int cosine = network.add(new Dot(-1, -1, true), a, b);
      OptionalDouble one = OptionalDouble.of(1);
      return network.add(
          new BinaryOperation(Function.SUBTRACT, one, OptionalDouble.empty()), cosine);
    }
  };

  private static final Reduction SUM = new Reduction(Reduction.Function.SUM, List.of(-1), true);

  /** Adds the distance of two embeddings (size) to a network, and returns its node: (1). */
  abstract int between(NetworkBuilder network, int a, int b);

  /**
   * It as a network by itself.
   *
   * @param embedding shape of both embeddings: (size)
   */
  public Network network(TensorShape embedding) {
    NetworkBuilder builder = new NetworkBuilder(text());
    int a = builder.input("embedding1", embedding);
    int b = builder.input("embedding2", embedding);
    return builder.build(between(builder, a, b));
  }

  /** Its name on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
