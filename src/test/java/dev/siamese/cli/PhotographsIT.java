package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.Outcome;
import dev.siamese.data.Photographs;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Photographs of handwriting, asked about with the model that comes with the project. */
class PhotographsIT {
  private static final Path MODEL = Path.of("savedmodel");

  @TempDir private static Path folder;

  @BeforeAll
  static void photograph() throws IOException {
    for (Photographs style : Photographs.values()) {
      for (int digit = 0; digit < 10; digit++) {
        for (int seed = 1; seed <= 2; seed++) {
          ImageIO.write(style.draw(digit, seed), "jpg", picture(style, digit, seed).toFile());
        }
      }
    }
  }

  private static Path picture(Photographs style, int digit, int seed) {
    return folder.resolve("%s-%d-%d.jpg".formatted(style, digit, seed));
  }

  /** Ten pairs of one digit and ten of two; a model that is wrong on a twelfth of MNIST errs. */
  @ParameterizedTest
  @EnumSource
  void areToldApart(Photographs style) {
    List<String> wrong = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      for (int step : new int[] {0, 3}) {
        Path first = picture(style, digit, 1);
        Path second = picture(style, (digit + step) % 10, 2);
        String verdict = Console.succeed("compare", MODEL, first, second).output();
        if (!verdict.startsWith(step == 0 ? "same" : "different")) {
          wrong.add(first.getFileName() + " and " + second.getFileName() + ": " + verdict);
        }
      }
    }
    assertTrue(wrong.size() <= 3, wrong.toString());
  }

  @Test
  void whatTheNetworkSawIsShown() throws IOException {
    Path shown = folder.resolve("shown.png");
    Path first = picture(Photographs.BLUE_PEN, 3, 1);
    Outcome outcome =
        Console.succeed(
            "compare", MODEL, first, picture(Photographs.PENCIL, 3, 1), "--show-input", shown);
    assertEquals("", outcome.errors());
    BufferedImage image = ImageIO.read(shown.toFile());
    assertEquals(2 * 224 + 8, image.getWidth());
    assertEquals(224, image.getHeight());
    assertEquals(0xFF000000, image.getRGB(0, 0));
    assertEquals(0xFFC0C0C0, image.getRGB(228, 100));
  }

  @Test
  void aPictureWithoutInkIsNotCompared() throws IOException {
    Path blank = folder.resolve("blank.png");
    BufferedImage paper = new BufferedImage(300, 200, BufferedImage.TYPE_BYTE_GRAY);
    for (int x = 0; x < 300; x++) {
      for (int y = 0; y < 200; y++) {
        paper.getRaster().setSample(x, y, 0, 180 + x / 10);
      }
    }
    ImageIO.write(paper, "png", blank.toFile());
    Console.run("compare", MODEL, blank, blank).assertFailed(1, "blank", blank);
    Files.delete(blank);
  }
}
