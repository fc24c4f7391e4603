package dev.siamese.exchange;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The zip file around a Keras model. Nothing is ever unpacked to disk. */
final class KerasArchive {
  private static final int MOST_ENTRIES = 10_000;

  /** An absolute path, one of another drive, or one that leads out of its folder. */
  private static final Pattern HOSTILE_NAME =
      Pattern.compile("/.*|.*[\\\\:\\p{Cntrl}].*|(.*/)?\\.\\.(/.*)?", Pattern.DOTALL);

  private KerasArchive() {}

  /** Puts the entries into a zip file, uncompressed as Keras does, in the map's order. */
  static byte[] pack(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setMethod(ZipEntry.STORED);
        header.setSize(entry.getValue().length);
        header.setCrc(checksum(entry.getValue()));
        // The same model always gives the same bytes.
        header.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(header);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /**
   * Reads the entries that are wanted.
   *
   * @throws IOException when this is no zip file, an entry is damaged, its name would lead out of a
   *     folder, or there is more than a model can be
   */
  static Map<String, byte[]> read(Path file, Predicate<String> wanted) throws IOException {
    WholeFile.require(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.size() > MOST_ENTRIES) {
        throw new IOException(
            "expected at most %d entries, found %d in %s"
                .formatted(MOST_ENTRIES, zip.size(), file));
      }
      Map<String, byte[]> entries = new LinkedHashMap<>();
      int room = WholeFile.MOST_BYTES;
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (HOSTILE_NAME.matcher(entry.getName()).matches()) {
          throw new IOException(
              "expected names inside the archive, found \"%s\" in %s"
                  .formatted(entry.getName().replaceAll("\\p{Cntrl}", "?"), file));
        }
        if (!entry.isDirectory() && wanted.test(entry.getName())) {
          byte[] content = content(zip, entry, room, file);
          room -= content.length;
          entries.put(entry.getName(), content);
        }
      }
      return entries;
    } catch (ZipException | EOFException e) {
      throw new IOException(
          "expected a .keras file (a zip archive), found a damaged or different one: %s (%s)"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static byte[] content(ZipFile zip, ZipEntry entry, int room, Path file)
      throws IOException {
    // Not as many as the entry says: a bomb lies.
    byte[] content;
    try (InputStream stream = zip.getInputStream(entry)) {
      content = stream.readNBytes(room + 1);
    }
    if (content.length > room) {
      throw new IOException(
          "expected at most %d bytes, found more in %s in %s"
              .formatted(WholeFile.MOST_BYTES, entry.getName(), file));
    }
    if (checksum(content) != entry.getCrc()) {
      throw new ZipException("the checksum of %s is wrong".formatted(entry.getName()));
    }
    return content;
  }

  private static long checksum(byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    return checksum.getValue();
  }
}
