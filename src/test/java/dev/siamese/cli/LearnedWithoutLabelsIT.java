package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run tells of a lesson over whole batches: a linear probe, and what the miner found. */
class LearnedWithoutLabelsIT {
  private static final int WITHOUT_MINING = 500;

  @TempDir private Path folder;

  private Outcome train(String name, String... options) {
    return Console.succeed(
        Stream.concat(
                Stream.of(
                    "train --data synthetic --limit 200 --epochs 2 --batch-size 40 --out"
                        .split(" ")),
                Stream.concat(Stream.of(folder.resolve(name).toString()), Stream.of(options)))
            .toArray());
  }

  private JsonObject metrics(String name) throws IOException {
    return JsonParser.parseString(Files.readString(new RunFolder(folder.resolve(name)).metrics()))
        .getAsJsonObject();
  }

  private int pictureHeight(Path file) throws IOException {
    return ImageIO.read(file.toFile()).getHeight();
  }

  @Test
  void aLinearProbeTellsHowFarLabelsCanBeReadOff() throws IOException {
    Outcome outcome = train("views", "--unlabelled");
    JsonObject probe = metrics("views").getAsJsonObject("linear_probe");
    assertEquals(200, probe.get("train_images").getAsInt());
    assertEquals(40, probe.get("test_images").getAsInt());
    double accuracy = probe.get("accuracy").getAsDouble();
    // By chance it would be 0.1.
    assertTrue(accuracy > 0.3, probe.toString());
    String line = String.format(Locale.ROOT, "accuracy                %.4f", accuracy);
    assertTrue(outcome.output().contains("Linear probe"), outcome.output());
    assertTrue(outcome.output().contains(line), outcome.output());
    String report = Files.readString(folder.resolve("views").resolve("report.html"));
    assertTrue(report.contains("accuracy of a linear probe"));
  }

  @Test
  void whatAMinerFoundIsShownAndGivenPairsAreAsEver() throws IOException {
    train("classes", "--loss", "supcon");
    train("pairs");
    for (String name : new String[] {"classes", "pairs"}) {
      boolean mined = name.equals("classes");
      RunFolder run = new RunFolder(folder.resolve(name));
      assertEquals(mined, pictureHeight(run.historyChart()) > WITHOUT_MINING, name);
      assertEquals(mined, Files.readString(run.report()).contains("<h3>Hardness</h3>"), name);
      Path plot = folder.resolve(name + ".png");
      Console.succeed("plot", run.path(), "--out", plot);
      assertEquals(mined, pictureHeight(plot) > WITHOUT_MINING, name);
      assertFalse(metrics(name).has("linear_probe"), name);
    }
    Path both = folder.resolve("both.png");
    Console.succeed("plot", folder.resolve("classes"), folder.resolve("pairs"), "--out", both);
    assertEquals(WITHOUT_MINING, pictureHeight(both));
  }
}
