package dev.siamese.data;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of a picture file, for decoders. Some of these take what is missing for zeros, of which
 * there is no end: they get a few, and then an error.
 */
final class PictureStream extends ImageInputStreamImpl {
  /** Decoders may look a little ahead. */
  private static final int MOST_READS_BEHIND = 64;

  private final byte[] bytes;
  private int readsBehind;

  PictureStream(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    if (isBehind()) {
      return -1;
    }
    return bytes[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int start, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (isBehind()) {
      return -1;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, target, start, count);
    streamPos += count;
    return count;
  }

  private boolean isBehind() throws IOException {
    boolean behind = streamPos >= bytes.length;
    if (behind && ++readsBehind > MOST_READS_BEHIND) {
      throw new IOException("the file ends early");
    }
    return behind;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public boolean isCached() {
    return true;
  }

  @Override
  public boolean isCachedMemory() {
    return true;
  }
}
