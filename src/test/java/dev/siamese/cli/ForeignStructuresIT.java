package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.siamese.data.Dataset;
import dev.siamese.data.IdxFixture;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.network.OutputKind;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One network that Keras has in several ways. */
class ForeignStructuresIT {
  @TempDir static Path fixed;
  private static ForeignModels models;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void make() throws IOException {
    models = ForeignModels.make("structures", fixed);
    Dataset digits = SyntheticDigits.dataset(1, 40, 20);
    data = fixed.resolve("data");
    IdxFixture.writeFolder(data, digits.train(), digits.test(), "");
  }

  private static void assertSays(String name, Path model, String notice, Object... options) {
    ForeignModels.assertNotice(
        notice,
        model,
        ForeignModels.assertSays(
            OutputKind.DISTANCE,
            models.answers().get(name).different(),
            models.compare(model, models.second(), options)));
  }

  @ParameterizedTest
  @CsvSource({
    "rates,       ''",
    "flat,        ''",
    "relu_layers, ''",
    "shared_pool, ''",
    "augmented,   ''",
  })
  void isReadConvertedAndTrainedFurther(String name, String notice) throws IOException {
    Path file = models.model(name + ".keras");
    assertSays(name, file, notice);
    for (String target : List.of("c.keras", "c")) {
      Path converted = folder.resolve(target);
      Console.succeed("convert", file, converted);
      assertSays(name, converted, target.equals("c") ? "" : notice);
    }
    Path run = folder.resolve("run");
    Console.succeed(
        "train",
        "--from",
        file,
        "--data",
        data,
        "--out",
        run,
        "--epochs",
        "1",
        "--learning-rate",
        "1e-12");
    // Without the threshold that was chosen for it.
    assertSays(name, run.resolve("checkpoints").resolve("last.keras"), notice);
  }

  @Test
  void tellsOnceThatAugmentationIsLeftOutOfTraining() {
    Path run = folder.resolve("run");
    List<String> told =
        Console.succeed(
                "train",
                "--from",
                models.model("augmented.keras"),
                "--data",
                data,
                "--out",
                run,
                "--epochs",
                "1")
            .remarks()
            .lines()
            .filter(line -> !line.startsWith("Epoch "))
            .toList();
    assertEquals(List.of("Left out of training: twin/random_flip, twin/random_rotation."), told);
  }

  @Test
  void keepsTheDropoutOfEachLayer() throws IOException {
    Path converted = folder.resolve("c.keras");
    Console.succeed("convert", models.model("rates.keras"), converted);
    Path run = folder.resolve("run");
    Console.succeed("train", "--from", converted, "--data", data, "--out", run, "--epochs", "1");
    assertEquals(
        "[0.1,0.2,0.6]",
        JsonParser.parseString(Files.readString(run.resolve("config.json")))
            .getAsJsonObject()
            .get("dropout")
            .toString());
    String plan = Console.succeed("summary", run, "--plan").output();
    assertTrue(plan.contains("Plan of the twin:\n"), plan);
  }

  @ParameterizedTest
  @CsvSource({"flat", "relu_layers", "shared_pool", "rates"})
  void anExportIsReadByTheLayersOfAnyFile(String name) throws IOException {
    Path export = models.model(name);
    assertSays(name, export, "");
    Path layers = folder.resolve("network.json");
    Files.writeString(layers, layersOf(models.model(name + ".keras")));
    Path converted = folder.resolve("c.keras");
    Console.succeed("convert", export, converted, "--network", layers);
    assertSays(name, converted, "");
  }

  /** Keras's export of augmentation layers draws at random. */
  @Test
  void aRandomExportIsRefusedForBeingRandom() throws IOException {
    Path layers = folder.resolve("network.json");
    Files.writeString(layers, layersOf(models.model("augmented.keras")));
    Console.run(
            "convert", models.model("augmented"), folder.resolve("c.keras"), "--network", layers)
        .assertFailed(1, "whose answers change from call to call", models.model("augmented"));
  }

  private static String layersOf(Path keras) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(keras)) {
      return Files.readString(zip.getPath("config.json"));
    }
  }

  @Test
  void aSubclassedModelComesByItsExport() {
    Console.run("convert", models.model("subclassed.keras"), folder.resolve("c.keras"))
        .assertFailed(
            1, "Functional or Sequential", "model.export()", models.model("subclassed.keras"));
    Path export = models.model("subclassed");
    assertSays("subclassed", export, "");
    Console.run("convert", export, folder.resolve("c.keras"))
        .assertFailed(1, "--network names", export);
    Path converted = folder.resolve("c.keras");
    Path layers = models.model("subclassed.json");
    Console.succeed("convert", export, converted, "--network", layers);
    assertSays("subclassed", converted, "");
  }
}
