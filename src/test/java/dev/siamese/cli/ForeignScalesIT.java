package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.siamese.cli.ForeignModels.Answer;
import dev.siamese.data.Dataset;
import dev.siamese.data.IdxFixture;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.network.OutputKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of Keras that take pixels of 0 to 255, and one that looks as if. */
class ForeignScalesIT {
  @TempDir static Path fixed;
  private static ForeignModels models;

  @TempDir Path folder;

  @BeforeAll
  static void make() throws IOException {
    models = ForeignModels.make("scales", fixed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"by255", "by127", "by255_twin", "by127_twin"})
  void theLayersOfAFileTellItsValues(String name) {
    Path file = models.model(name + ".keras");
    Answer answer = models.answers().get(name);
    String told =
        ForeignModels.assertSays(
            OutputKind.DISTANCE, answer.different(), models.compare(file, models.second()));
    ForeignModels.assertNotice(name.endsWith("twin") ? "It is a twin alone, " : "", file, told);
    String summary = Console.succeed("summary", file).output();
    assertTrue(summary.contains("Images: 28×28, pixels as 0..255\n"), summary);
  }

  @ParameterizedTest
  @ValueSource(strings = {"by255", "by127"})
  void anExportIsToldToHardlyDiffer(String name) {
    Path export = models.model(name);
    ForeignModels.assertNotice(
        "Its distances hardly differ at 0..1; --values 0..255 may be right",
        export,
        models.compare(export, models.second()).remarks());
    assertEquals(
        "",
        ForeignModels.assertSays(
            OutputKind.DISTANCE,
            models.answers().get(name).different(),
            models.compare(export, models.second(), "--values", "0..255")));
  }

  @Test
  void aRescalingOfSmallNumbersIsNoSignOfLargeOnes() {
    Path file = models.model("doubled.keras");
    double expected = models.answers().get("doubled").different();
    assertEquals(
        "",
        ForeignModels.assertSays(
            OutputKind.DISTANCE, expected, models.compare(file, models.second())));
    String summary = Console.succeed("summary", file).output();
    assertTrue(summary.contains(", pixels as 0..1\n"), summary);
    // For which another range can be named.
    String other =
        Console.succeed("compare", file, models.first(), models.second(), "--values=-1..1")
            .output();
    assertTrue(!other.contains("%.4f".formatted(expected)), other);
  }

  @Test
  void theValuesTravelWithTheModel() throws IOException {
    double expected = models.answers().get("by255").different();
    Path from = models.model("by255.keras");
    for (String name : new String[] {"1.keras", "2", "3.keras"}) {
      Path target = folder.resolve(name);
      Console.succeed("convert", from, target);
      assertEquals(
          "",
          ForeignModels.assertSays(
              OutputKind.DISTANCE, expected, models.compare(target, models.second())));
      from = target;
    }
    Path run = folder.resolve("run");
    Path data = folder.resolve("data");
    Dataset digits = SyntheticDigits.dataset(1, 40, 20);
    IdxFixture.writeFolder(data, digits.train(), digits.test(), "");
    Console.succeed(
        "train",
        "--from",
        from,
        "--data",
        data,
        "--epochs",
        "1",
        "--out",
        run,
        "--learning-rate",
        "1e-12");
    assertEquals(
        "0..255",
        JsonParser.parseString(Files.readString(run.resolve("config.json")))
            .getAsJsonObject()
            .get("values")
            .getAsString());
    String output =
        models.compare(run.resolve("checkpoints").resolve("last.keras"), models.second()).output();
    assertTrue(output.contains(" distance %.4f, ".formatted(expected)), output);
  }
}
