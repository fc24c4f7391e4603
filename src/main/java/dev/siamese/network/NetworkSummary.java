package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The layers of a network as tables, in the form of Keras's {@code model.summary()}. */
public final class NetworkSummary {
  private final Network network;

  private NetworkSummary(Network network) {
    this.network = network;
  }

  /** The tables of the networks nested in it, each once, and of the network, ready to print. */
  public static String of(Network network) {
    StringBuilder tables = new StringBuilder();
    for (NamedLayer layer : network.layers()) {
      if (layer.layer() instanceof NestedModel model) {
        tables.append(of(model.network())).append(System.lineSeparator());
      }
    }
    return tables.append(new NetworkSummary(network).table()).toString();
  }

  private String table() {
    boolean chain = isChain();
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("Layer (type)", "Output Shape", "Param #"));
    if (!chain) {
      head.add("Connected to");
    }
    rows.add(head);
    for (int layer = 0; layer < network.layers().size(); layer++) {
      rows.add(row(layer, chain));
    }
    return "Model: \"%s\"%n".formatted(network.name()) + draw(rows) + totals();
  }

  private boolean isChain() {
    for (int node = 0; node < network.nodes().size(); node++) {
      List<Integer> inputs = network.nodes().get(node).inputs();
      if (!inputs.equals(node == 0 ? List.of() : List.of(node - 1))) {
        return false;
      }
    }
    return network.nodes().size() == network.layers().size();
  }

  private List<String> row(int layer, boolean chain) {
    NamedLayer named = network.layers().get(layer);
    List<String> shapes = new ArrayList<>();
    List<String> taken = new ArrayList<>();
    for (int node = 0; node < network.nodes().size(); node++) {
      if (network.nodes().get(node).layer() == layer) {
        String shape = shape(network.shape(node));
        if (!shapes.contains(shape)) {
          shapes.add(shape);
        }
        network.nodes().get(node).inputs().forEach(input -> taken.add(network.layer(input).name()));
      }
    }
    long parameters =
        network.parametersOf(layer).stream()
            .mapToLong(position -> network.parameters().get(position).size())
            .sum();
    List<String> row = new ArrayList<>();
    row.add("%s (%s)".formatted(named.name(), named.layer().className()));
    row.add(String.join(", ", shapes));
    row.add(grouped(parameters));
    if (!chain) {
      row.add(taken.isEmpty() ? "-" : String.join(", ", taken));
    }
    return row;
  }

  private static String shape(TensorShape shape) {
    return shape.sizes().stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", shape.rank() == 0 ? "(None" : "(None, ", ")"));
  }

  private String totals() {
    long all = Parameter.valuesOf(network.parameters());
    long trainable = Parameter.valuesOf(network.trainableParameters());
    return """
         Total params: %s (%s)
         Trainable params: %s (%s)
         Non-trainable params: %s (%s)
        """
        .formatted(
            grouped(all),
            bytes(all),
            grouped(trainable),
            bytes(trainable),
            grouped(all - trainable),
            bytes(all - trainable));
  }

  private static String bytes(long values) {
    double size = values * (double) Float.BYTES;
    String[] units = {"B", "KB", "MB", "GB"};
    int unit = 0;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f %s", size, units[unit]);
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Draws lines around rows, the first of which is the head. Numbers go to the right. */
  private static String draw(List<List<String>> rows) {
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
