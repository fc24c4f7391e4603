package dev.siamese.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Batches of images, each of which an epoch takes once, or twice where two views of it are to be
 * alike. All batches are of the same size, but for one image, or two views.
 */
final class ImageBatches implements Batches {
  /** Images of a class that come together, so that each has others to be like. */
  private static final int TOGETHER = 4;

  private final int[] positions;
  private final int[] classes;

  /** Images that are never parted. */
  private final int unit;

  private final int batches;

  private ImageBatches(int[] positions, int[] classes, int unit, int batchSize) {
    this.positions = positions;
    this.classes = classes;
    this.unit = unit;
    int units = positions.length / unit;
    int together = Math.max(1, batchSize / unit);
    batches = Math.max(1, Math.toIntExact((units + (together - 1L)) / together));
  }

  /**
   * Batches in which the classes are as frequent as among all images, wherever those of a batch are
   * enough: every class's images, in random order, come in groups of four or a few more, and the
   * groups of a class at even distances, from a random beginning. Of many classes a batch has some,
   * with four images each; of a batch of fewer than eight, half of it are a group.
   *
   * @param labels the class of each image: (images)
   */
  static ImageBatches balanced(int[] labels, int batchSize, SplittableRandom random) {
    return balanced(labels, 1, batchSize, random);
  }

  /**
   * The same of images that are views, two of each picture, which are never parted.
   *
   * @param labels the picture of each view: (views)
   * @param batchSize views of a batch, at least 4
   */
  static ImageBatches ofViews(int[] labels, int batchSize, SplittableRandom random) {
    return balanced(labels, 2, batchSize, random);
  }

  private static ImageBatches balanced(
      int[] labels, int unit, int batchSize, SplittableRandom random) {
    record Group(double place, int[] images) {}
    List<Group> groups = new ArrayList<>();
    int together = Math.max(1, Math.min(TOGETHER, batchSize / 2));
    for (int[] images : byClass(labels)) {
      shuffle(images, random);
      int count = Math.max(1, images.length / together);
      double begin = random.nextDouble();
      for (int group = 0; group < count; group++) {
        int from = share(images.length, group, count);
        int to = share(images.length, group + 1, count);
        groups.add(new Group((group + begin) / count, Arrays.copyOfRange(images, from, to)));
      }
    }
    groups.sort(Comparator.comparingDouble(Group::place));
    int[] order = groups.stream().flatMapToInt(group -> Arrays.stream(group.images)).toArray();
    int[] classes = Arrays.stream(order).map(image -> labels[image]).toArray();
    return new ImageBatches(order, classes, unit, batchSize);
  }

  /**
   * Batches of two views of each picture, one behind the other, in random order.
   *
   * @param batchSize views of a batch, two of each picture
   */
  static ImageBatches views(int pictures, int batchSize, SplittableRandom random) {
    int[] order = new int[pictures];
    Arrays.setAll(order, picture -> picture);
    shuffle(order, random);
    int[] twice = new int[2 * pictures];
    Arrays.setAll(twice, view -> order[view / 2]);
    return new ImageBatches(twice, twice, 2, batchSize);
  }

  private static Iterable<int[]> byClass(int[] labels) {
    Map<Integer, List<Integer>> images = new TreeMap<>();
    for (int image = 0; image < labels.length; image++) {
      images.computeIfAbsent(labels[image], label -> new ArrayList<>()).add(image);
    }
    return images.values().stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  private static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  private static int share(int size, int part, int parts) {
    return (int) ((long) size * part / parts);
  }

  private int begin(int batch) {
    return unit * share(positions.length / unit, batch, batches);
  }

  @Override
  public int samples() {
    return positions.length;
  }

  @Override
  public int batches() {
    return batches;
  }

  @Override
  public int batchesOf(int samples) {
    int batch = 0;
    while (begin(batch) < samples) {
      batch++;
    }
    return batch;
  }

  @Override
  public int[] batch(int batch) {
    int from = begin(batch);
    int size = begin(batch + 1) - from;
    int[] rows = new int[2 * size];
    System.arraycopy(positions, from, rows, 0, size);
    System.arraycopy(classes, from, rows, size, size);
    return rows;
  }
}
