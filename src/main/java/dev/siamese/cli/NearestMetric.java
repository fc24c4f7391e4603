package dev.siamese.cli;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.model.Images;
import dev.siamese.model.PairModel;
import dev.siamese.network.OutputKind;
import dev.siamese.search.Metric;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Which metric of embeddings puts pictures in the order in which a model does. That is found out by
 * asking the model about pairs of pictures, as its layers are not always known.
 *
 * @param size the values of an embedding
 * @param metric the one that agrees most
 * @param agreement the share of pairs of pairs that it orders as the model does
 */
record NearestMetric(int size, Metric metric, double agreement) {
  private static final int PROBES = 24;

  /** Rounding, and a model that answers the same to many pairs, disturb the order of few. */
  private static final double WHOLE = 0.99;

  private static final Metric[] LENGTHS_ONLY = {Metric.EUCLIDEAN};

  static NearestMetric of(PairModel model) {
    float[][] embeddings = model.embed(noise(Images.shape(model.image())));
    int pairs = PROBES * (PROBES - 1) / 2;
    float[][] first = new float[pairs][];
    float[][] second = new float[pairs][];
    int next = 0;
    for (int i = 0; i < PROBES; i++) {
      for (int j = 0; j < i; j++) {
        first[next] = embeddings[i];
        second[next++] = embeddings[j];
      }
    }
    float[] outputs = model.compare(first, second);
    double sign = model.output() == OutputKind.DISTANCE ? 1 : -1;
    NearestMetric best = null;
    for (Metric metric : hasDirections(embeddings) ? Metric.values() : LENGTHS_ONLY) {
      double agreement = agreement(metric, first, second, outputs, sign);
      if (best == null || agreement > best.agreement) {
        best = new NearestMetric(embeddings[0].length, metric, agreement);
      }
    }
    return best;
  }

  /** What a user should know who takes neighbours by the metric for neighbours by the model. */
  Optional<String> notice(Path source) {
    return agreement >= WHOLE
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "The model orders pictures otherwise than the %s distance of its embeddings does,"
                    + " by which neighbours are found: both agree on %.0f %% of pairs, in %s.",
                metric.name().toLowerCase(Locale.ROOT),
                100 * agreement,
                source));
  }

  /** Noise of several strengths, so that embeddings differ in length as well as in direction. */
  private static LabeledImages noise(ImageShape shape) {
    SplittableRandom random = new SplittableRandom(0);
    byte[] pixels = new byte[PROBES * shape.pixels()];
    for (int i = 0; i < pixels.length; i++) {
      int strength = 1 + i / shape.pixels() * 255 / PROBES;
      pixels[i] = (byte) random.nextInt(strength + 1);
    }
    return new LabeledImages(pixels, new int[PROBES], shape);
  }

  private static boolean hasDirections(float[][] embeddings) {
    float[] zeros = new float[embeddings[0].length];
    return Arrays.stream(embeddings).noneMatch(embedding -> Arrays.equals(embedding, zeros));
  }

  private static double agreement(
      Metric metric, float[][] first, float[][] second, float[] outputs, double sign) {
    double[] distances = new double[outputs.length];
    Arrays.setAll(distances, i -> metric.between(first[i], second[i]));
    long same = 0;
    long all = 0;
    for (int i = 0; i < outputs.length; i++) {
      for (int j = 0; j < i; j++) {
        double order = sign * ((double) outputs[i] - outputs[j]);
        if (order != 0) {
          all++;
          same += order > 0 == distances[i] > distances[j] ? 1 : 0;
        }
      }
    }
    return all == 0 ? 0 : (double) same / all;
  }
}
