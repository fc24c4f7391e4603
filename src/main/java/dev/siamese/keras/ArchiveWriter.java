package dev.siamese.keras;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the zip file around a Keras model, uncompressed as Keras does. */
final class ArchiveWriter {
  private final ZipOutputStream zip;

  ArchiveWriter(OutputStream out) {
    zip = new ZipOutputStream(out);
  }

  /** Opens what goes into an entry, which is read twice. */
  @FunctionalInterface
  private interface Content {
    InputStream open() throws IOException;
  }

  void add(String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(name, () -> new ByteArrayInputStream(bytes));
  }

  void add(String name, Path file) throws IOException {
    add(name, () -> Files.newInputStream(file));
  }

  /** An uncompressed entry begins with the checksum of what follows. */
  private void add(String name, Content content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    CRC32 checksum = new CRC32();
    try (InputStream stream = new CheckedInputStream(content.open(), checksum)) {
      entry.setSize(stream.transferTo(OutputStream.nullOutputStream()));
    }
    entry.setCrc(checksum.getValue());
    // The same model always gives the same bytes.
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    zip.putNextEntry(entry);
    try (InputStream stream = content.open()) {
      stream.transferTo(zip);
    }
    zip.closeEntry();
  }

  /** Ends the archive, and leaves the stream below open. */
  void finish() throws IOException {
    zip.finish();
  }
}
