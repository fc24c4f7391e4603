package dev.siamese.augmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.ImageShape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AugmenterTest {
  private static final ImageShape GREY = ImageShape.MNIST;
  private static final ImageShape COLOUR = new ImageShape(19, 30, 3);

  private static final List<Augmentation> PRESETS =
      List.of(Augmentation.DIGITS, Augmentation.PHOTOS);

  /** Each change with some strength and with none: one row a change. */
  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of(new Shift(0.2), new Shift(0)),
        Arguments.of(new Rotation(0.5), new Rotation(0)),
        Arguments.of(new Scale(0.7, 1.3), new Scale(1, 1)),
        Arguments.of(new Shear(0.4), new Shear(0)),
        Arguments.of(new Crop(0.3, 1.5), new Crop(1, 1)),
        Arguments.of(new Flip(1, 0), new Flip(0, 0)),
        Arguments.of(new Elastic(0.05, 0.1), new Elastic(0, 0.1)),
        Arguments.of(new StrokeWidth(0.04, 0.04), new StrokeWidth(0, 0)),
        Arguments.of(new Brightness(0.4), new Brightness(0)),
        Arguments.of(new Contrast(0.4), new Contrast(0)),
        Arguments.of(new Colour(0.5, 0.5, 0.2), new Colour(0, 0, 0)),
        Arguments.of(new Blur(1, 0.1), new Blur(1, 0)),
        Arguments.of(new Blur(1, 0.1), new Blur(0, 0.1)),
        Arguments.of(new Erase(1, 0.1, 0.2), new Erase(0, 0.1, 0.2)),
        Arguments.of(new Erase(1, 0.1, 0.2), new Erase(1, 0, 0)));
  }

  @Test
  void everyChangeIsTried() {
    Set<Class<?>> tried = new HashSet<>();
    changes().forEach(row -> tried.add(row.get()[0].getClass()));
    assertEquals(kinds(Change.class).toList().size(), tried.size());
  }

  /** The records of a sealed interface and of those that it permits. */
  private static Stream<Class<?>> kinds(Class<?> of) {
    return of.isSealed()
        ? Arrays.stream(of.getPermittedSubclasses()).flatMap(AugmenterTest::kinds)
        : Stream.of(of);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void noStrengthLeavesEveryBit(Change some, Change none) {
    for (ImageShape shape : List.of(GREY, COLOUR)) {
      byte[] image = Changed.noise(shape, 1);
      for (Outside outside : Outside.values()) {
        assertArrayEquals(image, Changed.by(none, outside, image, shape, 5), shape.toString());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("changes")
  void someStrengthChangesImagesAndEachOtherwise(Change some, Change none) {
    byte[] image = Changed.noise(COLOUR, 2);
    byte[] first = Changed.by(some, Outside.GROUND, image, COLOUR, 1);
    assertFalse(Arrays.equals(image, first));
    assertArrayEquals(first, Changed.by(some, Outside.GROUND, image, COLOUR, 1));
    assertTrue(
        some instanceof Flip
            || !Arrays.equals(first, Changed.by(some, Outside.GROUND, image, COLOUR, 2)));
  }

  @Test
  void seedEpochImageAndViewEachMakeAnother() {
    Set<Long> drawn = new HashSet<>();
    for (int seed = 0; seed < 3; seed++) {
      for (int epoch = 0; epoch < 3; epoch++) {
        for (int image = 0; image < 3; image++) {
          for (int view = 0; view < 3; view++) {
            long first = Augmenter.generator(seed, epoch, image, view).nextLong();
            assertEquals(first, Augmenter.generator(seed, epoch, image, view).nextLong());
            drawn.add(first);
          }
        }
      }
    }
    assertEquals(81, drawn.size());
  }

  /** What a run and its resumption rely on, in whatever order and thread images are taken. */
  @Test
  void neitherThreadNorOrderMatters() {
    for (Augmentation preset : PRESETS) {
      Augmenter augmenter = new Augmenter(preset, COLOUR);
      byte[] images = new byte[50 * COLOUR.pixels()];
      new SplittableRandom(3).nextBytes(images);
      byte[] alone = new byte[images.length];
      IntStream.range(0, 50).forEach(image -> changeOne(augmenter, images, image, alone));
      byte[] together = new byte[images.length];
      IntStream.range(0, 50)
          .map(image -> 49 - image)
          .parallel()
          .forEach(image -> changeOne(augmenter, images, image, together));
      assertArrayEquals(alone, together, preset.name());
    }
  }

  private static void changeOne(Augmenter augmenter, byte[] images, int image, byte[] target) {
    int start = image * COLOUR.pixels();
    augmenter.apply(images, start, target, start, Augmenter.generator(7, 2, image, 1));
  }

  @Test
  void anImageMayBeChangedWhereItIs() {
    for (Augmentation preset : PRESETS) {
      Augmenter augmenter = new Augmenter(preset, GREY);
      byte[] image = Changed.ellipse(GREY);
      byte[] apart = new byte[image.length];
      augmenter.apply(image, 0, apart, 0, new SplittableRandom(1));
      augmenter.apply(image, 0, image, 0, new SplittableRandom(1));
      assertArrayEquals(apart, image);
    }
  }

  /** A digit stays one: its ink neither leaves the image nor floods it, and its ground is black. */
  @Test
  void digitsKeepTheirInk() {
    byte[] image = Changed.ellipse(GREY);
    Augmenter augmenter = new Augmenter(Augmentation.DIGITS, GREY);
    double sum = 0;
    for (int view = 0; view < 200; view++) {
      byte[] changed = new byte[image.length];
      augmenter.apply(image, 0, changed, 0, Augmenter.generator(0, 1, 0, view));
      double share = (double) Changed.sum(changed) / Changed.sum(image);
      assertTrue(share > 0.35 && share < 2.2, "found " + share);
      assertEquals(0, changed[0]);
      sum += share;
    }
    assertEquals(1, sum / 200, 0.1);
  }

  /** Nothing black comes into photographs. */
  @Test
  void photographsAreSurroundedByTheirBorder() {
    byte[] image = new byte[COLOUR.pixels()];
    Arrays.fill(image, (byte) 180);
    List<Change> moves =
        Augmentation.PHOTOS.changes().stream().filter(GeometricChange.class::isInstance).toList();
    Augmenter augmenter =
        new Augmenter(new Augmentation("moves", moves, Augmentation.PHOTOS.outside()), COLOUR);
    byte[] changed = new byte[image.length];
    for (int view = 0; view < 20; view++) {
      augmenter.apply(image, 0, changed, 0, new SplittableRandom(view));
      assertArrayEquals(image, changed);
    }
  }
}
