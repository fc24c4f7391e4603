import dev.siamese.search.Entry;
import dev.siamese.search.ExactIndex;
import dev.siamese.search.IndexDescription;
import dev.siamese.search.LuceneIndex;
import dev.siamese.search.LuceneReader;
import dev.siamese.search.Metric;
import dev.siamese.search.Neighbour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The Java side of scripts/bench --search. Arguments: files of float32 vectors and of queries, the
 * values of a vector, and a new folder for the index.
 */
final class SearchBenchmark {
  private static final int NEAREST = 10;
  private static final int EXACT_ROUNDS = 3;
  private static final int GRAPH_ROUNDS = 5;

  private SearchBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int size = Integer.parseInt(arguments[2]);
    float[][] vectors = read(Path.of(arguments[0]), size);
    float[][] queries = read(Path.of(arguments[1]), size);
    double bytes = (double) vectors.length * size * Float.BYTES;

    ExactIndex exact = new ExactIndex(Metric.EUCLIDEAN, size);
    for (int i = 0; i < vectors.length; i++) {
      exact.add(Entry.of(Integer.toString(i), vectors[i]));
    }
    List<List<String>> nearest = new ArrayList<>();
    double exactSeconds = Double.POSITIVE_INFINITY;
    for (int round = 0; round < EXACT_ROUNDS; round++) {
      nearest.clear();
      long start = System.nanoTime();
      for (float[] query : queries) {
        nearest.add(names(exact.nearest(query, NEAREST)));
      }
      exactSeconds = Math.min(exactSeconds, seconds(start) / queries.length);
    }
    double bandwidth = bandwidth((int) (bytes / Float.BYTES));

    Path folder = Path.of(arguments[3]);
    IndexDescription description = new IndexDescription("benchmark", size, Metric.EUCLIDEAN);
    long start = System.nanoTime();
    try (LuceneIndex index = LuceneIndex.open(folder, description)) {
      IntStream.range(0, vectors.length).parallel().forEach(i -> add(index, i, vectors[i]));
      index.commit();
    }
    double build = seconds(start);
    double query = Double.POSITIVE_INFINITY;
    int found = 0;
    try (LuceneReader reader = LuceneReader.open(folder)) {
      for (int round = 0; round < GRAPH_ROUNDS; round++) {
        found = 0;
        start = System.nanoTime();
        List<List<String>> approximate = new ArrayList<>();
        for (float[] each : queries) {
          approximate.add(names(reader.nearest(each, NEAREST)));
        }
        query = Math.min(query, seconds(start) / queries.length);
        for (int i = 0; i < queries.length; i++) {
          found += (int) approximate.get(i).stream().filter(nearest.get(i)::contains).count();
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "{\"bandwidth\": %.3f, \"exact_ms\": %.4f, \"exact_bandwidth\": %.3f, \"build_s\": %.2f,"
            + " \"query_ms\": %.4f, \"recall\": %.4f}%n",
        bandwidth,
        1e3 * exactSeconds,
        bytes / exactSeconds / 1e9,
        build,
        1e3 * query,
        (double) found / NEAREST / queries.length);
  }

  private static void add(LuceneIndex index, int number, float[] vector) {
    try {
      index.add(Entry.of(Integer.toString(number), vector));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(List<Neighbour> neighbours) {
    return neighbours.stream().map(neighbour -> neighbour.entry().name()).toList();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** What this Java reads of memory in GB/s with all cores, at its best: sums of as many floats. */
  private static double bandwidth(int floats) {
    int part = 1 << 16;
    float[][] memory = new float[Math.max(1, floats / part)][part];
    double best = 0;
    for (int round = 0; round < 20; round++) {
      long start = System.nanoTime();
      double sum =
          IntStream.range(0, memory.length).parallel().mapToDouble(i -> sum(memory[i])).sum();
      if (sum != 0) {
        throw new AssertionError(sum);
      }
      best = Math.max(best, (double) memory.length * part * Float.BYTES / seconds(start) / 1e9);
    }
    return best;
  }

  private static float sum(float[] values) {
    float[] sums = new float[512];
    for (int from = 0; from < values.length; from += sums.length) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += values[from + i];
      }
    }
    float sum = 0;
    for (float each : sums) {
      sum += each;
    }
    return sum;
  }

  private static float[][] read(Path file, int size) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      float[][] rows = new float[(int) (channel.size() / Float.BYTES / size)][size];
      ByteBuffer row = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (float[] each : rows) {
        row.clear();
        while (row.hasRemaining()) {
          if (channel.read(row) < 0) {
            throw new IOException("expected whole vectors, found an early end of " + file);
          }
        }
        row.flip();
        row.asFloatBuffer().get(each);
      }
      return rows;
    }
  }
}
