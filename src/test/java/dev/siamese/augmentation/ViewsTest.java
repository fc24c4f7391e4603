package dev.siamese.augmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.SyntheticDigits;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private final LabeledImages digits = SyntheticDigits.dataset(1, 30, 1).train();

  private static byte[] pixels(LabeledImages images) {
    byte[] pixels = new byte[images.size() * images.shape().pixels()];
    images.copyPixels(0, images.size(), pixels);
    return pixels;
  }

  private static byte[] pixels(LabeledImages images, int image) {
    return pixels(images.range(image, image + 1));
  }

  @Test
  void eachPictureIsAClassOfItsViews() {
    LabeledImages views = Views.of(digits, Augmentation.DIGITS, 3, 5);
    assertArrayEquals(IntStream.range(0, 90).map(view -> view / 3).toArray(), views.labels());
    assertEquals("17", views.className(17 * 3));
    assertEquals(digits.shape(), views.shape());
    assertFalse(Arrays.equals(pixels(views, 0), pixels(views, 1)));
    assertFalse(Arrays.equals(pixels(views, 1), pixels(views, 2)));
  }

  @Test
  void theSeedFixesThem() {
    byte[] views = pixels(Views.of(digits, Augmentation.DIGITS, 2, 5));
    assertArrayEquals(views, pixels(Views.of(digits, Augmentation.DIGITS, 2, 5)));
    assertFalse(Arrays.equals(views, pixels(Views.of(digits, Augmentation.DIGITS, 2, 6))));
    // Those of the first pictures do not depend on how many there are.
    LabeledImages fewer = Views.of(digits.range(0, 10), Augmentation.DIGITS, 2, 5);
    assertArrayEquals(Arrays.copyOf(views, 20 * digits.shape().pixels()), pixels(fewer));
  }

  @Test
  void originalsStandBeforeTheirViews() {
    LabeledImages both = Views.besideOriginals(digits, Augmentation.DIGITS, 2, 5);
    LabeledImages views = Views.of(digits, Augmentation.DIGITS, 2, 5);
    for (int picture = 0; picture < digits.size(); picture++) {
      assertArrayEquals(pixels(digits, picture), pixels(both, 3 * picture));
      assertArrayEquals(pixels(views, 2 * picture + 1), pixels(both, 3 * picture + 2));
    }
  }

  @Test
  void noChangeMakesViewsThatAreAllAlike() {
    LabeledImages views = Views.of(digits, Augmentation.NONE, 2, 5);
    for (int view = 0; view < views.size(); view++) {
      assertArrayEquals(pixels(digits, view / 2), pixels(views, view));
    }
  }

  /** Pairs of one class are of one picture, in two views. */
  @Test
  void pairsAreDrawnOfThem() {
    ImageShape shape = new ImageShape(4, 5, 3);
    byte[] noise = new byte[12 * shape.pixels()];
    new SplittableRandom(1).nextBytes(noise);
    LabeledImages views =
        Views.of(new LabeledImages(noise, new int[12], shape), Augmentation.PHOTOS, 2, 0);
    Pairs pairs = Pairs.draw(views, new SplittableRandom(2));
    assertEquals(48, pairs.size());
    for (int pair = 0; pair < pairs.size(); pair++) {
      boolean same = pairs.first()[pair] / 2 == pairs.second()[pair] / 2;
      assertEquals(pairs.labels()[pair] == Pairs.SAME, same);
    }
  }

  @Test
  void refusesNoView() {
    assertThrows(IllegalArgumentException.class, () -> Views.of(digits, Augmentation.DIGITS, 0, 1));
  }
}
