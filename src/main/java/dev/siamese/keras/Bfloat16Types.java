package dev.siamese.keras;

import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.StringData.PaddingType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Makes HDF5 files with bfloat16 readable. HDF5 has no such type, so that h5py keeps the bits as
 * opaque values of two bytes without a tag, and jHDF 0.13 fails at the tag that is not there. The
 * type is looked at as a text of two bytes instead, of a kind that Keras never writes.
 */
final class Bfloat16Types {
  /** The beginning of a message in an object's header: 8 bytes of a data type follow. */
  private static final long MESSAGE = 0x0008_0003L;

  /** A byte of flags and three for nothing stand behind the beginning. */
  private static final long FLAGS = 0xFFL << 32;

  /** Opaque, of two bytes. */
  private static final long OPAQUE = 0x0000_0002_0000_0015L;

  /** A text in UTF-8, padded with blanks, of two bytes. */
  private static final long TEXT = 0x0000_0002_0000_1213L;

  private Bfloat16Types() {}

  /** The same file, changed where jHDF could not read it; as it is where there is nothing such. */
  static ByteBuffer readable(ByteBuffer file) {
    ByteBuffer readable = file.order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 2 * Long.BYTES <= file.capacity(); at++) {
      if (file.getLong(at + Long.BYTES) == OPAQUE && (file.getLong(at) & ~FLAGS) == MESSAGE) {
        if (readable == file) {
          readable = ByteBuffer.allocate(file.capacity()).order(ByteOrder.LITTLE_ENDIAN);
          readable.put(0, file, 0, file.capacity());
        }
        readable.putLong(at + Long.BYTES, TEXT);
      }
    }
    return readable.order(ByteOrder.BIG_ENDIAN);
  }

  /** Whether values that were made readable are of this type. */
  static boolean isOf(DataType type) {
    return type instanceof StringData text
        && text.getSize() == Short.BYTES
        && text.getPaddingType() == PaddingType.SPACE_PADDED
        && text.getCharset().equals(StandardCharsets.UTF_8);
  }
}
