package dev.siamese.savedmodel;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.model.Images;
import dev.siamese.network.TensorShape;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the signatures of a model say of images.
 *
 * @param head from two embeddings to the output, if the graph has such a part: then no image has to
 *     be embedded twice
 */
record SignatureAnswers(
    SignatureRunner runner, ImageSignatures signatures, Optional<GraphPart> head)
    implements AutoCloseable {

  /**
   * Embeddings.
   *
   * @return (n, embedding size)
   * @throws UnsupportedOperationException when no signature tells them
   */
  float[][] embed(LabeledImages images, ValueRange values) {
    return embed(images, values, IntStream.range(0, images.size()).toArray());
  }

  private float[][] embed(LabeledImages images, ValueRange values, int[] positions) {
    ImageSignature signature =
        signatures
            .embedding()
            .orElseThrow(
                () ->
                    new UnsupportedOperationException(
                        "expected a signature that takes one image to its embedding, found only"
                            + " those that compare two images, or several for one, in "
                            + runner.source()));
    Images.require(signatures.imageTensor(), images);
    return runner.run(signature, images, values, List.of(positions));
  }

  /**
   * Distances or similarities, as they come: of the signature of two images, or, where there is
   * none, the Euclidean distances of the embeddings.
   *
   * @return (n)
   */
  float[] outputs(LabeledImages images, Pairs pairs, ValueRange values) {
    if (signatures.pair().isPresent() && head.isEmpty()) {
      return bySignature(images, pairs, values);
    }
    BitSet used = new BitSet();
    IntStream.concat(Arrays.stream(pairs.first()), Arrays.stream(pairs.second()))
        .forEach(used::set);
    float[][] embeddings = new float[used.length()][];
    int[] positions = used.stream().toArray();
    float[][] found = embed(images, values, positions);
    for (int i = 0; i < positions.length; i++) {
      embeddings[positions[i]] = found[i];
    }
    return outputs(rows(embeddings, pairs.first()), rows(embeddings, pairs.second()));
  }

  /**
   * Distances or similarities of embeddings.
   *
   * @param first (n, embedding size)
   * @param second (n, embedding size)
   * @return (n)
   * @throws IllegalArgumentException when they are not as many, or of other sizes
   * @throws UnsupportedOperationException when only images can be compared
   */
  float[] outputs(float[][] first, float[][] second) {
    if (signatures.pair().isPresent() && head.isEmpty()) {
      throw new UnsupportedOperationException(
          "expected a model that compares embeddings, found one that compares only images in "
              + runner.source());
    }
    if (first.length > 0) {
      Images.require(TensorShape.of(first[0].length), first, second);
    }
    return head.isPresent() ? runner.compare(head.get(), first, second) : euclidean(first, second);
  }

  /** What the signature of two images says, even where it can be had at less cost. */
  float[] bySignature(LabeledImages images, Pairs pairs, ValueRange values) {
    Images.require(signatures.imageTensor(), images);
    return runner.compare(signatures.pair().orElseThrow(), images, pairs, values);
  }

  /**
   * Runs every signature once, so that what TensorFlow finds wrong only then is found right away.
   *
   * @return this
   * @throws RuntimeException when one cannot be run
   */
  SignatureAnswers triedOut() {
    ImageShape shape = signatures.image();
    LabeledImages black = new LabeledImages(new byte[shape.pixels()], new int[1], shape);
    Pairs pair = new Pairs(new int[1], new int[1], new byte[1]);
    if (signatures.embedding().isPresent()) {
      embed(black, ValueRange.ZERO_TO_ONE);
    }
    if (signatures.pair().isPresent()) {
      bySignature(black, pair, ValueRange.ZERO_TO_ONE);
    }
    outputs(black, pair, ValueRange.ZERO_TO_ONE);
    return this;
  }

  @Override
  public void close() {
    runner.close();
  }

  private static float[][] rows(float[][] all, int[] positions) {
    return Arrays.stream(positions).mapToObj(position -> all[position]).toArray(float[][]::new);
  }

  private static float[] euclidean(float[][] first, float[][] second) {
    float[] distances = new float[first.length];
    for (int pair = 0; pair < distances.length; pair++) {
      distances[pair] = (float) euclidean(first[pair], second[pair]);
    }
    return distances;
  }

  /** The Euclidean distance of two embeddings. */
  static double euclidean(float[] first, float[] second) {
    double squares = 0;
    for (int i = 0; i < first.length; i++) {
      double difference = (double) first[i] - second[i];
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  }
}
