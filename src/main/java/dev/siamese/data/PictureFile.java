package dev.siamese.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads a user's picture: PNG, JPEG, BMP, GIF, TIFF, PNM or WebP, of 1 to 16 bits, grey, in
 * colours, CMYK or with a palette, transparent or not, turned as its EXIF data tells. Of several
 * pictures in a file it reads the first.
 */
final class PictureFile {
  private static final long MOST_PIXELS = 50_000_000;
  private static final long MOST_BYTES = 500_000_000;

  private PictureFile() {}

  /** Whether a file's name is one of a picture. */
  static boolean isNamed(Path file) {
    return PictureFormat.isNamed(file.getFileName().toString());
  }

  /**
   * Reads a picture.
   *
   * @throws IOException when the file is missing, no picture, damaged, ends early, or is of more
   *     than 50 million pixels
   */
  static DecodedPicture read(Path file) throws IOException {
    return read(bytes(file), file.toString());
  }

  /**
   * Reads a picture of which all bytes are there.
   *
   * @param name what messages call it
   * @throws IOException when it is no picture, damaged, ends early, or is of more than 50 million
   *     pixels
   */
  static DecodedPicture read(byte[] bytes, String name) throws IOException {
    PictureFormat format =
        PictureFormat.of(bytes)
            .orElseThrow(
                () ->
                    new IOException(
                        "expected a picture (%s), found something else: %s"
                            .formatted(PictureFormat.list(), name)));
    try {
      PictureEnd.require(format, bytes);
      return Orientation.of(format, bytes).apply(decode(format, bytes));
    } catch (EOFException e) {
      throw new IOException("cannot read the picture %s: the file ends early".formatted(name), e);
    } catch (IOException | RuntimeException e) {
      // Decoders answer some damaged files with unchecked exceptions, some of them without words.
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new IOException("cannot read the picture %s: %s".formatted(name, reason), e);
    }
  }

  /**
   * What a file tells of its picture before that is decoded; empty where it does not begin as a
   * picture, of which whoever decodes it will tell.
   */
  static Optional<PictureShape> shape(Path file) {
    try {
      byte[] bytes = bytes(file);
      Optional<PictureFormat> format = PictureFormat.of(bytes);
      return format.isEmpty() ? Optional.empty() : Optional.of(shape(format.get(), bytes));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // Decoders answer some damaged files with unchecked exceptions.
    }
  }

  private static PictureShape shape(PictureFormat format, byte[] bytes) throws IOException {
    Optional<PictureShape> told =
        format == PictureFormat.PNG ? PictureShape.ofPng(bytes) : Optional.empty();
    PictureShape stored = told.isPresent() ? told.get() : stored(format, bytes);
    return Orientation.of(format, bytes).transposed() ? stored.turned() : stored;
  }

  private static PictureShape stored(PictureFormat format, byte[] bytes) throws IOException {
    ImageReader reader = format.reader();
    try (ImageInputStream stream = new PictureStream(bytes)) {
      reader.setInput(stream, true, true);
      return new PictureShape(
          reader.getHeight(0), reader.getWidth(0), Pixels.channels(reader), format);
    } finally {
      reader.dispose();
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw new IOException("expected a picture file, found none: " + file, e);
    }
    if (!attributes.isRegularFile()) {
      throw new IOException("expected a picture file, found none: " + file);
    }
    long size = attributes.size();
    if (size == 0 || size > MOST_BYTES) {
      throw new IOException(
          "expected a picture of at most %d bytes, found %s: %s"
              .formatted(MOST_BYTES, size == 0 ? "an empty file" : size + " bytes", file));
    }
    return Files.readAllBytes(file);
  }

  private static DecodedPicture decode(PictureFormat format, byte[] bytes) throws IOException {
    Optional<DecodedPicture> plain =
        format == PictureFormat.PNG ? PlainPng.read(bytes, MOST_PIXELS) : Optional.empty();
    return plain.isPresent() ? plain.get() : decodeAny(format, bytes);
  }

  private static DecodedPicture decodeAny(PictureFormat format, byte[] bytes) throws IOException {
    ImageReader reader = format.reader();
    List<String> warnings = new ArrayList<>();
    try (ImageInputStream stream = new PictureStream(bytes)) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(stream, true, true);
      long width = reader.getWidth(0);
      long height = reader.getHeight(0);
      if (width * height > MOST_PIXELS) {
        throw new IOException(
            "expected at most %d pixels, found %d×%d".formatted(MOST_PIXELS, width, height));
      }
      DecodedPicture picture =
          format == PictureFormat.JPEG
              ? JpegPixels.of(reader.readRaster(0, null), JpegHeader.of(bytes))
              : Pixels.of(reader.read(0));
      for (String warning : warnings) {
        if (tellsDamage(warning)) {
          throw new IOException(warning);
        }
      }
      return picture;
    } finally {
      reader.dispose();
    }
  }

  /** Whether pixels are missing or wrong: some decoders tell this as a warning only. */
  private static boolean tellsDamage(String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    return text.contains("premature end")
        || text.contains("not implemented")
        || text.contains("corrupt jpeg data") && !text.contains("extraneous");
  }
}
