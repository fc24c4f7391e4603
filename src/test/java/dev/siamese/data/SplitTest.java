package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
  private static final ImageShape SHAPE = new ImageShape(2, 2, 1);

  /** Images with these labels, each of the content that its number says. */
  private static LabeledImages images(int[] labels, IntStream contents) {
    ByteBuffer pixels = ByteBuffer.allocate(4 * labels.length);
    contents.forEach(pixels::putInt);
    return new LabeledImages(pixels.array(), labels, SHAPE);
  }

  private static LabeledImages images(int from, int... labels) {
    return images(labels, IntStream.range(from, from + labels.length));
  }

  /** So many images of each class, sorted by it. */
  private static LabeledImages sorted(int from, int... sizes) {
    return images(
        from,
        IntStream.range(0, sizes.length)
            .flatMap(type -> IntStream.range(0, sizes[type]).map(image -> type))
            .toArray());
  }

  private static Dataset undivided(LabeledImages images) {
    return new Dataset(
        "photos", "nowhere", images, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static SplitSettings share(double share) {
    return new SplitSettings(share, OptionalInt.empty(), 0);
  }

  private static SplitSettings limit(int limit) {
    return new SplitSettings(0.2, OptionalInt.of(limit), 0);
  }

  private static int[] counts(LabeledImages images, int classes) {
    int[] counts = new int[classes];
    Arrays.stream(images.labels()).forEach(label -> counts[label]++);
    return counts;
  }

  private static Set<Integer> contents(LabeledImages images) {
    Set<Integer> contents = new HashSet<>();
    ByteBuffer pixels = ByteBuffer.wrap(IdxFixture.pixels(images));
    IntStream.range(0, images.size()).forEach(image -> contents.add(pixels.getInt()));
    return contents;
  }

  @Test
  void ofMnistTheFirstShareValidates() {
    int[] labels = IntStream.range(0, 103).map(image -> image / 2).toArray();
    LabeledImages train = images(0, labels);
    Dataset mnist = new Dataset("MNIST", "nowhere", train, images(0, 1, 1, 2));
    Split split = Split.of(mnist, share(0.2));
    assertArrayEquals(Arrays.copyOfRange(labels, 0, 20), split.validation().labels());
    assertArrayEquals(Arrays.copyOfRange(labels, 20, 103), split.train().labels());
    assertArrayEquals(new int[] {1, 1, 2}, split.test().labels());
  }

  @Test
  void everyClassGivesItsShareWhateverTheOrder() {
    Dataset dataset = new Dataset("any", "", sorted(0, 100, 50, 10), sorted(1000, 5, 5, 5));
    Split split = Split.of(dataset, share(0.2));
    assertArrayEquals(new int[] {80, 40, 8}, counts(split.train(), 3));
    assertArrayEquals(new int[] {20, 10, 2}, counts(split.validation(), 3));
    assertArrayEquals(new int[] {5, 5, 5}, counts(split.test(), 3));
    assertEquals(List.of(), split.notices());
  }

  @Test
  void aDataSetWithoutPartsIsDividedInThree() {
    Split split = Split.of(undivided(sorted(0, 40, 20)), share(0.25));
    assertArrayEquals(new int[] {24, 12}, counts(split.train(), 2));
    assertArrayEquals(new int[] {8, 4}, counts(split.validation(), 2));
    assertArrayEquals(new int[] {8, 4}, counts(split.test(), 2));
    assertEquals(
        List.of("photos has no part to test on: 12 of its 60 images test, chosen by class."),
        split.notices());
  }

  @Test
  void theSeedChoosesAndTheOrderDoesNot() {
    LabeledImages images = sorted(0, 40, 40);
    Split split = Split.of(undivided(images), share(0.2));
    int[] mixed = IntStream.range(0, 80).map(image -> image * 37 % 80).toArray();
    Split other = Split.of(undivided(images.select(mixed)), share(0.2));
    assertEquals(contents(split.test()), contents(other.test()));
    assertEquals(contents(split.validation()), contents(other.validation()));
    SplitSettings seeded = new SplitSettings(0.2, OptionalInt.empty(), 1);
    assertTrue(
        !contents(Split.of(undivided(images), seeded).test()).equals(contents(split.test())));
  }

  @Test
  void noContentIsOnTwoSides() {
    SplittableRandom random = new SplittableRandom(1);
    int[] labels = IntStream.range(0, 200).map(image -> image % 4).toArray();
    // Of each class every content is there about three times.
    LabeledImages train =
        images(labels, IntStream.range(0, 200).map(i -> 4 * random.nextInt(17) + i % 4));
    Split split = Split.of(undivided(train), share(0.3));
    Set<Integer> seen = new HashSet<>();
    for (LabeledImages part : List.of(split.train(), split.validation(), split.test())) {
      contents(part).forEach(content -> assertTrue(seen.add(content), "twice: " + content));
    }
    assertEquals(200, split.train().size() + split.validation().size() + split.test().size());
  }

  @Test
  void partsThatAreGivenAreKeptAndCleaned() {
    LabeledImages train = sorted(0, 10, 10);
    Dataset dataset =
        new Dataset(
            "any",
            "",
            train,
            Optional.of(sorted(5, 2, 3)),
            Optional.of(sorted(8, 4, 4)),
            Optional.empty());
    Split split = Split.of(dataset, share(0.2));
    assertEquals(8, split.test().size());
    assertEquals(Set.of(5, 6, 7), contents(split.validation()));
    assertEquals(Set.of(0, 1, 2, 3, 4, 16, 17, 18, 19), contents(split.train()));
    assertEquals(
        List.of(
            "8 of 20 training images are left out: they are among the test images too.",
            "2 of 5 validation images are left out: they are among the test images too.",
            "3 of 12 training images are left out: they are among the validation images too.",
            "1 of 2 validation classes have one image (1), which makes pairs of different classes"
                + " only."),
        split.notices());
  }

  @Test
  void oneContentUnderTwoLabelsIsToldAndOnlyTrains() {
    int[] labels = IntStream.range(0, 40).map(image -> image % 2).toArray();
    LabeledImages images =
        images(labels, IntStream.range(0, 40).map(image -> image < 8 ? 7 : image));
    Split split = Split.of(undivided(images), share(0.2));
    assertTrue(contents(split.train()).contains(7));
    assertTrue(
        split
            .notices()
            .contains(
                "8 training images are there under several labels, for instance 0 (class 0) and 1"
                    + " (class 1): they only train."),
        split.notices().toString());
  }

  /** By their places in the array that was read, not among those that the test images leave. */
  @Test
  void imagesWithoutFilesAreToldByTheirPlaces() {
    int[] labels = IntStream.range(0, 40).map(image -> image % 2).toArray();
    LabeledImages images =
        images(labels, IntStream.range(0, 40).map(image -> image > 30 && image < 36 ? 7 : image));
    LabeledImages test = images(new int[] {0, 1, 0, 1}, IntStream.range(0, 4));
    Split split = Split.of(new Dataset("any", "", images, test), share(0.4));
    assertTrue(
        split
            .notices()
            .contains(
                "6 training images are there under several labels, for instance 7 (class 1) and 32"
                    + " (class 0): they only train."),
        split.notices().toString());
  }

  @Test
  void classesOfFewImagesTakeTurns() {
    // 40 classes of five: no class is left with one image, or gives one.
    int[] fives = new int[40];
    Arrays.fill(fives, 5);
    Split split = Split.of(undivided(sorted(0, fives)), share(0.2));
    assertEquals(40, split.test().size());
    assertEquals(32, split.validation().size());
    for (LabeledImages part : List.of(split.train(), split.validation(), split.test())) {
      assertTrue(Arrays.stream(counts(part, 40)).noneMatch(count -> count == 1));
    }
    assertEquals(1, split.notices().size());
  }

  @Test
  void classesOfOneImageAreTold() {
    Split split = Split.of(undivided(sorted(0, 30, 30, 1)), share(0.2));
    assertEquals(
        "1 of 3 training classes have one image (2), which makes pairs of different classes only.",
        split.notices().get(1));
  }

  @ParameterizedTest
  @CsvSource({"20, 12, 8", "50, 30, 20", "1000000, 480, 320"})
  void aLimitKeepsTheShares(int limit, int ofFirst, int ofSecond) {
    Dataset dataset = new Dataset("any", "", sorted(0, 600, 400), sorted(2000, 60, 40));
    Split split = Split.of(dataset, limit(limit));
    assertArrayEquals(new int[] {ofFirst, ofSecond}, counts(split.train(), 2));
    if (limit < 1000) {
      assertEquals(limit / 5, split.validation().size());
      assertEquals(limit / 5, split.test().size());
    }
  }

  @Test
  void aLimitKeepsTheFirstOfEachClass() {
    int[] labels = IntStream.range(0, 200).map(image -> image % 2).toArray();
    Dataset mnist = new Dataset("MNIST", "", images(0, labels), sorted(2000, 60, 60));
    Split split = Split.of(mnist, limit(20));
    assertEquals(Set.of(0, 1, 2, 3), contents(split.validation()));
    assertEquals(Set.of(2000, 2001, 2060, 2061), contents(split.test()));
    assertEquals(
        IntStream.range(40, 60).boxed().collect(Collectors.toSet()), contents(split.train()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
  void refusesASplitThatIsNoShare(double share) {
    assertRefused(() -> share(share), "between 0 and 1", String.valueOf(share));
  }

  @Test
  void refusesPartsThatMakeNoPairs() {
    LabeledImages two = sorted(0, 20, 20);
    assertRefused(
        () -> Split.of(new Dataset("any", "", two, sorted(100, 9)), share(0.2)),
        "test images of at least two classes, found 9 images of 1 class in");
    assertRefused(
        () -> Split.of(new Dataset("any", "", two, sorted(100, 1, 1, 1)), share(0.2)),
        "two test images of one class",
        "3 images of 3 classes");
    assertRefused(
        () -> Split.of(undivided(images(new int[40], IntStream.range(0, 40))), share(0.2)),
        "at least two classes");
    assertRefused(
        () -> Split.of(new Dataset("any", "", two, two), share(0.2)),
        "training images of at least two classes, found 0 images");
    assertRefused(
        () -> Split.of(undivided(sorted(0, 8, 8)), share(0.1)),
        "expected validation images of at least two classes, found 2 images of 1 class (it takes a"
            + " larger --validation-split than 0.1, or more images) in");
    assertEquals(4, Split.of(undivided(sorted(0, 8, 8)), share(0.4)).validation().size());
    assertRefused(
        () -> Split.of(undivided(sorted(0, 3, 3)), share(0.3)),
        "expected test images of at least two classes, found 0 images of 0 classes (it takes more"
            + " images, or a part to test on) in");
    assertRefused(
        () -> Split.of(new Dataset("any", "", sorted(0, 9), two), share(0.2)),
        "training images of at least two classes, found");
    int[] labels = IntStream.range(0, 40).map(image -> image % 2).toArray();
    LabeledImages equal = images(labels, IntStream.range(0, 40).map(image -> 5));
    assertRefused(() -> Split.of(undivided(equal), share(0.2)), "found 0 images");
  }

  @Test
  void refusesALimitTooSmall() {
    assertRefused(() -> limit(19), "at least 20", "found 19");
  }

  private static void assertRefused(Runnable work, String... words) {
    String message = assertThrows(IllegalArgumentException.class, work::run).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), () -> "expected '" + word + "' in: " + message);
    }
  }
}
