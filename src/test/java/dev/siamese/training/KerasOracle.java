package dev.siamese.training;

import dev.siamese.Python;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.network.OutputKind;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Keras says of the networks of the table in src/test/python/networks.py: files in every form
 * and, beside them, what Keras computes by them.
 */
final class KerasOracle implements AutoCloseable {
  private static final Path ALL = temporaryFolder();

  private final HdfFile file;

  private KerasOracle(HdfFile file) {
    this.file = file;
  }

  /** The names of all networks. */
  static List<String> names() {
    return Python.run("src/test/python/write_oracle.py", "--list").lines().toList();
  }

  private static Path temporaryFolder() {
    try {
      Path folder = Files.createTempDirectory("oracle");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Networks of many parameters take gigabytes. */
  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of the networks. */
  static Path all() {
    return ALL;
  }

  /** The folder of a network, which Python writes once. */
  static synchronized Path folder(String network) {
    Path folder = ALL.resolve(network);
    if (!Files.exists(folder)) {
      Python.run("src/test/python/write_oracle.py", ALL.toString(), network);
    }
    return folder;
  }

  static KerasOracle of(String network) {
    return at(folder(network).resolve("oracle.h5"));
  }

  /** What stands in a file. */
  static KerasOracle at(Path file) {
    return new KerasOracle(new HdfFile(file));
  }

  /** What an array holds, and how far rounding alone may move it. */
  record Expected(float[] values, double rounding) {
    double largest() {
      double largest = 0;
      for (float value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      return largest;
    }
  }

  Expected expected(String path) {
    Dataset dataset = file.getDatasetByPath(path);
    Attribute rounding = dataset.getAttribute("rounding");
    return new Expected(
        floats(dataset), rounding == null ? 0 : ((Number) rounding.getData()).doubleValue());
  }

  boolean has(String path) {
    int slash = path.lastIndexOf('/');
    Group parent = slash < 0 ? file : (Group) file.getByPath(path.substring(0, slash));
    return parent.getChild(path.substring(slash + 1)) != null;
  }

  private static float[] floats(Dataset dataset) {
    Object data = dataset.isScalar() ? new float[] {number(dataset)} : dataset.getDataFlat();
    if (data instanceof float[] values) {
      return values;
    }
    int[] integers =
        data instanceof long[] longs
            ? Arrays.stream(longs).mapToInt(Math::toIntExact).toArray()
            : (int[]) data;
    float[] values = new float[integers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = integers[i];
    }
    return values;
  }

  private static float number(Dataset dataset) {
    return ((Number) dataset.getData()).floatValue();
  }

  /** The pairs that Keras was asked about. */
  PairedImages pairs() {
    int[] shape = file.getDatasetByPath("images").getDimensions();
    int[] pixels = (int[]) widened(file.getDatasetByPath("images").getDataFlat());
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    float[] labels = (float[]) file.getDatasetByPath("labels").getDataFlat();
    byte[] same = new byte[labels.length];
    for (int i = 0; i < same.length; i++) {
      same[i] = (byte) labels[i];
    }
    return new PairedImages(
        new LabeledImages(bytes, new int[shape[0]], new ImageShape(shape[1], shape[2], shape[3])),
        new Pairs(
            (int[]) file.getDatasetByPath("first").getDataFlat(),
            (int[]) file.getDatasetByPath("second").getDataFlat(),
            same));
  }

  private static Object widened(Object data) {
    if (data instanceof byte[] bytes) {
      int[] wide = new int[bytes.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = bytes[i] & 0xFF;
      }
      return wide;
    }
    return data;
  }

  OutputKind output() {
    return text("output").equals("similarity") ? OutputKind.SIMILARITY : OutputKind.DISTANCE;
  }

  ValueRange values() {
    return ValueRange.of(text("values"));
  }

  double tolerance() {
    return ((Number) file.getAttribute("tolerance").getData()).doubleValue();
  }

  double margin() {
    return ((Number) file.getAttribute("margin").getData()).doubleValue();
  }

  private String text(String attribute) {
    return (String) file.getAttribute(attribute).getData();
  }

  @Override
  public void close() {
    file.close();
  }
}
