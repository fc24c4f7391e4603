package dev.siamese.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * An array as NumPy keeps it, in a file of its own or in an archive.
 *
 * @param header its type and shape
 * @param shape its dimensions
 * @param values its elements, the last index running fastest
 * @param what the array and its file, for messages
 */
record NpyArray(NpyHeader header, int[] shape, ByteBuffer values, String what) {
  private static final double TWO_TO_64 = 0x1p64;

  /**
   * Reads all of a stream.
   *
   * @throws IOException when it is no array of numbers or texts, or not whole
   */
  static NpyArray read(InputStream stream, String what) throws IOException {
    NpyHeader header = NpyHeader.read(stream, what);
    ArrayContent content = ArrayContent.read(stream, header.shape(), header.elementSize(), what);
    byte[] values =
        header.fortran()
            ? lastIndexFastest(content.values(), content.shape(), header.elementSize())
            : content.values();
    return new NpyArray(
        header, content.shape(), ByteBuffer.wrap(values).order(header.order()), what);
  }

  private static byte[] lastIndexFastest(byte[] values, int[] shape, int elementSize) {
    byte[] sorted = new byte[values.length];
    int[] index = new int[shape.length];
    for (int from = 0; from < values.length; from += elementSize) {
      int to = 0;
      for (int axis = 0; axis < shape.length; axis++) {
        to = to * shape[axis] + index[axis];
      }
      System.arraycopy(values, from, sorted, to * elementSize, elementSize);
      for (int axis = 0; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
        index[axis] = 0;
      }
    }
    return sorted;
  }

  /** The number of elements. */
  int size() {
    return values.capacity() / header.elementSize();
  }

  boolean isFloat() {
    return header.kind() == 'f';
  }

  boolean isText() {
    return header.kind() == 'U' || header.kind() == 'S';
  }

  /** An element of an array of floating numbers. */
  double real(int element) {
    return switch (header.elementSize()) {
      case 2 -> half(values.getShort(element * Short.BYTES));
      case 4 -> values.getFloat(element * Float.BYTES);
      default -> values.getDouble(element * Double.BYTES);
    };
  }

  /**
   * An element of an array of integers or truths; unsigned ones from 2⁶³ on, as {@link
   * Long#toUnsignedString(long)} has them, are negative here.
   */
  long integer(int element) {
    boolean signed = header.kind() == 'i';
    return switch (header.elementSize()) {
      case 1 -> signed ? values.get(element) : values.get(element) & 0xFF;
      case 2 -> {
        short value = values.getShort(element * Short.BYTES);
        yield signed ? value : value & 0xFFFF;
      }
      case 4 -> {
        int value = values.getInt(element * Integer.BYTES);
        yield signed ? value : Integer.toUnsignedLong(value);
      }
      default -> values.getLong(element * Long.BYTES);
    };
  }

  /** An element of an array of numbers. */
  double number(int element) {
    if (isFloat()) {
      return real(element);
    }
    long value = integer(element);
    return value < 0 && header.kind() == 'u' ? value + TWO_TO_64 : value;
  }

  /** An element of an array of texts. */
  String text(int element) {
    byte[] letters = new byte[header.elementSize()];
    values.get(element * letters.length, letters);
    Charset charset =
        header.kind() == 'S'
            ? StandardCharsets.UTF_8
            : Charset.forName(header.order() == ByteOrder.BIG_ENDIAN ? "UTF-32BE" : "UTF-32LE");
    return new String(letters, charset).replaceAll("\0+$", "");
  }

  /** A number of 16 bits, IEEE 754 binary16. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float size =
        exponent == 0
            ? Math.scalb((float) fraction, -24)
            : exponent == 0x1F
                ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                : Math.scalb((float) (fraction | 0x400), exponent - 25);
    return bits < 0 ? -size : size;
  }
}
