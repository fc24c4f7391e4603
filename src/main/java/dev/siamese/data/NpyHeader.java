package dev.siamese.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands before the elements in a NumPy .npy file of format 1, 2 or 3.
 *
 * @param kind NumPy's letter for the type: u unsigned, i signed
 * @param elementSize bytes of an element
 * @param order byte order of the elements
 * @param shape the array's dimensions
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format</a>
 */
record NpyHeader(char kind, int elementSize, ByteOrder order, long[] shape) {
  private static final byte[] MAGIC = "\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1);
  private static final int LONGEST = 1 << 16;
  private static final Pattern TYPE =
      Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-zA-Z])([1248])'");
  private static final Pattern C_ORDER = Pattern.compile("'fortran_order'\\s*:\\s*False");
  private static final Pattern SHAPE =
      Pattern.compile("'shape'\\s*:\\s*\\((\\d{1,18}(?:, *\\d{1,18})*+),?\\)");

  /**
   * Reads the header and leaves the stream at the first element.
   *
   * @param what the array and its file, for messages
   * @throws IOException when it is not such a header, or of an array that is not row after row
   */
  static NpyHeader read(InputStream stream, String what) throws IOException {
    byte[] start = stream.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("expected a NumPy array, found something else as " + what);
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3) {
      throw new IOException("expected .npy format 1 to 3, found %d as %s".formatted(version, what));
    }
    byte[] lengthBytes = stream.readNBytes(version == 1 ? Short.BYTES : Integer.BYTES);
    long length =
        ByteBuffer.wrap(Arrays.copyOf(lengthBytes, Long.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong();
    if (length > LONGEST) {
      throw new IOException(
          "expected a header of at most %d bytes, found %d as %s".formatted(LONGEST, length, what));
    }
    String text = new String(stream.readNBytes((int) length), StandardCharsets.UTF_8);
    return parse(text, what);
  }

  private static NpyHeader parse(String text, String what) throws IOException {
    Matcher type = TYPE.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!type.find() || !shape.find() || !C_ORDER.matcher(text).find()) {
      throw new IOException(
          "expected an array of numbers in C order, found %s as %s".formatted(text.strip(), what));
    }
    long[] dimensions =
        Arrays.stream(shape.group(1).split(", *")).mapToLong(Long::parseLong).toArray();
    ByteOrder order =
        switch (type.group(1)) {
          case ">" -> ByteOrder.BIG_ENDIAN;
          case "=" -> ByteOrder.nativeOrder();
          default -> ByteOrder.LITTLE_ENDIAN;
        };
    return new NpyHeader(
        type.group(2).charAt(0), Integer.parseInt(type.group(3)), order, dimensions);
  }

  /**
   * Checks the array's form.
   *
   * @param dimensions the numbers of dimensions that it may have
   * @throws IOException when it has another number of dimensions or the type does not fit
   */
  void require(List<Integer> dimensions, String type, boolean fits, String what)
      throws IOException {
    if (!dimensions.contains(shape.length) || !fits) {
      String expected =
          dimensions.stream().map(Object::toString).collect(Collectors.joining("- or "));
      throw new IOException(
          "expected %s-dimensional %s, found %d-dimensional %c%d as %s"
              .formatted(expected, type, shape.length, kind, elementSize, what));
    }
  }
}
