package dev.siamese.exchange;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.model.Architecture;
import dev.siamese.model.ParallelBatches;
import dev.siamese.model.SiameseModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * A model that computes by the signatures of its SavedModel.
 *
 * <p>Distances are those of the embeddings if the model's own {@code embed} tells them, as by
 * contract it then computes the same, or if nothing else does; otherwise they are what its
 * signature of two images says.
 */
final class ServedModel implements SiameseModel {
  private static final int BATCH_SIZE = 64;
  private static final int PIXELS = Architecture.IMAGE_SIZE * Architecture.IMAGE_SIZE;

  private final Path source;
  private final SavedModelBundle bundle;
  private final Optional<ImageSignature> embedding;
  private final Optional<ImageSignature> distance;
  private final int threads;

  /**
   * Takes over a loaded model, which it closes.
   *
   * @param source the folder, for messages
   * @param threads that run batches
   */
  ServedModel(
      Path source,
      SavedModelBundle bundle,
      Optional<ImageSignature> embedding,
      Optional<ImageSignature> distance,
      int threads) {
    this.source = source;
    this.bundle = bundle;
    this.embedding = embedding;
    this.distance = distance;
    this.threads = threads;
  }

  @Override
  public float[][] embed(LabeledImages images) {
    ImageSignature signature =
        embedding.orElseThrow(
            () ->
                new UnsupportedOperationException(
                    "expected a signature that takes one image to its embedding, found only"
                        + " distances of two images in "
                        + source));
    int[] all = IntStream.range(0, images.size()).toArray();
    return run(signature, images, List.of(all));
  }

  @Override
  public float[] distances(LabeledImages images, Pairs pairs) {
    boolean byEmbeddings =
        embedding.isPresent()
            && (distance.isEmpty()
                || embedding.get().key().equals(ModelFunction.EMBED.signature()));
    return byEmbeddings
        ? SiameseModel.super.distances(images, pairs)
        : distancesBySignature(images, pairs);
  }

  /**
   * Runs every signature once, so that what TensorFlow finds wrong only then is found right away.
   *
   * @throws RuntimeException when it cannot be run
   */
  void tryOut() {
    LabeledImages black =
        new LabeledImages(
            new byte[PIXELS], new int[1], Architecture.IMAGE_SIZE, Architecture.IMAGE_SIZE);
    embedding.ifPresent(signature -> run(signature, black, List.of(new int[1])));
    distance.ifPresent(signature -> run(signature, black, List.of(new int[1], new int[1])));
  }

  /** The distances that the model itself tells of two images. */
  float[] distancesBySignature(LabeledImages images, Pairs pairs) {
    float[][] rows = run(distance.orElseThrow(), images, List.of(pairs.first(), pairs.second()));
    float[] distances = new float[rows.length];
    for (int pair = 0; pair < rows.length; pair++) {
      distances[pair] = rows[pair][0];
    }
    return distances;
  }

  /**
   * Runs a signature in batches.
   *
   * @param positions for each of its inputs, the images to feed: (n)
   * @return what it says of each: (n, any)
   */
  private float[][] run(ImageSignature signature, LabeledImages images, List<int[]> positions) {
    Architecture.requireImages(images);
    int size = positions.get(0).length;
    float[][] rows = new float[size][];
    ParallelBatches.run(
        threads,
        size,
        BATCH_SIZE,
        (from, to) -> {
          List<int[]> part =
              positions.stream().map(all -> Arrays.copyOfRange(all, from, to)).toList();
          System.arraycopy(runBatch(signature, images, part), 0, rows, from, to - from);
        });
    return rows;
  }

  private float[][] runBatch(
      ImageSignature signature, LabeledImages images, List<int[]> positions) {
    List<Tensor> inputs = new ArrayList<>();
    try {
      Session.Runner runner = bundle.session().runner().fetch(signature.output());
      for (int i = 0; i < positions.size(); i++) {
        inputs.add(tensor(images, positions.get(i)));
        runner.feed(signature.images().get(i), inputs.get(i));
      }
      try (Result result = runner.run()) {
        return rows(signature, result.get(0), positions.get(0).length);
      }
    } finally {
      inputs.forEach(Tensor::close);
    }
  }

  private float[][] rows(ImageSignature signature, Tensor output, int size) {
    if (output.shape().numDimensions() < 1 || output.shape().get(0) != size) {
      throw new IllegalStateException(
          "expected %d rows from the signature %s, found the shape %s in %s"
              .formatted(size, signature.key(), output.shape(), source));
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

  private static TFloat32 tensor(LabeledImages images, int[] positions) {
    float[] scaled = new float[positions.length * PIXELS];
    byte[] pixels = new byte[PIXELS];
    for (int i = 0; i < positions.length; i++) {
      images.copyPixels(positions[i], positions[i] + 1, pixels);
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        scaled[i * PIXELS + pixel] = (pixels[pixel] & 0xFF) / 255f;
      }
    }
    Shape shape = Shape.of(positions.length, Architecture.IMAGE_SIZE, Architecture.IMAGE_SIZE, 1);
    return TFloat32.tensorOf(shape, DataBuffers.of(scaled));
  }

  @Override
  public void close() {
    bundle.close();
  }
}
