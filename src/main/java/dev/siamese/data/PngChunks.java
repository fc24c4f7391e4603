package dev.siamese.data;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * The parts that a PNG file is made of: a length, a type, as many bytes, and a checksum.
 *
 * @see <a href="https://www.w3.org/TR/png-3/#5Chunk-layout">PNG, chunk layout</a>
 */
final class PngChunks {
  /** Where the first one begins, behind the signature. */
  static final int FIRST = 8;

  /** Where the content of one begins, from its own beginning on. */
  static final int CONTENT = 8;

  static final int DATA = 0x49444154;
  static final int TRANSPARENCY = 0x74524E53;
  static final int EXIF = 0x65584966;
  static final int END = 0x49454E44;

  /** Length, type and checksum. */
  private static final int AROUND = 12;

  private PngChunks() {}

  /**
   * Where the next chunk of a type begins; empty where there is none before the end of the picture
   * or of the file.
   *
   * @param from where a chunk begins
   */
  static OptionalInt find(byte[] bytes, int from, int type) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long at = from;
    while (at + AROUND <= bytes.length) {
      int found = buffer.getInt((int) at + Integer.BYTES);
      if (found == type) {
        return OptionalInt.of((int) at);
      }
      if (found == END) {
        return OptionalInt.empty();
      }
      at += AROUND + Integer.toUnsignedLong(buffer.getInt((int) at));
    }
    return OptionalInt.empty();
  }

  /** The bytes of the content of a chunk, as it tells. */
  static int length(byte[] bytes, int chunk) {
    return ByteBuffer.wrap(bytes).getInt(chunk);
  }

  /** Where the chunk behind another begins. */
  static int next(byte[] bytes, int chunk) {
    return chunk + AROUND + length(bytes, chunk);
  }
}
