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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of embeddings: numpy's {@code .npy}, float32 of (n, embedding size); a table, {@code
 * .csv}, with the name and, where known, the label of each image; or {@code .tsv} as TensorBoard's
 * Embedding Projector takes it, vectors in one file and names and labels in another.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The NPY
 *     format</a>
 */
public final class EmbeddingFile {
  private static final int NPY_ALIGNMENT = 64;
  private static final int NPY_PREFIX = 10;

  /** What begins as a formula; names such as -3.png are none, as they call and refer to nothing. */
  private static final Pattern FORMULA = Pattern.compile("(?s)\\s*(=|[+@-].*[(|!]).*");

  /** What would end a field of the projector's, which takes no quotes away. */
  private static final String FIELD_ENDS = "[\\t\\n\\r]";

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
            case CSV -> writeTable(images, embeddings, out);
            case TSV -> writeVectors(embeddings, out);
          }
        });
    if (form == Form.TSV) {
      AtomicFile.write(metadata(), out -> writeMetadata(images, out));
    }
  }

  /** Whether this is for TensorBoard's Embedding Projector, which shows a sprite of the images. */
  public boolean isForProjector() {
    return form == Form.TSV;
  }

  /** The names and labels beside the vectors of a {@code .tsv}. */
  public Path metadata() {
    return beside("-metadata.tsv");
  }

  /** The images beside the vectors of a {@code .tsv}. */
  public Path sprite() {
    return beside("-sprite.png");
  }

  /** The file that tells TensorBoard of the others. */
  public Path projectorConfig() {
    return beside("-projector_config.pbtxt");
  }

  private Path beside(String ending) {
    String name = path.getFileName().toString();
    return path.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending);
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

  private static void writeTable(ImageCollection images, float[][] embeddings, OutputStream out)
      throws IOException {
    StringBuilder line = new StringBuilder("name");
    if (images.labeled()) {
      line.append(",label");
    }
    for (int i = 0; i < embeddings[0].length; i++) {
      line.append(",e").append(i);
    }
    for (int image = 0; image < embeddings.length; image++) {
      line.append('\n').append(quoted(images.names().get(image)));
      if (images.labeled()) {
        line.append(',').append(quoted(images.images().className(image)));
      }
      for (float value : embeddings[image]) {
        line.append(',').append(value);
      }
      out.write(line.toString().getBytes(StandardCharsets.UTF_8));
      line.setLength(0);
    }
    out.write('\n');
  }

  private static String disarmed(String name) {
    return FORMULA.matcher(name).matches() ? "'" + name : name;
  }

  /**
   * A name that holds a comma, a quote or a line's end, or begins or ends with a space, is quoted
   * as in RFC 4180. One that a spreadsheet would compute gets an apostrophe in front, which makes
   * it text to all of them.
   *
   * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>
   */
  private static String quoted(String name) {
    String text = disarmed(name);
    boolean plain =
        Stream.of(",", "\"", "\n", "\r").noneMatch(text::contains) && text.equals(text.strip());
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Nothing but numbers, as the projector takes the first line for an embedding, too. */
  private static void writeVectors(float[][] embeddings, OutputStream out) throws IOException {
    StringBuilder line = new StringBuilder();
    for (float[] embedding : embeddings) {
      for (int i = 0; i < embedding.length; i++) {
        line.append(i == 0 ? "" : "\t").append(embedding[i]);
      }
      out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
      line.setLength(0);
    }
  }

  /**
   * A column alone has no heading there, two have. The projector takes no quotes away, so what
   * would end a field becomes a blank.
   */
  private static void writeMetadata(ImageCollection images, OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder(images.labeled() ? "name\tlabel\n" : "");
    for (int image = 0; image < images.names().size(); image++) {
      text.append(disarmed(images.names().get(image)).replaceAll(FIELD_ENDS, " "));
      if (images.labeled()) {
        text.append('\t')
            .append(disarmed(images.images().className(image)).replaceAll(FIELD_ENDS, " "));
      }
      text.append('\n');
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
