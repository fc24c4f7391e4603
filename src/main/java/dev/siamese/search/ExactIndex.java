package dev.siamese.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/** An index in memory that compares with every entry, on all cores. */
public final class ExactIndex implements EmbeddingIndex {
  private static final float[] IN_A_BLOCK = {};

  /** Found beside those asked for, as sums in float32 may order the nearest wrongly. */
  private static final int SPARE = 8;

  private final Metric metric;
  private final int size;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final List<VectorBlock> blocks = new ArrayList<>();

  /** What is known of the vector at each position, without the vector. */
  private final List<Entry> entries = new ArrayList<>();

  private final Map<String, Integer> positions = new HashMap<>();

  /**
   * An empty index.
   *
   * @param size the values of an embedding
   */
  public ExactIndex(Metric metric, int size) {
    this.metric = metric;
    this.size = size;
  }

  @Override
  public void add(Entry entry) {
    float[] prepared = metric.checked(entry.embedding(), size);
    lock.writeLock().lock();
    try {
      Integer known = positions.get(entry.name());
      if (known == null && entries.size() % VectorBlock.CAPACITY == 0) {
        blocks.add(new VectorBlock(size));
      }
      int position = known == null ? entries.size() : known;
      if (known == null) {
        entries.add(entry);
      }
      place(position, withEmbedding(entry, IN_A_BLOCK), prepared);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void place(int position, Entry entry, float[] vector) {
    entries.set(position, entry);
    positions.put(entry.name(), position);
    blocks.get(position / VectorBlock.CAPACITY).set(position % VectorBlock.CAPACITY, vector);
  }

  @Override
  public boolean remove(String name) {
    lock.writeLock().lock();
    try {
      Integer position = positions.remove(name);
      if (position == null) {
        return false;
      }
      int last = entries.size() - 1;
      if (position < last) {
        place(position, entries.get(last), vector(last));
      }
      entries.remove(last);
      if (last % VectorBlock.CAPACITY == 0) {
        blocks.remove(blocks.size() - 1);
      }
      return true;
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public List<Neighbour> nearest(float[] embedding, int count) {
    Ranking.requireCount(count);
    float[] query = metric.checked(embedding, size);
    lock.readLock().lock();
    try {
      int kept = (int) Math.min((long) count + SPARE, entries.size());
      if (kept == 0) {
        return List.of();
      }
      return Ranking.nearest(
          Arrays.stream(candidates(query, kept))
              .mapToObj(position -> withEmbedding(entries.get(position), vector(position))),
          metric,
          query,
          count);
    } finally {
      lock.readLock().unlock();
    }
  }

  private int[] candidates(float[] query, int kept) {
    int parts = Math.min(blocks.size(), Runtime.getRuntime().availableProcessors());
    List<NearestSquares> found =
        IntStream.range(0, parts)
            .parallel()
            .mapToObj(
                part ->
                    scan(
                        query,
                        kept,
                        (int) ((long) blocks.size() * part / parts),
                        (int) ((long) blocks.size() * (part + 1) / parts)))
            .toList();
    NearestSquares all = found.get(0);
    found.stream().skip(1).forEach(all::offer);
    return all.positions();
  }

  private NearestSquares scan(float[] query, int kept, int from, int to) {
    NearestSquares nearest = new NearestSquares(kept);
    float[] squares = new float[VectorBlock.CAPACITY];
    for (int block = from; block < to; block++) {
      blocks.get(block).squares(query, squares);
      int first = block * VectorBlock.CAPACITY;
      nearest.offer(squares, Math.min(VectorBlock.CAPACITY, entries.size() - first), first);
    }
    return nearest;
  }

  private float[] vector(int position) {
    return blocks.get(position / VectorBlock.CAPACITY).get(position % VectorBlock.CAPACITY);
  }

  private static Entry withEmbedding(Entry entry, float[] embedding) {
    return new Entry(entry.name(), entry.label(), embedding, entry.picture());
  }
}
