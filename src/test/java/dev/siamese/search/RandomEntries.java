package dev.siamese.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Entries drawn at random, and what must be found among them, by formulas of their own. */
final class RandomEntries {
  private final Random random;
  private final int size;
  private final Map<String, Entry> held = new TreeMap<>();

  RandomEntries(long seed, int size) {
    this.random = new Random(seed);
    this.size = size;
  }

  float[] embedding() {
    float[] embedding = new float[size];
    for (int i = 0; i < size; i++) {
      embedding[i] = (float) random.nextGaussian();
    }
    return embedding;
  }

  /** A new entry of one of a few names, so that some are replaced. */
  Entry put(int names) {
    String name = "picture " + random.nextInt(names) + ".png";
    Optional<String> label =
        random.nextBoolean() ? Optional.of("class " + random.nextInt(3)) : Optional.empty();
    Optional<byte[]> picture =
        random.nextBoolean() ? Optional.of(new byte[] {(byte) random.nextInt()}) : Optional.empty();
    Entry entry = new Entry(name, label, embedding(), picture);
    held.put(name, entry);
    return entry;
  }

  /** The name of an entry that there is or was not. */
  String anyName(int names) {
    return "picture " + random.nextInt(names) + ".png";
  }

  boolean drop(String name) {
    return held.remove(name) != null;
  }

  int count() {
    return held.size();
  }

  Entry get(String name) {
    return held.get(name);
  }

  /** The distances of all entries, the least first. */
  List<Double> distances(Metric metric, float[] query) {
    List<Double> distances = new ArrayList<>();
    held.values().forEach(entry -> distances.add(distance(metric, query, entry.embedding())));
    distances.sort(Comparator.naturalOrder());
    return distances;
  }

  static double distance(Metric metric, float[] a, float[] b) {
    double squares = 0;
    double product = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      squares += Math.pow((double) a[i] - b[i], 2);
      product += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return switch (metric) {
      case EUCLIDEAN -> Math.sqrt(squares);
      case COSINE -> 1 - product / Math.sqrt(aa * bb);
    };
  }
}
