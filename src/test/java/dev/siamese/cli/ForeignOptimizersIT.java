package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.data.Dataset;
import dev.siamese.data.IdxFixture;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.keras.KerasConfig;
import dev.siamese.network.OutputKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Keras's compile and fit leave in a file beside the weights. */
class ForeignOptimizersIT {
  private static final int STEPS = 4; // 64 pairs of 32 images in batches of 16

  @TempDir static Path fixed;
  private static ForeignModels models;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void make() throws IOException {
    models = ForeignModels.make("optimizers", fixed);
    Dataset digits = SyntheticDigits.dataset(1, 40, 20);
    data = fixed.resolve("data");
    IdxFixture.writeFolder(data, digits.train(), digits.test(), "");
  }

  @ParameterizedTest
  @CsvSource({
    "compiled,         0,  0.002, 0.9, ''",
    "compiled_by_name, 0,  0.001, 0.9, ''",
    "adam,             3,  0.004, 0.7, ''",
    "frozen,           3,  0.004, 0.9, ''",
    "amsgrad,          -1, 0.001, 0.9, 'Left out: the optimizer; expected no amsgrad of Adam'",
    "average,          -1, 0.001, 0.9, 'Left out: the optimizer; expected no use_ema of Adam'",
    "rmsprop,          -1, 0.001, 0.9, 'Left out: the optimizer; expected Adam, found RMSprop'",
    "sgd,              -1, 0.001, 0.9, 'Left out: the optimizer; expected Adam, found SGD'",
  })
  void everyCommandReadsTheWeightsAndSaysWhatIsLeftOut(
      String name, int steps, double learningRate, double beta1, String notice) throws IOException {
    Path file = models.model(name + ".keras");
    double expected = models.answers().get(name).different();
    ForeignModels.assertNotice(
        notice,
        file,
        ForeignModels.assertSays(
            OutputKind.DISTANCE, expected, models.compare(file, models.second())));
    ForeignModels.assertNotice(
        notice, file, Console.succeed("evaluate", file, "--data", data).errors());
    Path csv = folder.resolve("e.csv");
    ForeignModels.assertNotice(
        notice, file, Console.succeed("embed", file, models.first(), "--out", csv).errors());
    Path converted = folder.resolve("c.keras");
    ForeignModels.assertNotice(notice, file, Console.succeed("convert", file, converted).errors());
    ForeignModels.assertSays(
        OutputKind.DISTANCE, expected, models.compare(converted, models.second()));

    StoredModel before = ModelStore.read(file, ModelHints.NONE);
    assertEquals(
        steps < 0 ? Optional.empty() : Optional.of((long) steps),
        before.checkpoint().map(checkpoint -> checkpoint.state().step()));
    Path run = folder.resolve("run");
    String told =
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
                "--batch-size",
                "16")
            .errors()
            .lines()
            .filter(line -> !line.startsWith("Epoch "))
            .reduce("", (all, line) -> all + line + "\n");
    ForeignModels.assertNotice(notice, file, told);
    StoredModel after = ModelStore.read(run, ModelHints.NONE);
    assertEquals(Math.max(0, steps) + STEPS, after.checkpoint().orElseThrow().state().step());
    JsonObject config =
        JsonParser.parseString(Files.readString(run.resolve("config.json"))).getAsJsonObject();
    assertEquals(learningRate, config.get("learning_rate").getAsDouble(), 1e-9);
    assertEquals(beta1, config.get("beta_1").getAsDouble());
  }

  @ParameterizedTest
  @CsvSource({"frozen, 1", "adam, 0"})
  void whatIsFrozenStaysAsItIs(String name, int frozen) throws IOException {
    Path file = models.model(name + ".keras");
    Path run = folder.resolve("run");
    Console.succeed("train", "--from", file, "--data", data, "--out", run, "--epochs", "1");
    StoredModel before = ModelStore.read(file, ModelHints.NONE);
    StoredModel after = ModelStore.read(run, ModelHints.NONE);
    assertEquals(before.model().network(), after.model().network());
    // The last bias cancels in a difference.
    for (int i = 0; i < 7; i++) {
      float[] old = before.model().weights().values(i);
      // Kernel and bias of the first layer.
      assertEquals(i < 2 * frozen, Arrays.equals(old, after.model().weights().values(i)), "" + i);
    }
  }

  @ParameterizedTest
  @CsvSource({"adam", "compiled"})
  void aFileOfWeightsTellsItsNetworkByAnotherFile(String name) throws IOException {
    Path weights = models.model(name + ".weights.h5");
    Path layers = folder.resolve("network.json");
    StoredModel model = ModelStore.read(models.model(name + ".keras"), ModelHints.NONE);
    Files.writeString(layers, KerasConfig.write(model.model().network().network()));
    ForeignModels.assertNotice(
        "The optimizer is taken for Adam, with Keras's defaults for what a file of weights",
        weights,
        ForeignModels.assertSays(
            OutputKind.DISTANCE,
            models.answers().get(name).different(),
            models.compare(weights, models.second(), "--network", layers)));
  }
}
