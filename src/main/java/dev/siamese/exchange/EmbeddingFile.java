package dev.siamese.exchange;

import dev.siamese.data.AtomicFile;
import dev.siamese.data.ImageCollection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A file of embeddings: numpy's {@code .npy}, float32 of (n, embedding size), or a table, {@code
 * .csv} or {@code .tsv}, with the name and, where known, the label of each image.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The NPY
 *     format</a>
 */
public final class EmbeddingFile {
  private static final int NPY_ALIGNMENT = 64;
  private static final int NPY_PREFIX = 10;

  private final Path path;
  private final Form form;

  private enum Form {
    NPY,
    CSV,
    TSV
  }

  private EmbeddingFile(Path path, Form form) {
    this.path = path;
    this.form = form;
  }

  /**
   * The file of this name, whose ending chooses its form.
   *
   * @throws IllegalArgumentException when the ending is none of the three
   * @throws IOException when no file can be written there
   */
  public static EmbeddingFile named(Path path) throws IOException {
    String name = path.toString().toLowerCase(Locale.ROOT);
    for (Form form : Form.values()) {
      if (name.endsWith("." + form.name().toLowerCase(Locale.ROOT))) {
        WholeFile.requireWritable(path);
        return new EmbeddingFile(path, form);
      }
    }
    throw new IllegalArgumentException("expected a name in .npy, .csv or .tsv, found " + path);
  }

  /**
   * Writes the embeddings, in place of a file that exists.
   *
   * @param images whose embeddings they are
   * @param embeddings (n, embedding size)
   */
  public void write(ImageCollection images, float[][] embeddings) throws IOException {
    AtomicFile.write(
        path,
        out -> {
          switch (form) {
            case NPY -> writeNpy(embeddings, out);
            case CSV -> writeTable(images, embeddings, ",", out);
            case TSV -> writeTable(images, embeddings, "\t", out);
          }
        });
  }

  private static void writeNpy(float[][] embeddings, OutputStream out) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(embeddings.length, embeddings[0].length);
    int length = NPY_PREFIX + header.length() + 1;
    header += " ".repeat(Math.floorMod(-length, NPY_ALIGNMENT)) + "\n";
    ByteBuffer prefix = ByteBuffer.allocate(NPY_PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    prefix.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    prefix.putShort((short) header.length());
    out.write(prefix.array());
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    ByteBuffer row =
        ByteBuffer.allocate(embeddings[0].length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] embedding : embeddings) {
      row.asFloatBuffer().put(embedding);
      out.write(row.array());
    }
  }

  private static void writeTable(
      ImageCollection images, float[][] embeddings, String separator, OutputStream out)
      throws IOException {
    StringBuilder line = new StringBuilder("name");
    if (images.labeled()) {
      line.append(separator).append("label");
    }
    for (int i = 0; i < embeddings[0].length; i++) {
      line.append(separator).append('e').append(i);
    }
    for (int image = 0; image < embeddings.length; image++) {
      line.append('\n').append(quoted(images.names().get(image), separator));
      if (images.labeled()) {
        line.append(separator).append(quoted(images.images().className(image), separator));
      }
      for (float value : embeddings[image]) {
        line.append(separator).append(value);
      }
      out.write(line.toString().getBytes(StandardCharsets.UTF_8));
      line.setLength(0);
    }
    out.write('\n');
  }

  /** A name that holds the separator, a quote or a line's end is quoted as in RFC 4180. */
  private static String quoted(String name, String separator) {
    boolean plain = Stream.of(separator, "\"", "\n", "\r").noneMatch(name::contains);
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
