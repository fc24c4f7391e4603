package dev.siamese.savedmodel;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.model.Images;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.Session;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Compares what a model computes with what a network does: variables that fit do not tell whether,
 * for instance, there is another activation between them.
 */
final class NetworkComparison {
  private static final int PAIRS = 8;

  /** Of what is expected: what rounding explains, and what it explains in 16 bits. */
  private static final double RELATIVE_TOLERANCE = 1e-3;

  private static final double HALF_PRECISE_TOLERANCE = 0.05;

  /** Somebody's Euclidean distance may begin at a small number, as √1e-7, rather than at 0. */
  private static final double ABSOLUTE_TOLERANCE = 1e-3;

  private static final Set<DataType> HALF_PRECISE = Set.of(DataType.DT_HALF, DataType.DT_BFLOAT16);

  private final SiameseNetwork network;
  private final double relativeTolerance;
  private final LabeledImages images;
  private final Pairs pairs;

  /**
   * A comparison with a network.
   *
   * @param isHalfPrecise whether the other model computes in 16 bits
   */
  NetworkComparison(SiameseNetwork network, boolean isHalfPrecise) {
    this.network = network;
    this.relativeTolerance = isHalfPrecise ? HALF_PRECISE_TOLERANCE : RELATIVE_TOLERANCE;
    images = noise(network);
    pairs =
        new Pairs(
            IntStream.range(0, PAIRS).toArray(),
            IntStream.range(PAIRS, 2 * PAIRS).toArray(),
            new byte[PAIRS]);
  }

  /**
   * Images of noise alone have almost the same averages: some rows of the second half are black.
   */
  private static LabeledImages noise(SiameseNetwork network) {
    ImageShape shape = Images.shape(network.image());
    byte[] pixels = new byte[2 * PAIRS * shape.pixels()];
    new SplittableRandom(0).nextBytes(pixels);
    for (int image = PAIRS; image < 2 * PAIRS; image++) {
      int start = image * shape.pixels();
      int black = shape.pixels() * (image - PAIRS + 1) / (PAIRS + 2);
      Arrays.fill(pixels, start, start + black, (byte) 0);
    }
    return new LabeledImages(pixels, new int[2 * PAIRS], shape);
  }

  /**
   * The greatest difference between a network of these weights and a model.
   *
   * @return as a share of what is tolerated: 1 or less if they compute the same
   */
  double difference(Weights weights, SignatureAnswers model) {
    SessionSettings settings = SessionSettings.defaults();
    double greatest = 0;
    // The threshold plays no part in what is compared.
    try (ServingGraph graph = new ServingGraph(network, 0, new ObjectGraph(network));
        Session session = graph.session(weights, settings);
        SignatureAnswers expected = graph.answers(session, settings.threads())) {
      // A network that rescales its images hardly tells them apart at other values.
      for (ValueRange values : ValueRange.values()) {
        if (!model.signatures().takes(values)) {
          continue;
        }
        if (model.signatures().embedding().isPresent()) {
          float[][] theirs = expected.embed(images, values);
          float[][] found = model.embed(images, values);
          for (int i = 0; i < theirs.length; i++) {
            greatest = Math.max(greatest, difference(theirs[i], found[i]));
          }
        }
        if (model.signatures().pair().isPresent()) {
          float[] theirs = expected.bySignature(images, pairs, values);
          float[] found = model.bySignature(images, pairs, values);
          for (int pair = 0; pair < PAIRS; pair++) {
            greatest =
                Math.max(
                    greatest, difference(new float[] {theirs[pair]}, new float[] {found[pair]}));
          }
        }
      }
    }
    return greatest;
  }

  private double difference(float[] expected, float[] found) {
    if (found.length != expected.length) {
      return Double.POSITIVE_INFINITY;
    }
    double length = SignatureAnswers.euclidean(expected, new float[expected.length]);
    if (!Double.isFinite(length)) {
      // At values that are not its own a network may overflow: so must the model.
      double theirs = SignatureAnswers.euclidean(found, new float[found.length]);
      return Double.isFinite(theirs) ? Double.POSITIVE_INFINITY : 0;
    }
    return SignatureAnswers.euclidean(expected, found)
        / (ABSOLUTE_TOLERANCE + relativeTolerance * length);
  }

  /** Whether a graph computes something in 16 bits. */
  static boolean isHalfPrecise(GraphDef graph) {
    return Stream.concat(
            graph.getNodeList().stream(),
            graph.getLibrary().getFunctionList().stream()
                .flatMap(function -> function.getNodeDefList().stream()))
        .map(NodeDef::getAttrMap)
        .flatMap(attributes -> attributes.values().stream())
        .map(AttrValue::getType)
        .anyMatch(HALF_PRECISE::contains);
  }
}
