package dev.siamese.keras;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads the zip file around a Keras model. Nothing is ever unpacked under a name that stands in it.
 */
final class KerasArchive implements Closeable {
  private static final int MOST_ENTRIES = 10_000;
  private static final int MOST_TEXT_BYTES = 1 << 26;

  /** An absolute path, one of another drive, or one that leads out of its folder. */
  private static final Pattern HOSTILE_NAME =
      Pattern.compile("/.*|.*[\\\\:\\p{Cntrl}].*|(.*/)?\\.\\.(/.*)?", Pattern.DOTALL);

  private final Path file;
  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

  /**
   * Opens a file.
   *
   * @throws IOException when there is none, it is no zip file, or the name of an entry would lead
   *     out of a folder
   */
  KerasArchive(Path file) throws IOException {
    KerasFile.requireFile(file);
    this.file = file;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException | EOFException e) {
      throw damaged(e);
    }
    try {
      list();
    } catch (IOException e) {
      zip.close();
      throw e;
    }
  }

  private void list() throws IOException {
    if (zip.size() > MOST_ENTRIES) {
      throw new IOException(
          "expected at most %d entries, found %d in %s".formatted(MOST_ENTRIES, zip.size(), file));
    }
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (HOSTILE_NAME.matcher(entry.getName()).matches()) {
        throw new IOException(
            "expected names inside the archive, found \"%s\" in %s"
                .formatted(Json.show(entry.getName()), file));
      }
      if (!entry.isDirectory()) {
        entries.put(entry.getName(), entry);
      }
    }
  }

  private IOException damaged(Exception cause) {
    return new IOException(
        "expected a .keras file (a zip archive), found a damaged or different one: %s (%s)"
            .formatted(file, Json.show(String.valueOf(cause.getMessage()))),
        cause);
  }

  /**
   * The text of an entry.
   *
   * @throws IOException when there is no such entry, or it is damaged or longer than a text can be
   */
  String text(String name) throws IOException {
    StringBuilder text = new StringBuilder();
    read(
        name,
        stream -> {
          byte[] bytes = stream.readNBytes(MOST_TEXT_BYTES + 1);
          requireAtMost(MOST_TEXT_BYTES, bytes.length, name);
          text.append(new String(bytes, StandardCharsets.UTF_8));
        });
    return text.toString();
  }

  /** The text of an entry, if there is one. */
  Optional<String> optionalText(String name) throws IOException {
    return entries.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** The texts of the entries in a folder, by their names in it. */
  Map<String, String> texts(String folder) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    int room = MOST_TEXT_BYTES;
    for (String name : entries.keySet()) {
      if (name.startsWith(folder)) {
        String text = text(name);
        room -= text.length();
        requireAtMost(MOST_TEXT_BYTES, (long) MOST_TEXT_BYTES - room, name);
        texts.put(name.substring(folder.length()), text);
      }
    }
    return texts;
  }

  /**
   * Copies an entry.
   *
   * @param most bytes that it can have
   * @throws IOException when there is no such entry, or it is damaged or larger
   */
  void copy(String name, Path target, long most) throws IOException {
    read(
        name,
        stream -> {
          try (OutputStream out = Files.newOutputStream(target)) {
            // Not as many as the entry says: a bomb lies.
            byte[] buffer = new byte[1 << 16];
            long copied = 0;
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
              copied += n;
              requireAtMost(most, copied, name);
              out.write(buffer, 0, n);
            }
          }
        });
  }

  private void requireAtMost(long most, long found, String name) throws IOException {
    if (found > most) {
      throw new IOException(
          "expected at most %d bytes, found more in %s in %s".formatted(most, name, file));
    }
  }

  /** What is done with the content of an entry. */
  @FunctionalInterface
  private interface Reading {
    void from(InputStream stream) throws IOException;
  }

  private void read(String name, Reading reading) throws IOException {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw new IOException("expected %s, found none in %s".formatted(name, file));
    }
    CRC32 checksum = new CRC32();
    try (InputStream stream = new CheckedInputStream(zip.getInputStream(entry), checksum)) {
      reading.from(stream);
    } catch (ZipException | EOFException e) {
      throw damaged(e);
    }
    if (checksum.getValue() != entry.getCrc()) {
      throw damaged(new ZipException("the checksum of %s is wrong".formatted(name)));
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
