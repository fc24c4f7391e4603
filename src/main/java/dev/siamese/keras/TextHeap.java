package dev.siamese.keras;

import io.jhdf.api.Attribute;
import io.jhdf.api.WritableAttributeImpl;
import io.jhdf.api.WritableNode;
import io.jhdf.object.datatype.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts of any length beside the groups of an HDF5 file. jHDF 0.13 writes them into the header of a
 * group, which has room for 64 KB, less than the configuration of many a model; HDF5 keeps longer
 * ones in a global heap (HDF5 File Format Specification, III.E), and so does this class.
 */
final class TextHeap {
  private static final int ALIGNMENT = 8;
  private static final int HEADER = 16;

  /** The least that the HDF5 library has. */
  private static final int LEAST_SIZE = 4096;

  /** Objects have numbers of 16 bits, from 1. */
  private static final int MOST_TEXTS = 65_535;

  private final long address;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<byte[]> texts = new ArrayList<>();

  /** A heap at this place of a file. */
  TextHeap(long address) {
    this.address = address;
  }

  /**
   * A text, or an array of some, as an attribute.
   *
   * @throws IllegalArgumentException when there are more texts than a heap can have
   */
  Attribute attribute(WritableNode node, String name, Object text) {
    for (String each : text instanceof String[] list ? list : new String[] {(String) text}) {
      if (!numbers.containsKey(each)) {
        texts.add(each.getBytes(StandardCharsets.UTF_8));
        numbers.put(each, texts.size());
      }
    }
    if (texts.size() > MOST_TEXTS) {
      throw new IllegalArgumentException(
          "expected at most %d texts, found %d".formatted(MOST_TEXTS, texts.size()));
    }
    return new WritableAttributeImpl(name, node, text) {
      @Override
      public DataType getDataType() {
        return new References();
      }
    };
  }

  /** Bytes that the heap takes; 0 when it is empty. */
  int size() {
    if (texts.isEmpty()) {
      return 0;
    }
    int size = 2 * HEADER; // The heap's own, and that of the free space.
    for (byte[] text : texts) {
      size = Math.addExact(size, HEADER + padded(text.length));
    }
    return Math.max(LEAST_SIZE, size);
  }

  private static int padded(int size) {
    return Math.addExact(size, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** The heap as it stands in the file. */
  ByteBuffer content() {
    ByteBuffer heap = ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN);
    heap.put("GCOL".getBytes(StandardCharsets.US_ASCII)).putInt(1).putLong(size());
    for (int i = 0; i < texts.size(); i++) {
      byte[] text = texts.get(i);
      heap.putShort((short) (i + 1)).putShort((short) 0).putInt(0).putLong(text.length).put(text);
      heap.position(padded(heap.position()));
    }
    heap.putLong(0).putLong(heap.remaining() + Long.BYTES); // The free space, itself included.
    return heap.rewind();
  }

  /** The type of texts of any length: where they are in the heap. */
  private final class References extends DataType {
    private static final int CLASS = 9;
    private static final int SIZE = Integer.BYTES + Long.BYTES + Integer.BYTES;

    References() {
      super(CLASS, SIZE);
    }

    @Override
    public Class<?> getJavaType() {
      return String.class;
    }

    @Override
    public Object fillData(
        ByteBuffer buffer, int[] dimensions, io.jhdf.storage.HdfBackingStorage storage) {
      throw new UnsupportedOperationException("a type to write");
    }

    @Override
    public ByteBuffer toBuffer() {
      ByteBuffer type = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
      // Texts, ended by 0, in UTF-8; of bytes, which are whole numbers of 8 bits without a sign.
      type.putInt(0x0001_0119).putInt(SIZE).putInt(0x10).putInt(1).putInt(0x0008_0000);
      return type.rewind();
    }

    @Override
    public ByteBuffer encodeData(Object data) {
      String[] all = data instanceof String[] list ? list : new String[] {(String) data};
      ByteBuffer references = ByteBuffer.allocate(all.length * SIZE).order(ByteOrder.LITTLE_ENDIAN);
      for (String text : all) {
        int number = numbers.get(text);
        references.putInt(texts.get(number - 1).length).putLong(address).putInt(number);
      }
      return references.rewind();
    }
  }
}
