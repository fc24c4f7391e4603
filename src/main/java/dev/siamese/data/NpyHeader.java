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

/**
 * What stands before the elements in a NumPy .npy file of format 1, 2 or 3.
 *
 * @param kind NumPy's letter for the type: u unsigned, i signed, f floating, b true or false, U
 *     text of four bytes a letter, S text of one
 * @param elementSize bytes of an element
 * @param order byte order of the elements
 * @param fortran whether the first index runs fastest, instead of the last
 * @param shape the array's dimensions
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format</a>
 */
record NpyHeader(char kind, int elementSize, ByteOrder order, boolean fortran, long[] shape) {
  private static final byte[] MAGIC = "\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1);
  private static final int LONGEST = 1 << 16;
  private static final Pattern TYPE =
      Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([uifbUS])([0-9]{1,6})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(False|True)");
  private static final Pattern SHAPE =
      Pattern.compile("'shape'\\s*:\\s*\\((\\d{1,18}(?:, *\\d{1,18})*+),?\\)");

  /**
   * Reads the header and leaves the stream at the first element.
   *
   * @param what the array and its file, for messages
   * @throws IOException when it is not such a header, or of other elements than numbers and texts
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
    return parse(text.replaceAll("\\p{Cntrl}+", " ").strip(), what);
  }

  private static NpyHeader parse(String text, String what) throws IOException {
    Matcher type = TYPE.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    Matcher memory = ORDER.matcher(text);
    if (text.contains("'|O'")) {
      throw new IOException(
          "expected an array of numbers or texts, found Python objects as %s: save it"
                  .formatted(what)
              + " .astype(int) or .astype(str)");
    }
    if (!type.find() || !shape.find() || !memory.find()) {
      throw new IOException(
          "expected an array of numbers or texts, found %s as %s".formatted(text, what));
    }
    int letter = type.group(2).charAt(0) == 'U' ? Integer.BYTES : 1;
    int elementSize = letter * Integer.parseInt(type.group(3));
    if (elementSize == 0) {
      throw new IOException("expected texts, found empty ones as " + what);
    }
    if ("uifb".contains(type.group(2)) && !List.of(1, 2, 4, 8).contains(elementSize)) {
      throw new IOException(
          "expected numbers of 1, 2, 4 or 8 bytes, found %s as %s".formatted(text, what));
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
        type.group(2).charAt(0), elementSize, order, memory.group(1).equals("True"), dimensions);
  }

  /** The type as NumPy writes it, for messages. */
  String type() {
    return kind + Integer.toString(kind == 'U' ? elementSize / Integer.BYTES : elementSize);
  }
}
