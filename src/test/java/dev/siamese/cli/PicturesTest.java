package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.chart.LossChart;
import dev.siamese.chart.Picture;
import dev.siamese.training.EpochResult;
import dev.siamese.training.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
  private final Picture picture =
      LossChart.of(
          "MNIST", History.empty().with(new EpochResult(1, 0.1, 0.7, 0.09, 0.8, 0, 0, 1, 1000)));

  @TempDir private Path folder;

  @Test
  void writesSvgBesidePngWhenAsked() throws IOException {
    Path file = folder.resolve("history.png");
    Pictures pictures = new Pictures(true);
    pictures.write(file, picture);
    assertEquals(List.of(file), pictures.written());
    assertTrue(Files.readString(folder.resolve("history.svg")).contains("<svg"));
  }

  @Test
  void writesPngAloneElse() throws IOException {
    new Pictures(false).write(folder.resolve("history.png"), picture);
    assertTrue(Files.exists(folder.resolve("history.png")));
    assertFalse(Files.exists(folder.resolve("history.svg")));
  }
}
