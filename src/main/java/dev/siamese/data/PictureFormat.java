package dev.siamese.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/** The forms of picture files that are read, told by their first bytes. */
enum PictureFormat {
  PNG(start -> begins(start, 0, "\u0089PNG"), "png"),
  JPEG(start -> begins(start, 0, "\u00FF\u00D8\u00FF"), "jpg", "jpeg", "jpe", "jfif", "jif"),
  BMP(start -> begins(start, 0, "BM"), "bmp"),
  GIF(start -> begins(start, 0, "GIF8"), "gif"),
  TIFF(
      start ->
          begins(start, 0, "II*\0")
              || begins(start, 0, "MM\0*")
              || begins(start, 0, "II+\0")
              || begins(start, 0, "MM\0+"),
      "tif",
      "tiff"),
  PNM(
      start ->
          start.length > 2
              && start[0] == 'P'
              && start[1] >= '1'
              && start[1] <= '6'
              && start[2] <= ' ',
      "pgm",
      "ppm",
      "pbm",
      "pnm"),
  WEBP(start -> begins(start, 0, "RIFF") && begins(start, 8, "WEBP"), "webp");

  /** Looked up once: the registry is slow, and one thread at a time asks it. */
  private static final Map<PictureFormat, ImageReaderSpi> PROVIDERS = new ConcurrentHashMap<>();

  private final Predicate<byte[]> known;
  private final List<String> endings;

  PictureFormat(Predicate<byte[]> known, String... endings) {
    this.known = known;
    this.endings = List.of(endings);
  }

  /** Whether a text stands at a place. */
  static boolean begins(byte[] bytes, int at, String text) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= at + expected.length
        && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
  }

  /**
   * The form of a file.
   *
   * @param bytes at least its first twelve
   */
  static Optional<PictureFormat> of(byte[] bytes) {
    return Arrays.stream(values()).filter(format -> format.known.test(bytes)).findFirst();
  }

  /** Whether a file's name ends as those of pictures do, in letters of either case. */
  static boolean isNamed(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).anyMatch(format -> format.endings.contains(ending));
  }

  /** The forms, for messages. */
  static String list() {
    return String.join(", ", Arrays.stream(values()).map(PictureFormat::name).toList());
  }

  /**
   * A new reader, which the caller disposes of: for JPEG the one that comes with Java, which is
   * several times as fast as others, for the rest the first.
   */
  ImageReader reader() throws IOException {
    return PROVIDERS.computeIfAbsent(this, PictureFormat::provider).createReaderInstance();
  }

  private static ImageReaderSpi provider(PictureFormat format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
    ImageReader reader = readers.next();
    while (format == JPEG && readers.hasNext()) {
      reader = readers.next();
    }
    return reader.getOriginatingProvider();
  }
}
