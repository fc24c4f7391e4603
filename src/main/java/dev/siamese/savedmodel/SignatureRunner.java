package dev.siamese.savedmodel;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.ValueRange;
import dev.siamese.model.ParallelBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Runs signatures, in batches. Safe for use by threads as long as it is open. */
final class SignatureRunner implements AutoCloseable {
  private static final int MOST_ROWS = 64;

  /** Of the images fed at once, so that large ones go in smaller batches. */
  private static final int MOST_PIXELS = 1 << 21;

  private final String source;
  private final Session session;
  private final int threads;
  private final Runnable closing;

  /**
   * Takes over a session.
   *
   * @param source where its graph is from, for messages
   * @param threads that run batches
   * @param closing frees the session and what belongs to it
   */
  SignatureRunner(String source, Session session, int threads, Runnable closing) {
    this.source = source;
    this.session = session;
    this.threads = threads;
    this.closing = closing;
  }

  /**
   * Runs a signature.
   *
   * @param positions for each of its inputs, the images to feed: (n)
   * @return what it says of each: (n, any)
   * @throws IllegalArgumentException when the images are of another shape
   */
  float[][] run(
      ImageSignature signature, LabeledImages images, ValueRange values, List<int[]> positions) {
    if (!images.shape().equals(signature.image())) {
      throw new IllegalArgumentException(
          "expected images of %s, found %s".formatted(signature.image(), images.shape()));
    }
    float[][] rows = new float[positions.get(0).length][];
    int batch = Math.max(1, Math.min(MOST_ROWS, MOST_PIXELS / images.shape().pixels()));
    float[] table = table(values);
    ParallelBatches.run(
        threads,
        rows.length,
        batch,
        (from, to) -> {
          List<float[]> inputs = new ArrayList<>();
          for (int[] all : positions) {
            inputs.add(scaled(images, Arrays.copyOfRange(all, from, to), table));
          }
          float[][] found =
              fetch(
                  signature.images(), shape(images.shape(), to - from), inputs, signature.output());
          System.arraycopy(found, 0, rows, from, to - from);
        });
    return rows;
  }

  /** Where its graph is from, for messages. */
  String source() {
    return source;
  }

  /** What a network is given for each pixel of 0 to 255. */
  private static float[] table(ValueRange values) {
    float[] table = new float[256];
    for (int pixel = 0; pixel < table.length; pixel++) {
      table[pixel] = (float) (pixel * values.scale() + values.offset());
    }
    return table;
  }

  private static Shape shape(ImageShape image, int count) {
    return Shape.of(count, image.height(), image.width(), image.channels());
  }

  private static float[] scaled(LabeledImages images, int[] positions, float[] table) {
    byte[] pixels = new byte[images.shape().pixels()];
    float[] scaled = new float[positions.length * pixels.length];
    for (int i = 0; i < positions.length; i++) {
      images.copyPixels(positions[i], positions[i] + 1, pixels);
      for (int pixel = 0; pixel < pixels.length; pixel++) {
        scaled[i * pixels.length + pixel] = table[pixels[pixel] & 0xFF];
      }
    }
    return scaled;
  }

  /**
   * Runs the part of the graph between some of its tensors, in batches.
   *
   * @param inputs of each tensor that is fed, its rows: (n, any)
   * @return (n, any)
   * @throws IllegalStateException when the rows are of another size
   */
  float[][] run(GraphPart part, List<float[][]> inputs) {
    for (float[][] all : inputs) {
      if (all.length > 0 && all[0].length != part.each().size()) {
        throw new IllegalStateException(
            "expected embeddings of %d values, found %d in %s"
                .formatted(part.each().size(), all[0].length, source));
      }
    }
    float[][] rows = new float[inputs.get(0).length][];
    ParallelBatches.run(
        threads,
        rows.length,
        MOST_ROWS,
        (from, to) -> {
          List<float[]> flat = new ArrayList<>();
          inputs.forEach(all -> flat.add(flat(Arrays.copyOfRange(all, from, to))));
          float[][] found =
              fetch(part.inputs(), part.each().prepend(to - from), flat, part.output());
          System.arraycopy(found, 0, rows, from, to - from);
        });
    return rows;
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, flat, row * rows[0].length, rows[0].length);
    }
    return flat;
  }

  private float[][] fetch(List<String> names, Shape shape, List<float[]> inputs, String output) {
    List<Tensor> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner().fetch(output);
      for (int i = 0; i < inputs.size(); i++) {
        tensors.add(TFloat32.tensorOf(shape, DataBuffers.of(inputs.get(i))));
        runner.feed(names.get(i), tensors.get(i));
      }
      try (Result result = runner.run()) {
        return rows(output, result.get(0), (int) shape.get(0));
      }
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  private float[][] rows(String name, Tensor output, int size) {
    if (!(output instanceof TFloat32)
        || output.shape().numDimensions() < 1
        || output.shape().get(0) != size) {
      throw new IllegalStateException(
          "expected %d rows of floats from %s, found %s of the shape %s in %s"
              .formatted(size, name, output.dataType(), output.shape(), source));
    }
    float[] values = new float[Math.toIntExact(output.size())];
    output.asRawTensor().data().asFloats().read(values);
    int length = values.length / size;
    float[][] rows = new float[size][];
    for (int row = 0; row < size; row++) {
      rows[row] = Arrays.copyOfRange(values, row * length, (row + 1) * length);
    }
    return rows;
  }

  @Override
  public void close() {
    closing.run();
  }
}
