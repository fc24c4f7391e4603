package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Outcome;
import dev.siamese.data.DataForms;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.SyntheticDigits;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
  @TempDir private Path folder;

  private final LabeledImages digits = SyntheticDigits.dataset(1, 20, 1).train();

  /** Pictures in no class folder. */
  private Path flat() {
    Path photos = folder.resolve("photos");
    for (int image = 0; image < digits.size(); image++) {
      DataForms.picture(photos, image, digits, "png");
    }
    return photos;
  }

  @Test
  void picturesWithoutLabelsAreADataSetIfAskedFor() {
    Console.run("data", flat()).assertFailed(1, "20 pictures in no class folder", "--unlabelled");
    Outcome told = Console.succeed("data", "--unlabelled", flat());
    assertTrue(told.output().contains("  training: 20 images without labels\n"), told.output());
    assertFalse(told.output().contains("Not to be trained on"), told.output());
    JsonObject json =
        JsonParser.parseString(Console.succeed("data", "--unlabelled", "--json", flat()).output())
            .getAsJsonObject();
    assertFalse(json.get("labelled").getAsBoolean());
  }

  @Test
  void tellsHowClassesThatAreHeldOutSplitIt() {
    Path classes = folder.resolve("classes");
    for (int image = 0; image < digits.size(); image++) {
      DataForms.picture(classes.resolve("c" + image % 3), image, digits, "png");
    }
    Outcome told = Console.succeed("data", classes, "--held-out", "c0,c1");
    assertTrue(told.output().contains("training images of at least two classes"), told.output());
    Outcome without = Console.succeed("data", "--unlabelled", flat(), "--held-out", "7");
    assertTrue(without.output().contains("expected labels for classes"), without.output());
  }

  /** Twelve rows: a picture and, beside it, what becomes of it. */
  @Test
  void drawsWhatAnAugmentationDoes() throws IOException {
    Path sheet = folder.resolve("sheet.png");
    Outcome told =
        Console.succeed("data", "--unlabelled", flat(), "--augment", "digits", "--out", sheet);
    assertTrue(told.errors().contains(sheet.toString()), told.errors());
    BufferedImage drawn = ImageIO.read(sheet.toFile());
    int step = 64 + 4;
    assertEquals(12 * step, drawn.getHeight() - 2 * 16 - 36);
    int left = 16 + 150;
    int top = 16 + 36;
    for (int row = 0; row < 12; row++) {
      boolean changed = false;
      for (int y = 0; y < 28; y++) {
        for (int x = 0; x < 28; x++) {
          int placeY = top + row * step + 2 * y;
          int original = drawn.getRGB(left + 2 * x, placeY) & 0xFF;
          assertEquals(digits.pixel(row, y, x), original);
          changed |= original != (drawn.getRGB(left + step + 2 * x, placeY) & 0xFF);
        }
      }
      assertTrue(changed, "row " + row);
    }
  }

  @Test
  void refusesAnAugmentationThatIsNone() {
    Console.run("data", flat(), "--augment", "faces")
        .assertFailed(2, "expected none, digits, photos, found faces");
    assertFalse(Files.exists(Path.of("augmented-faces.png")));
  }
}
