package dev.siamese.keras;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Zip files that are changed in one point, for tests. */
final class ZipFixture {
  private ZipFixture() {}

  /** The entries of a zip file. */
  static Map<String, byte[]> entries(Path file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  /** Writes a zip file. */
  static void write(Path file, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
  }

  /** Writes a zip file with another entry, which holds zeros. */
  static void writeZeros(Path file, Map<String, byte[]> entries, String name, long size)
      throws IOException {
    byte[] zeros = new byte[1 << 20];
    try (OutputStream stream = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(stream)) {
      zip.setLevel(1);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
      zip.putNextEntry(new ZipEntry(name));
      for (long written = 0; written < size; written += zeros.length) {
        zip.write(zeros);
      }
    }
  }

  /** Replaces a text in an entry. */
  static void replace(Map<String, byte[]> entries, String name, String old, String text) {
    String content = new String(entries.get(name), StandardCharsets.UTF_8);
    if (!content.contains(old)) {
      throw new IllegalArgumentException("expected " + old + " in " + content);
    }
    entries.put(name, content.replace(old, text).getBytes(StandardCharsets.UTF_8));
  }
}
