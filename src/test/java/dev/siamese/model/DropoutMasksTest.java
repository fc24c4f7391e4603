package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class DropoutMasksTest {
  private static final int VALUES = 128_000;
  private static final int STEPS = 9;

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 0.001, 0.75})
  void zeroesItsShareAndScalesTheRest(double rate) {
    double zeroed = 0;
    for (int step = 0; step < STEPS; step++) {
      double share = 1 - 1 / (double) new DropoutMasks(rate, 0, 1).scale(step);
      // Six standard deviations of a binomial distribution.
      assertEquals(share, zeros(mask(rate, 1, step)), 6 * Math.sqrt(share * (1 - share) / VALUES));
      assertEquals(rate, share, 1 / 256.0);
      zeroed += share;
    }
    // The shares of all steps differ from the rate by less than a 256th of one step.
    assertEquals(rate, zeroed / STEPS, 1 / 256.0 / STEPS);
  }

  @Test
  void keepsSomethingAtTheHighestRate() {
    // The threshold is rounded down to 255 in step 0, up to 256 in step 1, which would keep none.
    double rate = Math.nextDown(1.0);
    assertEquals(256, new DropoutMasks(rate, 0, 1).scale(1));
    assertEquals(255 / 256.0, zeros(mask(rate, 1, 1)), 6 * Math.sqrt(1 / 256.0 / VALUES));
  }

  @Test
  void isNothingAtRateZero() {
    assertEquals(1, new DropoutMasks(0, 0, 1).scale(0));
    assertEquals(0, zeros(mask(0, 1, 0)));
  }

  @Test
  void repeatsItselfForTheSameStep() {
    assertArrayEquals(mask(0.4, 1, 7), mask(0.4, 1, 7));
  }

  @Test
  void differsBySeedAndStep() {
    byte[] mask = mask(0.4, 1, 7);
    assertIndependent(mask, mask(0.4, 100, 7));
    assertIndependent(mask, mask(0.4, 1, 8));
  }

  @Test
  void groupsOfOtherRatesHaveOtherMasks() {
    byte[] first = mask(new DropoutMasks(0.4, 0, 1), 7, VALUES);
    byte[] second = mask(new DropoutMasks(0.4, 1, 1), 7, VALUES);
    assertIndependent(first, second);
    assertIndependent(second, mask(new DropoutMasks(0.4, 2, 1), 7, VALUES));
    // Nor is a group's mask the next step's of another.
    assertIndependent(second, mask(new DropoutMasks(0.4, 0, 1), 8, VALUES));
    assertEquals(0.25, zeros(mask(new DropoutMasks(0.25, 1, 1), 7, VALUES)), 0.01);
  }

  @Test
  void neighbouringValuesAreIndependent() {
    byte[] mask = mask(0.4, 1, 0);
    for (int distance = 1; distance <= 8; distance++) {
      byte[] shifted = new byte[VALUES];
      System.arraycopy(mask, distance, shifted, 0, VALUES - distance);
      System.arraycopy(mask, 0, shifted, VALUES - distance, distance);
      assertIndependent(mask, shifted);
    }
  }

  private static void assertIndependent(byte[] first, byte[] second) {
    int both = 0;
    for (int i = 0; i < VALUES; i++) {
      if (first[i] == 0 && second[i] == 0) {
        both++;
      }
    }
    double expected = zeros(first) * zeros(second);
    assertEquals(
        expected, (double) both / VALUES, 6 * Math.sqrt(expected * (1 - expected) / VALUES));
  }

  private static double zeros(byte[] mask) {
    int zeros = 0;
    for (byte kept : mask) {
      assertTrue(kept == 0 || kept == 1, () -> "" + kept);
      zeros += 1 - kept;
    }
    return (double) zeros / mask.length;
  }

  private static byte[] mask(double rate, long seed, long step) {
    return mask(new DropoutMasks(rate, 0, seed), step, VALUES);
  }

  /** A step's masks of so many values, a byte each. */
  public static byte[] mask(DropoutMasks dropout, long step, int size) {
    DropoutMasks.Masks masks = dropout.masks(step);
    ByteBuffer bytes = ByteBuffer.allocate(size + Long.BYTES).order(ByteOrder.nativeOrder());
    while (bytes.position() < size) {
      bytes.putLong(masks.next());
    }
    return Arrays.copyOf(bytes.array(), size);
  }
}
