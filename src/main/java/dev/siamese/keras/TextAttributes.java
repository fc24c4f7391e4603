package dev.siamese.keras;

import io.jhdf.GlobalHeap;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.VariableLength;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads texts beside the groups of an HDF5 file that may be hostile, as Keras keeps what is no
 * array. All that are read of a file together are bounded, as many may stand for one long text.
 */
final class TextAttributes {
  /** More layers, and arrays of them, than any file of Keras has. */
  private static final int MOST_TEXTS = 100_000;

  /** As many as a text in a {@code .keras} file can have. */
  private static final long MOST_BYTES = 1 << 26;

  /** Neighbouring texts stand in few heaps. */
  private static final int MOST_HEAPS = 16;

  private final String source;
  private final Map<Long, GlobalHeap> heaps = new HashMap<>();
  private long texts;
  private long bytes;

  /**
   * Prepares to read.
   *
   * @param source the file, for messages
   */
  TextAttributes(String source) {
    this.source = source;
  }

  /**
   * The text of this name, if there is one.
   *
   * @throws IOException when it is too long
   */
  Optional<String> text(Group group, String name) throws IOException {
    Attribute attribute = group.getAttribute(name);
    return attribute != null && attribute.isScalar() && attribute.getJavaType() == String.class
        ? Optional.of(read(attribute, 1).get(0))
        : Optional.empty();
  }

  /** Whether there is a list of this name. */
  static boolean hasTexts(Group group, String name) {
    return group.getAttribute(name) != null || group.getAttribute(name + 0) != null;
  }

  /**
   * The list of this name, which Keras parts in several where it is long; empty where there is
   * none.
   *
   * @throws IOException when it holds something else, or too much
   */
  List<String> texts(Group group, String name) throws IOException {
    if (group.getAttribute(name) != null) {
      return list(group.getAttribute(name));
    }
    List<String> all = new ArrayList<>();
    for (int part = 0; group.getAttribute(name + part) != null; part++) {
      all.addAll(list(group.getAttribute(name + part)));
    }
    return all;
  }

  private List<String> list(Attribute attribute) throws IOException {
    if (attribute.isEmpty() || attribute.getSize() == 0) {
      return List.of(); // Of numbers, as numpy has an empty list.
    }
    if (attribute.getDimensionsAsLong().length != 1 || attribute.getJavaType() != String.class) {
      throw new IOException(
          "expected a list of names as %s, found something else in %s"
              .formatted(place(attribute), source));
    }
    return read(attribute, attribute.getDimensionsAsLong()[0]);
  }

  private static String place(Attribute attribute) {
    return "%s of %s"
        .formatted(Json.show(attribute.getName()), Json.show(attribute.getNode().getPath()));
  }

  private List<String> read(Attribute attribute, long count) throws IOException {
    texts += count;
    requireRoom(attribute);
    DataType type = attribute.getDataType();
    if (type instanceof VariableLength texts) {
      return inHeaps(attribute, texts, (int) count);
    }
    bytes += count * type.getSize();
    requireRoom(attribute);
    return attribute.getData() instanceof String[] several
        ? List.of(several)
        : List.of((String) attribute.getData());
  }

  private void requireRoom(Attribute attribute) throws IOException {
    if (texts > MOST_TEXTS || bytes > MOST_BYTES) {
      throw new IOException(
          "expected at most %d texts of %d bytes in all, found more at %s in %s"
              .formatted(MOST_TEXTS, MOST_BYTES, place(attribute), source));
    }
  }

  /** What jHDF does, but that it copies each text before anybody sees how long all are. */
  private List<String> inHeaps(Attribute attribute, VariableLength type, int count)
      throws IOException {
    ByteBuffer references = attribute.getBuffer().order(ByteOrder.LITTLE_ENDIAN);
    List<String> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      references.getInt(); // The length, which the heap tells too.
      long address = references.getLong();
      int number = references.getInt();
      if (number == 0) {
        read.add("");
        continue;
      }
      ByteBuffer text = heap(attribute, address).getObjectData(number);
      bytes += text.remaining();
      requireRoom(attribute);
      read.add(type.getEncoding().decode(text).toString());
    }
    return read;
  }

  private GlobalHeap heap(Attribute attribute, long address) {
    if (heaps.size() == MOST_HEAPS) {
      heaps.clear();
    }
    return heaps.computeIfAbsent(
        address, at -> new GlobalHeap(attribute.getNode().getHdfFile().getHdfBackingStorage(), at));
  }
}
