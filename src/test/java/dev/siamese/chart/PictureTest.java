package dev.siamese.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.siamese.Forked;
import dev.siamese.Outcome;
import dev.siamese.data.Messages;
import dev.siamese.training.EpochResult;
import dev.siamese.training.History;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class PictureTest {
  private static final Picture RED_BOX =
      new Picture(
          40,
          30,
          graphics -> {
            graphics.setColor(Color.RED);
            graphics.fillRect(0, 0, 40, 30);
          });

  @TempDir Path folder;

  @Test
  void pngHoldsWhatTheImageShows() throws IOException {
    Path file = folder.resolve("box.png");
    RED_BOX.writePng(file);
    BufferedImage read = ImageIO.read(file.toFile());
    assertEquals(40, read.getWidth());
    assertEquals(30, read.getHeight());
    assertArrayEquals(
        RED_BOX.image().getRGB(0, 0, 40, 30, null, 0, 40), read.getRGB(0, 0, 40, 30, null, 0, 40));
  }

  @Test
  void svgIsXmlThatScales() throws Exception {
    Path file = folder.resolve("box.svg");
    RED_BOX.writeSvg(file);
    Element svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement();
    assertEquals("svg", svg.getTagName());
    assertEquals("40", svg.getAttribute("width"));
    assertEquals("30", svg.getAttribute("height"));
    assertEquals("0 0 40 30", svg.getAttribute("viewBox"));
    assertEquals(1, svg.getElementsByTagName("rect").getLength());
  }

  @Test
  void replacesAFileAndLeavesNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("box.png"), "x".repeat(100_000));
    RED_BOX.writePng(file);
    assertTrue(Files.size(file) < 1000);
    assertEquals(40, ImageIO.read(file.toFile()).getWidth());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aDrawingThatFailsLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("box.png"), "old");
    Picture failing =
        new Picture(
            4,
            3,
            graphics -> {
              throw new IllegalStateException("out of ink");
            });
    assertThrows(IllegalStateException.class, () -> failing.writePng(file));
    assertThrows(IllegalStateException.class, () -> failing.writeSvg(file));
    assertEquals("old", Files.readString(file));
  }

  @Test
  void aFileThatCannotBeReplacedLeavesNothingElse() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("box.png"));
    Files.writeString(directory.resolve("inside"), "x");
    assertThrows(IOException.class, () -> RED_BOX.writePng(directory));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(directory), files.toList());
    }
  }

  @Test
  void textTakesTheSameRoomInBothFormats() throws IOException {
    String text = "threshold 0.444: FPR 0.065, TPR 0.977";
    List<Double> widths = new ArrayList<>();
    Picture measuring =
        new Picture(
            4,
            3,
            graphics -> {
              FontMetrics metrics = graphics.getFontMetrics(ChartStyle.TEXT_FONT);
              widths.add(metrics.getStringBounds(text, graphics).getWidth());
              widths.add((double) metrics.stringWidth(text));
              widths.add(
                  ChartStyle.TEXT_FONT
                      .getStringBounds(text, graphics.getFontRenderContext())
                      .getWidth());
            });
    measuring.image();
    measuring.writeSvg(folder.resolve("text.svg"));
    assertEquals(widths.get(0), widths.get(3), 0.01);
    assertEquals(widths.get(1), widths.get(4));
    assertEquals(widths.get(2), widths.get(5), 0.01);
  }

  @Test
  void aFolderThatIsMissingIsAnError() {
    Path file = folder.resolve("missing").resolve("box.png");
    Messages.assertFails(() -> RED_BOX.writePng(file), "box.png", "found none", file.getParent());
  }

  @Test
  void withoutFontsItSaysWhatToInstall() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "only Linux finds fonts by fontconfig");
    Path noFonts =
        Files.writeString(
            folder.resolve("fonts.conf"), "<fontconfig><cachedir>cache</cachedir></fontconfig>");
    ProcessBuilder java =
        new ProcessBuilder(
            Forked.java(
                List.of(
                    "-Djava.awt.headless=true",
                    // Java keeps what it once learned from fontconfig in the home folder.
                    "-Duser.home=" + folder),
                WithoutFonts.class,
                folder.resolve("history")));
    java.environment().put("FONTCONFIG_FILE", noFonts.toString());
    Outcome outcome = Forked.run(java);
    assertEquals(0, outcome.exitCode(), outcome.toString());
    String output = outcome.output();
    for (String format : List.of("PNG: ", "SVG: ")) {
      String line = output.lines().filter(l -> l.startsWith(format)).findFirst().orElse(output);
      assertTrue(line.contains("install fontconfig and a font"), output);
      assertTrue(line.contains("fonts-dejavu-core"), output);
    }
    assertFalse(Files.exists(folder.resolve("history.png")));
    assertFalse(Files.exists(folder.resolve("history.svg")));
  }

  /** Draws in a Java of its own, because fonts are looked for once in each. */
  static final class WithoutFonts {
    public static void main(String[] arguments) throws IOException {
      History history = History.empty().with(new EpochResult(1, 0.1, 0.8, 0.1, 0.8, 0, 0, 1, 1));
      Picture picture = LossChart.of("MNIST", history);
      try {
        picture.writePng(Path.of(arguments[0] + ".png"));
      } catch (PictureException e) {
        System.out.println("PNG: " + e.getMessage());
      }
      try {
        picture.writeSvg(Path.of(arguments[0] + ".svg"));
      } catch (PictureException e) {
        System.out.println("SVG: " + e.getMessage());
      }
    }
  }
}
