package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
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
  private static final int GRID = PixelLayout.GRID;

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void isAConvolutionWithPooling() {
    float[] maps = integers(IMAGES * GRID * GRID * INPUTS);
    float[] kernel = integers(2 * 2 * INPUTS * OUTPUTS);
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> weights =
          tf.constant(Shape.of(2, 2, INPUTS, OUTPUTS), DataBuffers.of(kernel));
      Operand<TFloat32> convolved =
          tf.nn.conv2d(
              tf.constant(Shape.of(IMAGES, GRID, GRID, INPUTS), DataBuffers.of(maps)),
              weights,
              List.of(1L, 1L, 1L, 1L),
              "VALID");
      Operand<TFloat32> cells =
          tf.constant(Shape.of(PixelLayout.CELLS, IMAGES * INPUTS), DataBuffers.of(byCell(maps)));
      Operand<TFloat32> expected = MaxPooling.of(tf, convolved, 2, 2);
      Operand<TFloat32> found = new WinogradConvolution<TFloat32>(tf).pooled(cells, weights);
      try (Session session = new Session(graph, SessionSettings.defaults().config());
          Result result = session.runner().fetch(expected).fetch(found).run()) {
        assertArrayEquals(
            new long[] {IMAGES, 5, 5, OUTPUTS}, result.get(1).shape().asArray(), "shape");
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
  private static float[] byCell(float[] maps) {
    int[] evenThenOdd = {0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9};
    float[] cells = new float[maps.length];
    int next = 0;
    for (int parity = 0; parity < 2; parity++) {
      for (int column : evenThenOdd) {
        for (int row = parity; row < GRID; row += 2) {
          for (int image = 0; image < IMAGES; image++) {
            int from = ((image * GRID + row) * GRID + column) * INPUTS;
            System.arraycopy(maps, from, cells, next, INPUTS);
            next += INPUTS;
          }
        }
      }
    }
    return cells;
  }

  private static float[] values(Result result, int index) {
    float[] values = new float[IMAGES * 5 * 5 * OUTPUTS];
    result.get(index).asRawTensor().data().asFloats().read(values);
    return values;
  }
}
