package dev.siamese.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkSummaryTest {
  private static List<String> lines(Network network) {
    return NetworkSummary.of(network)
        .lines()
        .map(line -> line.strip().replaceAll(" +", " "))
        .toList();
  }

  private static long count(List<String> lines, String line) {
    return lines.stream().filter(line::equals).count();
  }

  @Test
  void listsTheLayersAsKerasDoes() {
    List<String> lines = lines(NamedNetwork.REFERENCE.network().network());
    assertTrue(lines.contains("┃ Layer (type) ┃ Output Shape ┃ Param # ┃"));
    assertTrue(lines.contains("│ images (InputLayer) │ (None, 28, 28, 1) │ 0 │"));
    assertTrue(lines.contains("│ conv2d (Conv2D) │ (None, 27, 27, 128) │ 640 │"));
    assertTrue(lines.contains("│ max_pooling2d_1 (MaxPooling2D) │ (None, 6, 6, 128) │ 0 │"));
    assertTrue(lines.contains("│ conv2d_2 (Conv2D) │ (None, 5, 5, 64) │ 32,832 │"));
    assertTrue(lines.contains("│ dropout_2 (Dropout) │ (None, 2, 2, 64) │ 0 │"));
    assertTrue(lines.contains("│ dense (Dense) │ (None, 128) │ 8,320 │"));
  }

  @Test
  void listsANestedNetworkOnceBeforeWhatItIsIn() {
    List<String> lines = lines(NamedNetwork.REFERENCE.network().network());
    assertEquals(1, count(lines, "Model: \"functional\""));
    assertTrue(lines.indexOf("Model: \"functional\"") < lines.indexOf("Model: \"siamese\""));
    assertTrue(lines.contains("┃ Layer (type) ┃ Output Shape ┃ Param # ┃ Connected to ┃"));
    assertTrue(lines.contains("│ image1 (InputLayer) │ (None, 28, 28, 1) │ 0 │ - │"));
    assertTrue(
        lines.contains("│ functional (Functional) │ (None, 128) │ 107,456 │ image1, image2 │"));
    assertTrue(lines.contains("│ multiply (Multiply) │ (None, 1) │ 0 │ sqrt, sign │"));
  }

  @Test
  void totalsBothModels() {
    List<String> lines = lines(NamedNetwork.REFERENCE.network().network());
    assertEquals(2, count(lines, "Total params: 107,456 (419.75 KB)"));
    assertEquals(2, count(lines, "Trainable params: 107,456 (419.75 KB)"));
    assertEquals(2, count(lines, "Non-trainable params: 0 (0.00 B)"));
  }

  /** Two inputs, whose layers are shared one by one, as a chain would not show them. */
  @Test
  void listsALayerOfSeveralUsesOnce() {
    NetworkBuilder builder = new NetworkBuilder("flat");
    int a = builder.input("a", TensorShape.of(8, 8, 1));
    int b = builder.input("b", TensorShape.of(8, 8, 1));
    int a1 = builder.add(Conv2D.of(2, Window.valid(3), Activation.RELU), a);
    int b1 = builder.reuse(a1, b);
    int a2 = builder.add(new Flatten(), a1);
    int b2 = builder.reuse(a2, b1);
    List<String> lines = lines(builder.build(Distance.MANHATTAN.between(builder, a2, b2)));
    assertTrue(lines.contains("│ conv2d (Conv2D) │ (None, 6, 6, 2) │ 20 │ a, b │"));
    assertTrue(lines.contains("│ flatten (Flatten) │ (None, 72) │ 0 │ conv2d, conv2d │"));
    assertEquals(1, lines.stream().filter(line -> line.startsWith("Model: ")).count());
    assertTrue(lines.contains("Total params: 20 (80.00 B)"));
  }

  @Test
  void countsStatisticsAndFrozenLayersAsNonTrainable() {
    Network chain =
        NetworkBuilder.chain(
            "statistics",
            TensorShape.of(8, 8, 3),
            BatchNormalization.standard(),
            Conv2D.of(200, Window.valid(3), Activation.RELU));
    List<String> lines = lines(chain);
    assertTrue(
        lines.contains("│ batch_normalization (BatchNormalization) │ (None, 8, 8, 3) │ 12 │"));
    assertTrue(lines.contains("Total params: 5,612 (21.92 KB)"));
    assertTrue(lines.contains("Trainable params: 5,606 (21.90 KB)"));
    assertTrue(lines.contains("Non-trainable params: 6 (24.00 B)"));

    Stream<NamedLayer> frozen =
        chain.layers().stream().map(layer -> new NamedLayer(layer.name(), layer.layer(), false));
    List<String> frozenLines = lines(chain.withLayers(frozen.toList()));
    assertTrue(frozenLines.contains("Trainable params: 0 (0.00 B)"));
    assertTrue(frozenLines.contains("Non-trainable params: 5,612 (21.92 KB)"));
  }

  @ParameterizedTest
  @EnumSource
  void drawsRectangles(NamedNetwork named) {
    for (Network network : List.of(named.network().network(), named.network().twin())) {
      for (String table : NetworkSummary.of(network).split("Model: ")) {
        List<Integer> widths =
            table
                .lines()
                .skip(1)
                .takeWhile(line -> !line.startsWith(" Total"))
                .map(String::length)
                .distinct()
                .toList();
        assertTrue(table.isEmpty() || widths.size() == 1, table);
      }
    }
  }
}
