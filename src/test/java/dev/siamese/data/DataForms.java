package dev.siamese.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import javax.imageio.ImageIO;

/** Writes data sets in the forms that other programs give them. */
public final class DataForms {
  private DataForms() {}

  /** Writes a data set. */
  private interface Writer {
    void write(Path folder, Dataset dataset) throws IOException;
  }

  /** A form, and whether its images come sorted by class. */
  public enum Form {
    CLASS_FOLDERS(true, (folder, dataset) -> pictures(folder, dataset, "png", "%s/%d")),
    NESTED_FOLDERS(true, (folder, dataset) -> pictures(folder, dataset, "bmp", "%s/%d/a/b")),
    PORTABLE_GREYMAPS(true, (folder, dataset) -> pictures(folder, dataset, "pgm", "%S/%d")),
    LIST(
        false, (folder, dataset) -> list(folder, dataset, "file,label,split\n", ",", "labels.csv")),
    LIST_WITHOUT_NAMES(false, (folder, dataset) -> list(folder, dataset, "", "\t", "labels.tsv")),
    PIXEL_TABLES(
        false, (folder, dataset) -> pixelTables(folder, dataset, "label," + names(), "%s.csv")),
    PIXEL_TABLES_WITHOUT_NAMES(
        false, (folder, dataset) -> pixelTables(folder, dataset, "", "mnist_%s.csv")),
    IDX(
        false,
        (folder, dataset) -> IdxFixture.writeFolder(folder, dataset.train(), dataset.test(), "")),
    IDX_PACKED(
        false,
        (folder, dataset) ->
            IdxFixture.writeFolder(folder, dataset.train(), dataset.test(), ".gz")),
    NPZ(
        false,
        (folder, dataset) ->
            NpzFixture.write(
                folder.resolve("digits.npz"),
                NpzFixture.arrays(dataset.train(), dataset.test()),
                ZipEntry.DEFLATED)) {
      @Override
      public Path write(Path folder, Dataset dataset) throws IOException {
        return super.write(folder, dataset).resolve("digits.npz");
      }
    },
    ARRAYS(
        false,
        (folder, dataset) -> {
          for (Map.Entry<String, byte[]> array :
              NpzFixture.arrays(dataset.train(), dataset.test()).entrySet()) {
            Files.write(folder.resolve(array.getKey() + ".npy"), array.getValue());
          }
        });

    private final boolean sorted;
    private final Writer writer;

    Form(boolean sorted, Writer writer) {
      this.sorted = sorted;
      this.writer = writer;
    }

    boolean sorted() {
      return sorted;
    }

    /** Writes a data set into a new folder, and returns what is to be read. */
    public Path write(Path folder, Dataset dataset) throws IOException {
      writer.write(Files.createDirectories(folder), dataset);
      return folder;
    }
  }

  /** Writes an image as a picture named by its number. */
  public static Path picture(Path folder, int image, LabeledImages images, String format) {
    ImageShape shape = images.shape();
    boolean grey = shape.channels() == 1;
    Path file = folder.resolve("%05d.%s".formatted(image, format));
    try {
      Files.createDirectories(folder);
      byte[] pixels = new byte[shape.pixels()];
      images.copyPixels(image, image + 1, pixels);
      if (format.equals("pgm")) {
        byte[] head = "P5\n%d %d\n255\n".formatted(shape.width(), shape.height()).getBytes();
        byte[] whole = Arrays.copyOf(head, head.length + pixels.length);
        System.arraycopy(pixels, 0, whole, head.length, pixels.length);
        return Files.write(file, whole);
      }
      BufferedImage picture =
          new BufferedImage(
              shape.width(),
              shape.height(),
              grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
      int[] samples = new int[pixels.length];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = pixels[i] & 0xFF;
      }
      picture.getRaster().setPixels(0, 0, shape.width(), shape.height(), samples);
      ImageIO.write(picture, format, file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pictures(Path folder, Dataset dataset, String format, String place) {
    dataset
        .parts()
        .forEach(
            (part, images) -> {
              String name = part == Part.TRAIN ? "train" : "test";
              for (int image = 0; image < images.size(); image++) {
                Path inner = folder.resolve(place.formatted(name, images.label(image)));
                picture(inner, image, images, format);
              }
            });
  }

  private static void list(
      Path folder, Dataset dataset, String names, String separator, String name)
      throws IOException {
    StringBuilder table = new StringBuilder(names);
    dataset
        .parts()
        .forEach(
            (part, images) -> {
              String inner = part == Part.TRAIN ? "one" : "two";
              for (int image = 0; image < images.size(); image++) {
                Path file = picture(folder.resolve(inner), image, images, "png");
                table.append(folder.relativize(file)).append(separator);
                table.append(images.label(image)).append(separator);
                table.append(part == Part.TRAIN ? "train" : "test").append('\n');
              }
            });
    Files.writeString(folder.resolve(name), table);
  }

  private static String names() {
    StringBuilder names = new StringBuilder();
    for (int pixel = 0; pixel < 784; pixel++) {
      names.append("pixel").append(pixel).append(pixel < 783 ? "," : "\n");
    }
    return names.toString();
  }

  private static void pixelTables(Path folder, Dataset dataset, String names, String file)
      throws IOException {
    for (Map.Entry<Part, LabeledImages> part : dataset.parts().entrySet()) {
      LabeledImages images = part.getValue();
      StringBuilder table = new StringBuilder(names);
      for (int image = 0; image < images.size(); image++) {
        table.append(images.label(image));
        for (int pixel = 0; pixel < 784; pixel++) {
          table.append(',').append(images.pixel(image, pixel / 28, pixel % 28));
        }
        table.append('\n');
      }
      String name = part.getKey() == Part.TRAIN ? "train" : "test";
      Files.writeString(folder.resolve(file.formatted(name)), table);
    }
  }
}
