package dev.siamese.network;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The values that a parameter starts with, named as in Keras.
 *
 * @see <a href="https://keras.io/api/layers/initializers/">Keras's initializers</a>
 */
public sealed interface Initializer {
  /** Kernels of the reference program: {@code GlorotUniform}. */
  Initializer GLOROT_UNIFORM = new VarianceScaling(1, FanMode.FAN_AVG, Distribution.UNIFORM);

  /** All zeros. */
  Initializer ZEROS = new Constant(0);

  /** All ones. */
  Initializer ONES = new Constant(1);

  /** Draws the values of a parameter of this shape, in row-major order. */
  float[] draw(TensorShape shape, SplittableRandom random);

  /** One value for all. */
  record Constant(double value) implements Initializer {
    @Override
    public float[] draw(TensorShape shape, SplittableRandom random) {
      float[] values = new float[shape.count()];
      Arrays.fill(values, (float) value);
      return values;
    }
  }

  /** Between two values, all equally likely. */
  record RandomUniform(double least, double most) implements Initializer {
    @Override
    public float[] draw(TensorShape shape, SplittableRandom random) {
      float[] values = new float[shape.count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (least + (most - least) * random.nextDouble());
      }
      return values;
    }
  }

  /** Normally distributed. */
  record RandomNormal(double mean, double deviation) implements Initializer {
    @Override
    public float[] draw(TensorShape shape, SplittableRandom random) {
      float[] values = new float[shape.count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (mean + deviation * random.nextGaussian());
      }
      return values;
    }
  }

  /** Normally distributed, what is further than two deviations from the mean drawn again. */
  record TruncatedNormal(double mean, double deviation) implements Initializer {
    @Override
    public float[] draw(TensorShape shape, SplittableRandom random) {
      float[] values = new float[shape.count()];
      for (int i = 0; i < values.length; i++) {
        double standard;
        do {
          standard = random.nextGaussian();
        } while (Math.abs(standard) > 2);
        values[i] = (float) (mean + deviation * standard);
      }
      return values;
    }
  }

  /** Whose size the variance is scaled by. */
  enum FanMode {
    FAN_IN,
    FAN_OUT,
    FAN_AVG
  }

  /** How the values of {@link VarianceScaling} are distributed. */
  enum Distribution {
    TRUNCATED_NORMAL,
    UNTRUNCATED_NORMAL,
    UNIFORM
  }

  /**
   * A variance of scale / n, where n is the number of inputs, of outputs, or their mean: Glorot's,
   * He's and Lecun's initializers are such.
   *
   * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio 2010</a>,
   *     equation 16; fans as Keras counts them, with the kernel's area
   */
  record VarianceScaling(double scale, FanMode mode, Distribution distribution)
      implements Initializer {
    /** The deviation of a standard normal distribution that is cut at two deviations. */
    private static final double TRUNCATED_DEVIATION = .87962566103423978;

    /**
     * Checks the scale.
     *
     * @throws IllegalArgumentException when it is not positive
     */
    public VarianceScaling {
      if (!(scale > 0)) {
        throw new IllegalArgumentException("expected a scale above 0, found " + scale);
      }
    }

    @Override
    public float[] draw(TensorShape shape, SplittableRandom random) {
      double variance = scale / fan(shape);
      return switch (distribution) {
        case UNIFORM -> {
          double limit = Math.sqrt(3 * scale / fan(shape));
          float[] values = new float[shape.count()];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
          }
          yield values;
        }
        case TRUNCATED_NORMAL ->
            new TruncatedNormal(0, Math.sqrt(variance) / TRUNCATED_DEVIATION).draw(shape, random);
        case UNTRUNCATED_NORMAL -> new RandomNormal(0, Math.sqrt(variance)).draw(shape, random);
      };
    }

    private double fan(TensorShape shape) {
      if (shape.rank() < 2) {
        return Math.max(1, shape.count());
      }
      double in = (double) shape.count() / shape.size(-1);
      double out = (double) shape.count() / shape.size(-2);
      return Math.max(
          1,
          switch (mode) {
            case FAN_IN -> in;
            case FAN_OUT -> out;
            case FAN_AVG -> (in + out) / 2;
          });
    }
  }

  /**
   * Orthogonal rows or columns, whichever are fewer.
   *
   * @see <a href="https://arxiv.org/abs/1312.6120">Saxe et al. 2013</a>
   */
  record Orthogonal(double gain) implements Initializer {
    @Override
    public float[] draw(TensorShape shape, SplittableRandom random) {
      int columns = shape.rank() < 2 ? 1 : shape.size(-1);
      int rows = shape.count() / columns;
      int vectors = Math.min(rows, columns);
      int length = Math.max(rows, columns);
      double[][] basis = new double[vectors][length];
      for (int i = 0; i < vectors; i++) {
        double norm;
        do {
          for (int j = 0; j < length; j++) {
            basis[i][j] = random.nextGaussian();
          }
          for (int other = 0; other < i; other++) {
            double along = dot(basis[i], basis[other]);
            for (int j = 0; j < length; j++) {
              basis[i][j] -= along * basis[other][j];
            }
          }
          norm = Math.sqrt(dot(basis[i], basis[i]));
        } while (norm < 1e-6);
        for (int j = 0; j < length; j++) {
          basis[i][j] /= norm;
        }
      }
      float[] values = new float[shape.count()];
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          double value = rows < columns ? basis[row][column] : basis[column][row];
          values[row * columns + column] = (float) (gain * value);
        }
      }
      return values;
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }
  }
}
