package dev.siamese.exchange;

import dev.siamese.model.Architecture;
import dev.siamese.model.Parameter;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Floats in files with nothing around them, for tests in two languages. */
public final class RawArrays {
  private RawArrays() {}

  /** Writes all values, one array after the other. */
  static void write(Path file, float[]... arrays) throws IOException {
    int size = 0;
    for (float[] array : arrays) {
      size += array.length * Float.BYTES;
    }
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] array : arrays) {
      for (float value : array) {
        bytes.putFloat(value);
      }
    }
    Files.write(file, bytes.array());
  }

  /** Writes weights in the order of their parameters. */
  static void write(Path file, Weights weights) throws IOException {
    float[][] arrays = new float[weights.architecture().parameters().size()][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = weights.values(i);
    }
    write(file, arrays);
  }

  /** Reads weights of the reference network. */
  public static Weights read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Parameter> parameters = Architecture.REFERENCE.parameters();
    float[][] arrays = new float[parameters.size()][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = new float[parameters.get(i).size()];
      bytes.asFloatBuffer().get(arrays[i]);
      bytes.position(bytes.position() + arrays[i].length * Float.BYTES);
    }
    return new Weights(Architecture.REFERENCE, arrays);
  }

  /** Reads all values of a file. */
  public static float[] floats(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /** Reads all values of a file as rows of equal length. */
  static float[][] rows(Path file, int rows) throws IOException {
    float[] values = floats(file);
    int length = values.length / rows;
    float[][] result = new float[rows][];
    for (int row = 0; row < rows; row++) {
      result[row] = Arrays.copyOfRange(values, row * length, (row + 1) * length);
    }
    return result;
  }
}
