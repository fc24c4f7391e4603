package dev.siamese.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Numbers that a test's Python leaves with {@code array.astype("<f4").tofile(file)}. */
final class FloatFile {
  private FloatFile() {}

  static float[] read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  static float[][] readRows(Path file, int rows) throws IOException {
    float[] values = read(file);
    int length = values.length / rows;
    float[][] result = new float[rows][];
    for (int row = 0; row < rows; row++) {
      result[row] = Arrays.copyOfRange(values, row * length, (row + 1) * length);
    }
    return result;
  }
}
