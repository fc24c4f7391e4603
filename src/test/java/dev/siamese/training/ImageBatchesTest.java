package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageBatchesTest {
  private static final int SEED = 7;

  /** Classes of these sizes, their images mixed. */
  private static int[] labels(int... sizes) {
    int[] labels =
        IntStream.range(0, sizes.length)
            .flatMap(label -> IntStream.generate(() -> 3 * label).limit(sizes[label]))
            .toArray();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = labels.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int label = labels[i];
      labels[i] = labels[j];
      labels[j] = label;
    }
    return labels;
  }

  private static int[] equal(int classes, int size) {
    return labels(IntStream.generate(() -> size).limit(classes).toArray());
  }

  private static ImageBatches balanced(int[] labels, int batchSize) {
    return ImageBatches.balanced(labels, batchSize, new SplittableRandom(SEED));
  }

  private static ImageBatches views(int pictures, int batchSize) {
    return ImageBatches.views(pictures, batchSize, new SplittableRandom(SEED));
  }

  private static List<int[]> all(Batches batches) {
    return IntStream.range(0, batches.batches()).mapToObj(batches::batch).toList();
  }

  private static int[] row(int[] batch, int row) {
    return Arrays.copyOfRange(batch, row * batch.length / 2, (row + 1) * batch.length / 2);
  }

  private static int[] positions(Batches batches) {
    return all(batches).stream().flatMapToInt(batch -> Arrays.stream(row(batch, 0))).toArray();
  }

  static Stream<Arguments> kinds() {
    List<int[]> labels =
        List.of(
            equal(10, 40),
            equal(3, 1),
            equal(300, 2),
            equal(90, 1),
            labels(97, 1, 5, 400, 13),
            labels(1),
            labels(2),
            labels(11, 3));
    return labels.stream()
        .flatMap(
            found ->
                IntStream.of(1, 2, 3, 4, 7, 8, 64, 128, Integer.MAX_VALUE)
                    .mapToObj(size -> Arguments.of(found, size)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void useEveryImageOnceInBatchesOfOneSize(int[] labels, int batchSize) {
    ImageBatches batches = balanced(labels, batchSize);
    assertEquals(labels.length, batches.samples());
    int[] sorted = positions(batches);
    Arrays.sort(sorted);
    assertArrayEquals(IntStream.range(0, labels.length).toArray(), sorted);
    for (int[] batch : all(batches)) {
      assertArrayEquals(
          Arrays.stream(row(batch, 0)).map(image -> labels[image]).toArray(), row(batch, 1));
    }
    assertSizes(batches, 1, batchSize);
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 4", "10, 4", "10, 5", "9, 6", "100, 128", "50, 128", "33, 7", "3, 1"})
  void haveBothViewsOfEveryPictureOnceAndTogether(int pictures, int batchSize) {
    ImageBatches batches = views(pictures, batchSize);
    assertEquals(2 * pictures, batches.samples());
    for (int[] batch : all(batches)) {
      int[] positions = row(batch, 0);
      assertArrayEquals(positions, row(batch, 1));
      for (int view = 0; view < positions.length; view += 2) {
        assertEquals(positions[view], positions[view + 1]);
      }
    }
    int[] sorted = positions(batches);
    Arrays.sort(sorted);
    assertArrayEquals(IntStream.range(0, 2 * pictures).map(view -> view / 2).toArray(), sorted);
    assertSizes(batches, 2, Math.max(2, batchSize));
  }

  /** None is empty or too large, and all are the same but for what is not parted. */
  private static void assertSizes(ImageBatches batches, int unit, int batchSize) {
    int[] sizes = all(batches).stream().mapToInt(batch -> batch.length / 2).toArray();
    int least = Arrays.stream(sizes).min().orElseThrow();
    int most = Arrays.stream(sizes).max().orElseThrow();
    assertTrue(least > 0 && most <= batchSize && most - least <= unit, Arrays.toString(sizes));
    // No more of them than needed.
    assertTrue(
        batches.batches() == 1 || batches.samples() > (sizes.length - 1L) * (batchSize - unit + 1));
    int samples = 0;
    for (int batch = 0; batch < sizes.length; batch++) {
      assertEquals(batch, batches.batchesOf(samples));
      samples += sizes[batch];
    }
    assertEquals(sizes.length, batches.batchesOf(samples));
  }

  private static Map<Integer, Integer> counts(int[] batch) {
    Map<Integer, Integer> counts = new TreeMap<>();
    Arrays.stream(row(batch, 1)).forEach(label -> counts.merge(label, 1, Integer::sum));
    return counts;
  }

  /** A class has its groups at even distances, of which the ends of a batch part two at most. */
  @Test
  void haveTheSharesOfAllClasses() {
    int[] labels = labels(400, 400, 800, 1600);
    for (int[] batch : all(balanced(labels, 128))) {
      Map<Integer, Integer> counts = counts(batch);
      for (int label = 0; label < 4; label++) {
        double share = new double[] {16, 16, 32, 64}[label];
        assertEquals(share, counts.get(3 * label), 8, counts::toString);
      }
    }
  }

  @Test
  void haveImagesOfAClassByFours() {
    List<int[]> batches = all(balanced(equal(100, 8), 64));
    assertEquals(13, batches.size());
    for (int[] batch : batches) {
      Map<Integer, Integer> counts = counts(batch);
      // Whole groups, and those that an end of the batch parts.
      assertTrue(
          counts.values().stream().filter(count -> count % 4 != 0).count() <= 2, counts::toString);
      assertTrue(counts.size() >= 14 && counts.size() <= 17, counts::toString);
    }
  }

  /** Otherwise nothing of two classes would be told apart. */
  @Test
  void haveTwoClassesEvenWhereTheyAreSmall() {
    for (int size = 4; size < 8; size++) {
      for (int[] batch : all(balanced(equal(12, 20), size))) {
        assertTrue(counts(batch).size() >= 2, Arrays.toString(batch));
      }
    }
  }

  @Test
  void haveAnotherOrderWithAnotherSeedOnly() {
    int[] labels = equal(5, 20);
    assertArrayEquals(positions(balanced(labels, 16)), positions(balanced(labels, 16)));
    assertArrayEquals(positions(views(50, 16)), positions(views(50, 16)));
    SplittableRandom other = new SplittableRandom(SEED + 1);
    assertFalse(
        Arrays.equals(
            positions(balanced(labels, 16)), positions(ImageBatches.balanced(labels, 16, other))));
    assertFalse(
        Arrays.equals(positions(views(50, 16)), positions(ImageBatches.views(50, 16, other))));
  }

  /** The size of a batch says where the order is cut, not what it is. */
  @Test
  void cutOneOrder() {
    List<int[]> orders = new ArrayList<>();
    for (int size : new int[] {8, 50, 128}) {
      orders.add(positions(balanced(equal(6, 30), size)));
    }
    assertArrayEquals(orders.get(0), orders.get(1));
    assertArrayEquals(orders.get(0), orders.get(2));
  }

  /** Wherever a batch ends: of seven pictures in batches of four to six views. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6})
  void viewsThatAreImagesAreNeverParted(int batchSize) {
    int[] labels = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6};
    ImageBatches batches = ImageBatches.ofViews(labels, batchSize, new SplittableRandom(1));
    int seen = 0;
    for (int i = 0; i < batches.batches(); i++) {
      int[] batch = batches.batch(i);
      int images = batch.length / 2;
      for (int at = 0; at < images; at += 2) {
        assertEquals(batch[images + at], batch[images + at + 1]);
        assertEquals(1, batch[at] ^ batch[at + 1], "the two positions of a picture");
      }
      seen += images;
    }
    assertEquals(labels.length, seen);
  }
}
