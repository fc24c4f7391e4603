package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.Pairs;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GivenPairsTest {

  @Test
  void tellsHowManyPairsAreOfOneImage() {
    int[] first = {0, 1, 2, 3, 4};
    assertEquals(
        Optional.of(
            "2 of 5 pairs join an image with itself as the same class, which makes every figure of"
                + " the pairs look better than it is."),
        GivenPairs.remark(new Pairs(first, new int[] {0, 1, 2, 0, 0}, new byte[] {1, 0, 1, 1, 0})));
    assertEquals(
        Optional.empty(),
        GivenPairs.remark(new Pairs(first, new int[] {1, 2, 3, 4, 0}, new byte[] {1, 0, 1, 1, 0})));
  }
}
