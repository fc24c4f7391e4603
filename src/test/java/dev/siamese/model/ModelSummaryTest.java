package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelSummaryTest {
  private final List<String> lines =
      ModelSummary.of(Architecture.REFERENCE).lines().map(ModelSummaryTest::squeezed).toList();

  private static String squeezed(String line) {
    return line.strip().replaceAll(" +", " ");
  }

  @Test
  void listsTheLayersAsKerasDoes() {
    assertTrue(lines.contains("│ conv2d (Conv2D) │ (None, 27, 27, 128) │ 640 │"));
    assertTrue(lines.contains("│ max_pooling2d_1 (MaxPooling2D) │ (None, 6, 6, 128) │ 0 │"));
    assertTrue(lines.contains("│ conv2d_2 (Conv2D) │ (None, 5, 5, 64) │ 32,832 │"));
    assertTrue(lines.contains("│ dropout_2 (Dropout) │ (None, 2, 2, 64) │ 0 │"));
    assertTrue(lines.contains("│ dense (Dense) │ (None, 128) │ 8,320 │"));
  }

  @Test
  void totalsBothModels() {
    assertEquals(2, lines.stream().filter("Total params: 107,456 (419.75 KB)"::equals).count());
    assertEquals(2, lines.stream().filter("Trainable params: 107,456 (419.75 KB)"::equals).count());
    assertEquals(2, lines.stream().filter("Non-trainable params: 0 (0.00 B)"::equals).count());
  }

  @Test
  void drawsRectangles() {
    List<Integer> widths =
        ModelSummary.of(Architecture.REFERENCE)
            .lines()
            .takeWhile(line -> !line.startsWith(" Total"))
            .skip(1)
            .map(String::length)
            .distinct()
            .toList();
    assertEquals(1, widths.size());
  }
}
