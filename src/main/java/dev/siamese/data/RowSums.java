package dev.siamese.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Adds rows of unsigned bytes up, eight at a time: those in even and in odd places of a long, each
 * in 16 bits.
 */
final class RowSums {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EVEN = 0x00FF_00FF_00FF_00FFL;

  /** As many rows as 16 bits have room for. */
  private static final int MOST = 0xFFFF / 0xFF;

  private final long[] even;
  private final long[] odd;
  private final int[] rest;
  private int rows;

  /** Prepares for rows of this many bytes. */
  RowSums(int length) {
    even = new long[length / Long.BYTES];
    odd = new long[length / Long.BYTES];
    rest = new int[length % Long.BYTES];
  }

  /**
   * Adds a row.
   *
   * @param from where it begins
   * @param sums takes what there is no more room for
   */
  void add(byte[] source, int from, double[] sums) {
    if (rows == MOST) {
      moveTo(sums);
    }
    for (int i = 0; i < even.length; i++) {
      long bytes = (long) LONGS.get(source, from + i * Long.BYTES);
      even[i] += bytes & EVEN;
      odd[i] += bytes >>> 8 & EVEN;
    }
    for (int i = 0; i < rest.length; i++) {
      rest[i] += source[from + even.length * Long.BYTES + i] & 0xFF;
    }
    rows++;
  }

  /** Adds the sums to others, and begins anew. */
  void moveTo(double[] sums) {
    if (rows == 0) {
      return;
    }
    for (int i = 0; i < even.length; i++) {
      long evens = even[i];
      long odds = odd[i];
      int at = i * Long.BYTES;
      for (int place = 0; place < Long.BYTES; place += 2) {
        sums[at + place] += evens & 0xFFFF;
        sums[at + place + 1] += odds & 0xFFFF;
        evens >>>= 16;
        odds >>>= 16;
      }
      even[i] = 0;
      odd[i] = 0;
    }
    for (int i = 0; i < rest.length; i++) {
      sums[even.length * Long.BYTES + i] += rest[i];
      rest[i] = 0;
    }
    rows = 0;
  }
}
