package dev.siamese.savedmodel;

import com.google.gson.Gson;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.network.OutputKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A few pairs, of which a model's answers are stored beside it as JSON, for other programs to
 * compare with.
 */
final class GoldenPairs {
  /** Among the files that TensorFlow ignores. */
  static final String FILE_NAME = "golden_pairs.json";

  private static final int MOST_PAIRS = 8;

  /** What all images together may have, so that the file stays small. */
  private static final int MOST_PIXELS = 1 << 20;

  /** Of an embedding's length, an output or 1, whichever is most; what rounding explains. */
  private static final double TOLERANCE = 1e-6;

  private final PairedImages few;
  private final ValueRange values;

  /**
   * What a model says.
   *
   * @param outputs of the pairs: (n)
   * @param embeddings of the first images: (n, embedding size)
   */
  record Answers(float[] outputs, float[][] embeddings) {}

  /**
   * Takes the first of some pairs.
   *
   * @param values what the model expects for the pixels of images
   * @throws IllegalArgumentException when there is none
   */
  GoldenPairs(PairedImages samples, ValueRange values) {
    if (samples.pairs().size() == 0) {
      throw new IllegalArgumentException("expected at least 1 pair to store, found none");
    }
    this.few = first(samples);
    this.values = values;
  }

  /** The first images of the pairs, in their order, and after them the second ones. */
  private static PairedImages first(PairedImages samples) {
    LabeledImages images = samples.images();
    int pixels = images.shape().pixels();
    int most = Math.max(1, Math.min(MOST_PAIRS, MOST_PIXELS / (2 * pixels)));
    int size = Math.min(most, samples.pairs().size());
    byte[] chosen = new byte[2 * size * pixels];
    byte[] image = new byte[pixels];
    for (int i = 0; i < 2 * size; i++) {
      int[] positions = i < size ? samples.pairs().first() : samples.pairs().second();
      int position = positions[i % size];
      images.copyPixels(position, position + 1, image);
      System.arraycopy(image, 0, chosen, i * pixels, pixels);
    }
    return new PairedImages(
        new LabeledImages(chosen, new int[2 * size], images.shape()),
        new Pairs(
            IntStream.range(0, size).toArray(),
            IntStream.range(size, 2 * size).toArray(),
            Arrays.copyOf(samples.pairs().labels(), size)));
  }

  /** What a model says of them by its signatures. */
  Answers ask(SignatureAnswers model) {
    float[][] embeddings = model.embed(few.images(), values);
    return new Answers(
        model.bySignature(few.images(), few.pairs(), values),
        Arrays.copyOf(embeddings, few.pairs().size()));
  }

  /**
   * Compares the answers of two models.
   *
   * @throws IOException when they differ by more than rounding explains
   */
  static void requireSame(Answers expected, Answers found) throws IOException {
    for (int i = 0; i < expected.outputs.length; i++) {
      float[] embedding = expected.embeddings[i];
      double length = SignatureAnswers.euclidean(embedding, new float[embedding.length]);
      double scale = Math.max(1, Math.max(length, Math.abs(expected.outputs[i])));
      double difference =
          Math.max(
              SignatureAnswers.euclidean(embedding, found.embeddings[i]),
              Math.abs(expected.outputs[i] - found.outputs[i]));
      if (!(difference <= TOLERANCE * scale)) {
        throw new IOException(
            "expected the written model to compute the same within %s, found a difference of %s"
                .formatted(TOLERANCE * scale, difference));
      }
    }
  }

  /** Writes them with the answers of a model to a new file. */
  void write(Path file, OutputKind output, Answers answers) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("image1", pixels(few.pairs().first()));
    content.put("image2", pixels(few.pairs().second()));
    content.put(output.text(), answers.outputs);
    content.put("embedding1", answers.embeddings);
    content.put("values", values.text());
    LabeledImages images = few.images();
    content.put("shape", List.of(images.height(), images.width(), images.shape().channels()));
    Files.writeString(file, new Gson().toJson(content) + "\n");
  }

  private int[][] pixels(int[] positions) {
    byte[] image = new byte[few.images().shape().pixels()];
    int[][] pixels = new int[positions.length][image.length];
    for (int i = 0; i < positions.length; i++) {
      few.images().copyPixels(positions[i], positions[i] + 1, image);
      for (int pixel = 0; pixel < image.length; pixel++) {
        pixels[i][pixel] = image[pixel] & 0xFF;
      }
    }
    return pixels;
  }
}
