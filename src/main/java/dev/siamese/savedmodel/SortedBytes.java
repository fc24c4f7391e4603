package dev.siamese.savedmodel;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Protobuf messages as bytes that are the same for the same content: what is looked up by name is
 * sorted, where TensorFlow hands it over in an order of chance.
 */
final class SortedBytes {
  private SortedBytes() {}

  static byte[] of(Message message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array of the size that it told was too small", e);
    }
    out.checkNoSpaceLeft();
    return bytes;
  }
}
