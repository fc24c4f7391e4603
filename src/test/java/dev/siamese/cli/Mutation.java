package dev.siamese.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Changes content at random: what damage and malice do to files, in ways that recur. */
final class Mutation {
  /** Sizes that claim too much, or too little, as the fields of binary forms hold them. */
  private static final List<Long> EXTREMES =
      List.of(
          0L,
          1L,
          -1L,
          0x7FL,
          0xFFL,
          0x7FFFL,
          0xFFFFL,
          0x7FFFFFFFL,
          0x80000000L,
          0xFFFFFFF0L,
          1L << 40,
          Long.MAX_VALUE,
          Long.MIN_VALUE);

  private static final List<String> WORDS =
      List.of(
          "99999999999999999999",
          "-1",
          "1e999",
          "NaN",
          "null",
          "[]",
          "{}",
          "\"",
          "../../x",
          "\0",
          "[[[[[[[[",
          "2147483647");

  private static final int PNG_HEAD = 8;

  private final Random random;

  Mutation(Random random) {
    this.random = random;
  }

  /** Changed content; of an archive, mostly an entry's content or name, all sums right again. */
  byte[] of(byte[] content) throws IOException {
    boolean isArchive = content.length > 4 && content[0] == 'P' && content[1] == 'K';
    boolean isPng = content.length > PNG_HEAD && content[1] == 'P' && content[2] == 'N';
    if (random.nextInt(4) == 0) {
      return bytes(content);
    }
    return isArchive ? archive(content) : isPng ? png(content) : bytes(content);
  }

  /** A PNG of which one chunk is changed, all sums right again. */
  private byte[] png(byte[] content) {
    ByteBuffer chunks = ByteBuffer.wrap(content, PNG_HEAD, content.length - PNG_HEAD);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(content, 0, PNG_HEAD);
    int changed = random.nextInt(3);
    for (int i = 0; chunks.hasRemaining(); i++) {
      byte[] body = new byte[chunks.getInt()];
      int type = chunks.getInt();
      chunks.get(body).getInt();
      byte[] written = i == changed ? bytes(body) : body;
      CRC32 sum = new CRC32();
      sum.update(ByteBuffer.allocate(4).putInt(0, type));
      sum.update(written);
      out.writeBytes(ByteBuffer.allocate(8).putInt(written.length).putInt(type).array());
      out.writeBytes(written);
      out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
    return out.toByteArray();
  }

  private byte[] bytes(byte[] content) {
    byte[] changed = content.clone();
    int length = Math.max(1, content.length);
    // Heads tell the structure, so that they are changed as often as all the rest.
    int place = random.nextInt(random.nextBoolean() ? Math.min(length, 256) : length);
    if (content.length == 0) {
      return new byte[random.nextInt(64)];
    }
    switch (random.nextInt(10)) {
      case 0 -> changed = Arrays.copyOf(content, place);
      case 1 -> changed = Arrays.copyOf(content, content.length - 1 - place);
      case 2, 3 -> {
        for (int i = random.nextInt(8); i >= 0; i--) {
          changed[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 4, 5, 6 -> {
        int width = List.of(1, 2, 4, 8).get(random.nextInt(4));
        long value = EXTREMES.get(random.nextInt(EXTREMES.size()));
        ByteBuffer field = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
        boolean bigEndian = random.nextBoolean();
        for (int i = 0; i < width && place + i < length; i++) {
          changed[place + i] = field.get(bigEndian ? width - 1 - i : i);
        }
      }
      case 7 -> {
        int count = Math.min(1 + random.nextInt(64), length - place);
        byte[] noise = new byte[count];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, changed, place, count);
      }
      case 8 -> {
        // A part twice.
        int from = random.nextInt(length);
        byte[] part = Arrays.copyOfRange(content, from, Math.min(length, from + 128));
        changed = spliced(content, place, place, part);
      }
      default -> {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        int end = Math.min(length, place + random.nextInt(8));
        changed = spliced(content, place, end, word.getBytes(StandardCharsets.UTF_8));
      }
    }
    return changed;
  }

  private static byte[] spliced(byte[] content, int from, int to, byte[] part) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(content, 0, from);
    out.writeBytes(part);
    out.write(content, to, content.length - to);
    return out.toByteArray();
  }

  private byte[] archive(byte[] content) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    String chosen = List.copyOf(entries.keySet()).get(random.nextInt(entries.size()));
    byte[] old = entries.get(chosen);
    switch (random.nextInt(16)) {
      case 0 -> entries.remove(chosen);
      case 1 -> entries.put("../" + chosen, entries.remove(chosen));
      case 2 -> entries.put("/" + chosen, entries.remove(chosen));
      // A bomb: a thousandth of this in the archive.
      case 3 -> entries.put(chosen, Arrays.copyOf(old, 1 << 27));
      default -> entries.put(chosen, bytes(old));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }
}
