package dev.siamese.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * PNG as most files have it: eight bits a channel, grey or colours, neither interlaced nor
 * transparent. Folders hold many of them, and Java's reader, which knows the others, takes several
 * times as long for a small one.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG, third edition</a>
 */
final class PlainPng {
  private static final int HEADER = 16;
  private static final int COLOUR = 2;

  private final byte[] bytes;
  private final int width;
  private final int height;
  private final int channels;

  private PlainPng(byte[] bytes) {
    this.bytes = bytes;
    ByteBuffer header = ByteBuffer.wrap(bytes);
    width = header.getInt(HEADER);
    height = header.getInt(HEADER + 4);
    channels = bytes[HEADER + 9] == COLOUR ? 3 : 1;
  }

  /**
   * Reads a whole PNG file.
   *
   * @param mostPixels that are read here
   * @return nothing if it is of another kind
   * @throws IOException when its data are damaged
   */
  static Optional<DecodedPicture> read(byte[] bytes, long mostPixels) throws IOException {
    int kind = bytes[HEADER + 9];
    boolean plain =
        bytes[HEADER + 8] == 8 && (kind == 0 || kind == COLOUR) && bytes[HEADER + 12] == 0;
    if (!plain) {
      return Optional.empty();
    }
    PlainPng png = new PlainPng(bytes);
    boolean usual = png.width > 0 && png.height > 0 && (long) png.width * png.height <= mostPixels;
    return usual && png.isOpaque() ? Optional.of(png.picture()) : Optional.empty();
  }

  private boolean isOpaque() {
    return PngChunks.find(bytes, PngChunks.FIRST, PngChunks.TRANSPARENCY).isEmpty();
  }

  private DecodedPicture picture() throws IOException {
    int length = width * channels;
    byte[] rows = new byte[height * (length + 1)];
    inflate(rows);
    byte[] values = new byte[height * length];
    for (int row = 0; row < height; row++) {
      int from = row * (length + 1);
      System.arraycopy(rows, from + 1, values, row * length, length);
      unfilter(rows[from], values, row * length, length, row == 0);
    }
    return new DecodedPicture(height, width, channels, values, Optional.empty());
  }

  private void inflate(byte[] rows) throws IOException {
    Inflater inflater = new Inflater();
    try {
      int filled = 0;
      OptionalInt data = PngChunks.find(bytes, PngChunks.FIRST, PngChunks.DATA);
      while (data.isPresent()) {
        int chunk = data.getAsInt();
        inflater.setInput(bytes, chunk + PngChunks.CONTENT, PngChunks.length(bytes, chunk));
        int count;
        do {
          count = inflater.inflate(rows, filled, rows.length - filled);
          filled += count;
        } while (count > 0);
        data = PngChunks.find(bytes, PngChunks.next(bytes, chunk), PngChunks.DATA);
      }
      if (filled < rows.length) {
        throw new IOException("expected %d bytes of rows, found %d".formatted(rows.length, filled));
      }
    } catch (DataFormatException e) {
      throw new IOException("damaged data: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private void unfilter(int filter, byte[] values, int start, int length, boolean first)
      throws IOException {
    for (int i = start; i < start + length && filter != 0; i++) {
      int left = i - start < channels ? 0 : values[i - channels] & 0xFF;
      int up = first ? 0 : values[i - length] & 0xFF;
      int corner = first || i - start < channels ? 0 : values[i - length - channels] & 0xFF;
      values[i] +=
          (byte)
              switch (filter) {
                case 1 -> left;
                case 2 -> up;
                case 3 -> (left + up) / 2;
                case 4 -> paeth(left, up, corner);
                default -> throw new IOException("expected filters 0 to 4, found " + filter);
              };
    }
  }

  private static int paeth(int left, int up, int corner) {
    int estimate = left + up - corner;
    int ofLeft = Math.abs(estimate - left);
    int ofUp = Math.abs(estimate - up);
    int ofCorner = Math.abs(estimate - corner);
    return ofLeft <= ofUp && ofLeft <= ofCorner ? left : ofUp <= ofCorner ? up : corner;
  }
}
