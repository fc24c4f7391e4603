package dev.siamese.data;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Ends the reading of a row that has no end, before it fills the memory. */
final class BoundedReader extends FilterReader {
  /** More than a row of any table, and than is read ahead of it. */
  private static final int MOST_LETTERS = 1 << 24;

  private int letters;

  BoundedReader(Reader reader) {
    super(reader);
  }

  /** A row begins. */
  void restart() {
    letters = 0;
  }

  @Override
  public int read() throws IOException {
    return counted(super.read(), 1);
  }

  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    return counted(read, read);
  }

  private int counted(int result, int more) throws IOException {
    letters += Math.max(0, more);
    if (letters > MOST_LETTERS) {
      throw new IOException("a row of more than %d letters".formatted(MOST_LETTERS));
    }
    return result;
  }
}
