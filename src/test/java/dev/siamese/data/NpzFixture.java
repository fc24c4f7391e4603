package dev.siamese.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes NumPy archives as Keras does. */
public final class NpzFixture {
  private NpzFixture() {}

  /** The four arrays of Keras's mnist.npz. */
  public static Map<String, byte[]> arrays(LabeledImages train, LabeledImages test) {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("x_train", images(train));
    arrays.put("y_train", labels(train, "|u1", 1));
    arrays.put("x_test", images(test));
    arrays.put("y_test", labels(test, "|u1", 1));
    return arrays;
  }

  static byte[] images(LabeledImages images) {
    String channels = images.shape().channels() == 1 ? "" : ", " + images.shape().channels();
    String shape =
        "(%d, %d, %d%s)".formatted(images.size(), images.height(), images.width(), channels);
    return images(images, shape);
  }

  static byte[] images(LabeledImages images, String shape) {
    ByteBuffer values = ByteBuffer.wrap(IdxFixture.pixels(images));
    return npy(1, header("|u1", "False", shape), values);
  }

  static byte[] labels(LabeledImages images, String type, int width) {
    boolean big = type.startsWith(">");
    ByteBuffer values =
        ByteBuffer.allocate(images.size() * width)
            .order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (int label : images.labels()) {
      switch (width) {
        case 1 -> values.put((byte) label);
        case 2 -> values.putShort((short) label);
        case 4 -> values.putInt(label);
        default -> values.putLong(label);
      }
    }
    return npy(1, header(type, "False", "(" + images.size() + ",)"), values.flip());
  }

  /** An array of values as they are written. */
  static byte[] values(String type, String shape, String... values) {
    ByteBuffer bytes = ByteBuffer.allocate(1000);
    bytes.order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (String value : values) {
      switch (type.substring(1)) {
        case "i1", "u1", "b1" -> bytes.put((byte) Short.parseShort(value));
        case "i4" -> bytes.putInt(Integer.parseInt(value));
        case "f4" -> bytes.putFloat(Float.parseFloat(value));
        case "f8" -> bytes.putDouble(Double.parseDouble(value));
        case "S4" -> bytes.put(Arrays.copyOf(value.getBytes(StandardCharsets.UTF_8), 4));
        default -> {
          int letters = type.charAt(2) - '0';
          for (int i = 0; i < letters; i++) {
            bytes.putInt(i < value.length() ? value.charAt(i) : 0);
          }
        }
      }
    }
    return npy(1, header(type, "False", shape), bytes.flip());
  }

  static String header(String type, String fortranOrder, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
        .formatted(type, fortranOrder, shape);
  }

  static byte[] npy(int version, String header, ByteBuffer values) {
    byte[] text = (header + "   \n").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + (version == 1 ? 2 : 4) + text.length + values.remaining())
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    if (version == 1) {
      bytes.putShort((short) text.length);
    } else {
      bytes.putInt(text.length);
    }
    return bytes.put(text).put(values).array();
  }

  public static Path write(Path file, Map<String, byte[]> arrays, int method) throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(archive)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
        CRC32 checksum = new CRC32();
        checksum.update(array.getValue());
        entry.setMethod(method);
        entry.setSize(array.getValue().length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(array.getValue());
      }
    }
    return Files.write(file, archive.toByteArray());
  }
}
