package dev.siamese.search;

/** How far apart two embeddings are. */
public enum Metric {
  /** √Σ(a − b)². */
  EUCLIDEAN {
    @Override
    float[] prepared(float[] embedding) {
      return embedding.clone();
    }

    @Override
    double distance(double squares) {
      return Math.sqrt(squares);
    }
  },
  /** 1 − cos(a, b), of embeddings that are not all 0. */
  COSINE {
    @Override
    float[] prepared(float[] embedding) {
      double squares = 0;
      for (float value : embedding) {
        squares += (double) value * value;
      }
      if (squares == 0) {
        throw new IllegalArgumentException(
            "expected an embedding with a direction, found one of zeros");
      }
      float[] unit = new float[embedding.length];
      for (int i = 0; i < unit.length; i++) {
        unit[i] = (float) (embedding[i] / Math.sqrt(squares));
      }
      return unit;
    }

    /** Of unit vectors, Σ(a − b)² = 2 − 2·cos(a, b). */
    @Override
    double distance(double squares) {
      return squares / 2;
    }
  };

  /**
   * A copy of an embedding whose Euclidean distances to others have this metric's order.
   *
   * @throws IllegalArgumentException when the metric knows no distance from it
   */
  abstract float[] prepared(float[] embedding);

  /** The distance of two prepared embeddings whose differences have this sum of squares. */
  abstract double distance(double squares);

  /** The distance of two prepared embeddings. */
  double distance(float[] a, float[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      squares += difference * difference;
    }
    return distance(squares);
  }

  /**
   * The distance of two embeddings.
   *
   * @throws IllegalArgumentException when the metric knows none
   */
  public double between(float[] a, float[] b) {
    return distance(prepared(a), prepared(b));
  }

  /**
   * As {@link #prepared}, of an embedding that comes from outside.
   *
   * @throws IllegalArgumentException when it is of another size, not finite, or has no distances
   */
  float[] checked(float[] embedding, int size) {
    if (embedding.length != size) {
      throw new IllegalArgumentException(
          "expected an embedding of %d values, found %d".formatted(size, embedding.length));
    }
    for (float value : embedding) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("expected an embedding of numbers, found " + value);
      }
    }
    return prepared(embedding);
  }
}
