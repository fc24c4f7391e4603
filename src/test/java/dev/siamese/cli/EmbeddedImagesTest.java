package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddedImagesTest {
  /** As those of the synthetic digits do: of every fifth image there would be two classes. */
  @Test
  void aSampleHasAllClassesThatComeInTurn() {
    int[] sample = EmbeddedImages.sample(10_000, 2000);
    assertEquals(2000, Arrays.stream(sample).distinct().count());
    assertArrayEquals(Arrays.stream(sample).sorted().toArray(), sample);
    for (int type = 0; type < 10; type++) {
      int label = type;
      long count = Arrays.stream(sample).filter(image -> image % 10 == label).count();
      assertTrue(count > 140 && count < 260, count + " of class " + label);
    }
    assertArrayEquals(sample, EmbeddedImages.sample(10_000, 2000));
  }

  @Test
  void aSampleOfFewIsAllOfThem() {
    assertArrayEquals(IntStream.range(0, 7).toArray(), EmbeddedImages.sample(7, 2000));
    assertArrayEquals(new int[0], EmbeddedImages.sample(0, 5));
  }
}
