package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Small integers are exact in float32, in whatever order they are added up. */
class WinogradConvolutionTest {
  private static final int IMAGES = 3;
  private static final int INPUTS = 4;
  private static final int OUTPUTS = 5;

  private final SplittableRandom random = new SplittableRandom(1);

  @ParameterizedTest
  @CsvSource({"11, 11", "3, 3", "5, 9", "13, 3", "3, 7"})
  void isAConvolutionWithPooling(int rows, int columns) {
    float[] maps = integers(IMAGES * rows * columns * INPUTS);
    float[] kernel = integers(2 * 2 * INPUTS * OUTPUTS);
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> weights =
          tf.constant(Shape.of(2, 2, INPUTS, OUTPUTS), DataBuffers.of(kernel));
      Operand<TFloat32> convolved =
          tf.nn.conv2d(
              tf.constant(Shape.of(IMAGES, rows, columns, INPUTS), DataBuffers.of(maps)),
              weights,
              List.of(1L, 1L, 1L, 1L),
              "VALID");
      Operand<TFloat32> cells =
          tf.constant(
              Shape.of((long) rows * columns, IMAGES * INPUTS),
              DataBuffers.of(byCell(maps, rows, columns)));
      Operand<TFloat32> expected = MaxPooling.of(tf, convolved, 2, 2);
      Operand<TFloat32> found =
          new WinogradConvolution<TFloat32>(tf, rows, columns).pooled(cells, weights);
      try (Session session = new Session(graph, SessionSettings.defaults().config());
          Result result = session.runner().fetch(expected).fetch(found).run()) {
        assertArrayEquals(
            new long[] {IMAGES, rows / 2, columns / 2, OUTPUTS},
            result.get(1).shape().asArray(),
            "shape");
        assertArrayEquals(values(result, 0), values(result, 1));
      }
    }
  }

  private float[] integers(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(-8, 9);
    }
    return values;
  }

  /** Rows of even number first, in both halves columns of even number first. */
  private static float[] byCell(float[] maps, int rows, int columns) {
    float[] cells = new float[maps.length];
    int next = 0;
    for (int[] cell : PixelLayoutTest.byParity(rows, columns)) {
      for (int image = 0; image < IMAGES; image++) {
        int from = ((image * rows + cell[0]) * columns + cell[1]) * INPUTS;
        System.arraycopy(maps, from, cells, next, INPUTS);
        next += INPUTS;
      }
    }
    return cells;
  }

  private static float[] values(Result result, int index) {
    float[] values = new float[(int) result.get(index).shape().size()];
    result.get(index).asRawTensor().data().asFloats().read(values);
    return values;
  }
}
