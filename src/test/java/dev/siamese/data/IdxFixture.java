package dev.siamese.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Makes small sets of images and writes them as IDX. */
public final class IdxFixture {
  private IdxFixture() {}

  /**
   * Images of 28×28 with labels 0, 1, … 9, 0, …, each pixel fixed by the seed and its place, no two
   * of them alike.
   */
  public static LabeledImages images(int count, int seed) {
    byte[] pixels = new byte[count * 28 * 28];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 + i / 784 + seed);
    }
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 10;
      pixels[i * 784] = (byte) seed;
      pixels[i * 784 + 1] = (byte) (i >> 8);
      pixels[i * 784 + 2] = (byte) i;
    }
    return new LabeledImages(pixels, labels, 28, 28);
  }

  /** All bytes of the images. */
  public static byte[] pixels(LabeledImages images) {
    byte[] pixels = new byte[images.size() * images.shape().pixels()];
    images.copyPixels(0, images.size(), pixels);
    return pixels;
  }

  public static byte[] imageBytes(LabeledImages images) {
    byte[] pixels = pixels(images);
    boolean colours = images.shape().channels() > 1;
    ByteBuffer bytes =
        ByteBuffer.allocate((colours ? 20 : 16) + pixels.length)
            .putInt(colours ? 0x804 : 0x803)
            .putInt(images.size())
            .putInt(images.height())
            .putInt(images.width());
    if (colours) {
      bytes.putInt(images.shape().channels());
    }
    return bytes.put(pixels).array();
  }

  public static byte[] labelBytes(LabeledImages images) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + images.size()).putInt(0x801).putInt(images.size());
    for (int label : images.labels()) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** Writes the four files under their usual names, with gzip when {@code ending} is ".gz". */
  public static void writeFolder(
      Path folder, LabeledImages train, LabeledImages test, String ending) throws IOException {
    Files.createDirectories(folder);
    write(folder.resolve("train-images-idx3-ubyte" + ending), imageBytes(train));
    write(folder.resolve("train-labels-idx1-ubyte" + ending), labelBytes(train));
    write(folder.resolve("t10k-images-idx3-ubyte" + ending), imageBytes(test));
    write(folder.resolve("t10k-labels-idx1-ubyte" + ending), labelBytes(test));
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.write(file, file.toString().endsWith(".gz") ? gzip(bytes) : bytes);
  }
}
