package dev.siamese.keras;

import dev.siamese.network.Parameter;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Weights in files with nothing around them, for tests in two languages. */
final class RawWeights {
  private RawWeights() {}

  /** Reads the values of parameters, one after the other. */
  static Weights read(Path file, List<Parameter> parameters) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[][] arrays = new float[parameters.size()][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = new float[parameters.get(i).size()];
      bytes.asFloatBuffer().get(arrays[i]);
      bytes.position(bytes.position() + arrays[i].length * Float.BYTES);
    }
    if (bytes.hasRemaining()) {
      throw new IOException("%d bytes are left in %s".formatted(bytes.remaining(), file));
    }
    return new Weights(parameters, arrays);
  }
}
