package dev.siamese.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The layers of the network as a table, in the form of Keras's {@code model.summary()}. */
public final class ModelSummary {
  private static final int POOL_SIZE = 2;

  private final Architecture architecture;
  private final List<Parameter> parameters;

  private ModelSummary(Architecture architecture) {
    this.architecture = architecture;
    this.parameters = architecture.parameters();
  }

  /** The tables of the twin and of the siamese network, ready to print. */
  public static String of(Architecture architecture) {
    ModelSummary summary = new ModelSummary(architecture);
    return summary.twin() + System.lineSeparator() + summary.siamese();
  }

  private String twin() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Layer (type)", "Output Shape", "Param #"));
    int size = Architecture.IMAGE_SIZE;
    rows.add(List.of("images (InputLayer)", shape(size, size, 1), "0"));
    for (int layer = 0; layer < 3; layer++) {
      String suffix = layer == 0 ? "" : "_" + layer;
      long channels = parameters.get(2 * layer).shape().get(3);
      size -= Architecture.KERNEL_SIZE - 1;
      rows.add(List.of("conv2d" + suffix + " (Conv2D)", shape(size, size, channels), count(layer)));
      size /= POOL_SIZE;
      String pooled = shape(size, size, channels);
      rows.add(List.of("max_pooling2d" + suffix + " (MaxPooling2D)", pooled, "0"));
      rows.add(List.of("dropout" + suffix + " (Dropout)", pooled, "0"));
    }
    rows.add(
        List.of(
            "global_average_pooling2d (GlobalAveragePooling2D)",
            shape(architecture.filters3()),
            "0"));
    rows.add(List.of("dense (Dense)", shape(architecture.embeddingSize()), count(3)));
    return "Model: \"twin\"" + System.lineSeparator() + table(rows) + totals();
  }

  private String siamese() {
    List<List<String>> rows =
        List.of(
            List.of("Layer (type)", "Output Shape", "Param #", "Connected to"),
            List.of("image1 (InputLayer)", imageShape(), "0", "-"),
            List.of("image2 (InputLayer)", imageShape(), "0", "-"),
            List.of(
                "twin (Functional)",
                shape(architecture.embeddingSize()),
                grouped(total()),
                "image1, image2"),
            List.of("distance (Euclidean)", shape(1), "0", "twin(image1), twin(image2)"));
    return "Model: \"siamese\"" + System.lineSeparator() + table(rows) + totals();
  }

  private static String imageShape() {
    return shape(Architecture.IMAGE_SIZE, Architecture.IMAGE_SIZE, 1);
  }

  private static String shape(long... sizes) {
    StringBuilder text = new StringBuilder("(None");
    for (long size : sizes) {
      text.append(", ").append(size);
    }
    return text.append(')').toString();
  }

  private String count(int layer) {
    return grouped(parameters.get(2 * layer).size() + parameters.get(2 * layer + 1).size());
  }

  private int total() {
    return parameters.stream().mapToInt(Parameter::size).sum();
  }

  private String totals() {
    String kilobytes = String.format(Locale.ROOT, "%.2f KB", total() * Float.BYTES / 1024.0);
    return """
         Total params: %s (%s)
         Trainable params: %s (%s)
         Non-trainable params: 0 (0.00 B)
        """
        .formatted(grouped(total()), kilobytes, grouped(total()), kilobytes);
  }

  private static String grouped(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Draws lines around rows, the first of which is the head. Numbers go to the right. */
  private static String table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder table = new StringBuilder(rule(widths, "┏━┳┓"));
    table.append(line(rows.get(0), widths, "┃")).append(rule(widths, "┡━╇┩"));
    for (int row = 1; row < rows.size(); row++) {
      table.append(row == 1 ? "" : rule(widths, "├─┼┤")).append(line(rows.get(row), widths, "│"));
    }
    return table.append(rule(widths, "└─┴┘")).toString();
  }

  private static String rule(int[] widths, String ends) {
    StringBuilder rule = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      rule.append(ends.charAt(column == 0 ? 0 : 2));
      rule.append(String.valueOf(ends.charAt(1)).repeat(widths[column] + 2));
    }
    return rule.append(ends.charAt(3)).append(System.lineSeparator()).toString();
  }

  private static String line(List<String> cells, int[] widths, String border) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String padding = " ".repeat(widths[column] - cells.get(column).length());
      boolean number = column == 2;
      line.append(border).append(' ').append(number ? padding : "").append(cells.get(column));
      line.append(number ? "" : padding).append(' ');
    }
    return line.append(border).append(System.lineSeparator()).toString();
  }
}
