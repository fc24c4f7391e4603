package dev.siamese.savedmodel;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.model.ParallelBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
   * @param images of a shape that it takes
   * @param values what it is fed for their pixels; where it takes integers, they are fed as stored
   * @param positions for each of its inputs, the images to feed: (n)
   * @return what it says of each: (n, any)
   */
  float[][] run(
      ImageSignature signature, LabeledImages images, ValueRange values, List<int[]> positions) {
    float[][] rows = new float[positions.get(0).length][];
    int batch = batch(signature, images.shape());
    List<float[]> tables =
        signature.images().stream()
            .map(input -> PixelType.isInteger(input.type()) ? ValueRange.ZERO_TO_255 : values)
            .map(SignatureRunner::table)
            .toList();
    List<Optional<int[]>> orders =
        signature.images().stream()
            .map(input -> input.layout().order().positions(images.shape()))
            .toList();
    ParallelBatches.run(
        threads,
        rows.length,
        batch,
        (from, to) -> {
          List<String> names = new ArrayList<>();
          List<Supplier<Tensor>> inputs = new ArrayList<>();
          for (int i = 0; i < positions.size(); i++) {
            ImageInput input = signature.images().get(i);
            float[] table = tables.get(i);
            Optional<int[]> order = orders.get(i);
            int[] some = Arrays.copyOfRange(positions.get(i), from, to);
            int[] all = input.batch() > 0 ? padded(some, input.batch()) : some;
            names.add(input.tensor());
            inputs.add(() -> input.tensorOf(images, all, order, table));
          }
          int count = Math.max(to - from, signature.batch());
          float[][] found = fetch(names, inputs, signature.output(), count);
          System.arraycopy(found, 0, rows, from, to - from);
        });
    return rows;
  }

  /**
   * Runs a signature of two images.
   *
   * @return a number a pair
   * @throws IllegalStateException when it tells other than one
   */
  float[] compare(ImageSignature signature, LabeledImages images, Pairs pairs, ValueRange values) {
    return column(run(signature, images, values, List.of(pairs.first(), pairs.second())));
  }

  /**
   * Runs the part of the graph between two embeddings and their distance or similarity.
   *
   * @param first embeddings, (n, size)
   * @param second as many
   * @return a number a pair
   * @throws IllegalStateException when the embeddings are of another size
   */
  float[] compare(GraphPart head, float[][] first, float[][] second) {
    return column(run(head, List.of(first, second)));
  }

  private float[] column(float[][] rows) {
    float[] column = new float[rows.length];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != 1) {
        throw new IllegalStateException(
            "expected one distance or similarity of a pair, found %d values in %s"
                .formatted(rows[row].length, source));
      }
      column[row] = rows[row][0];
    }
    return column;
  }

  /** How many images are fed at once. */
  private static int batch(ImageSignature signature, ImageShape image) {
    return switch (signature.batch()) {
      case ImageInput.ANY -> Math.max(1, Math.min(MOST_ROWS, MOST_PIXELS / image.pixels()));
      case ImageInput.SINGLE -> 1;
      default -> signature.batch();
    };
  }

  /** As many positions as a model wants; what it says of the last ones is not used. */
  private static int[] padded(int[] positions, int size) {
    int[] padded = Arrays.copyOf(positions, size);
    Arrays.fill(padded, positions.length, size, positions[positions.length - 1]);
    return padded;
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

  private float[][] run(GraphPart part, List<float[][]> inputs) {
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
          List<Supplier<Tensor>> tensors = new ArrayList<>();
          for (float[][] all : inputs) {
            float[] flat = flat(Arrays.copyOfRange(all, from, to));
            Shape shape = part.each().prepend(to - from);
            tensors.add(() -> TFloat32.tensorOf(shape, DataBuffers.of(flat)));
          }
          float[][] found = fetch(part.inputs(), tensors, part.output(), to - from);
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

  private float[][] fetch(
      List<String> names, List<Supplier<Tensor>> inputs, String output, int size) {
    List<Tensor> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner().fetch(output);
      for (int i = 0; i < inputs.size(); i++) {
        tensors.add(inputs.get(i).get());
        runner.feed(names.get(i), tensors.get(i));
      }
      try (Result result = runner.run()) {
        return rows(output, result.get(0), size);
      }
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  /** The answers, a row each. A single one may come without an axis for more. */
  private float[][] rows(String name, Tensor output, int size) {
    Optional<float[]> values = PixelType.floats(output);
    boolean areRows = output.shape().numDimensions() > 0 && output.shape().get(0) == size;
    if (values.isEmpty() || !areRows && size != 1) {
      throw new IllegalStateException(
          "expected %d rows of floats from %s, found %s of the shape %s in %s"
              .formatted(size, name, output.dataType(), output.shape(), source));
    }
    int length = values.get().length / size;
    float[][] rows = new float[size][];
    for (int row = 0; row < size; row++) {
      rows[row] = Arrays.copyOfRange(values.get(), row * length, (row + 1) * length);
    }
    return rows;
  }

  @Override
  public void close() {
    closing.run();
  }
}
