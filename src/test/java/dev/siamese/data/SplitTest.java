package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
  private static final int[] LABELS = new int[103];

  static {
    Arrays.setAll(LABELS, image -> image);
  }

  private final LabeledImages train = new LabeledImages(new byte[103], LABELS, 1, 1);
  private final LabeledImages test = train.range(0, 30);
  private final Dataset dataset = new Dataset("any", "nowhere", train, test);

  private static SplitSettings share(double share) {
    return new SplitSettings(share, OptionalInt.empty());
  }

  private static SplitSettings limit(int limit) {
    return new SplitSettings(0.2, OptionalInt.of(limit));
  }

  @Test
  void theFirstShareValidates() {
    Split split = Split.of(dataset, share(0.2));
    assertArrayEquals(Arrays.copyOfRange(LABELS, 0, 20), split.validation().labels());
    assertArrayEquals(Arrays.copyOfRange(LABELS, 20, 103), split.train().labels());
    assertArrayEquals(test.labels(), split.test().labels());
  }

  @Test
  void limitKeepsTheFirstOfEachPart() {
    Split split = Split.of(dataset, limit(14));
    assertArrayEquals(Arrays.copyOfRange(LABELS, 20, 34), split.train().labels());
    assertArrayEquals(new int[] {0, 1}, split.validation().labels());
    assertArrayEquals(new int[] {0, 1}, split.test().labels());
  }

  @Test
  void limitBeyondTheImagesKeepsAll() {
    Split split = Split.of(dataset, limit(1_000_000));
    assertEquals(83, split.train().size());
    assertEquals(20, split.validation().size());
    assertEquals(30, split.test().size());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
  void refusesASplitThatIsNoShare(double share) {
    assertRefused(() -> share(share), "between 0 and 1", String.valueOf(share));
  }

  @Test
  void refusesPartsOfOneClass() {
    assertRefused(
        () -> Split.of(dataset, share(0.01)), "validation images", "1 images of 1 classes");
    assertRefused(
        () -> Split.of(dataset, share(0.999)), "training images", "1 images of 1 classes");
    Dataset ones = new Dataset("any", "nowhere", train, train.range(5, 6));
    assertRefused(() -> Split.of(ones, share(0.2)), "test images", "1 images of 1 classes");
  }

  @Test
  void refusesALimitTooSmall() {
    assertRefused(() -> limit(9), "at least 10", "found 9");
  }

  private static void assertRefused(Runnable work, String... words) {
    String message = assertThrows(IllegalArgumentException.class, work::run).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), () -> "expected '" + word + "' in: " + message);
    }
  }
}
