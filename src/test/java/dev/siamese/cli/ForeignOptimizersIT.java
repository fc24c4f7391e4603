package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Outcome;
import dev.siamese.data.Dataset;
import dev.siamese.data.IdxFixture;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.exchange.Checkpoint;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.keras.KerasConfig;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.network.Clipping;
import dev.siamese.network.OptimizerSettings;
import dev.siamese.network.OutputKind;
import dev.siamese.network.RMSprop;
import dev.siamese.network.SGD;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
    "compiled,         0, 0.002, Adam,    loss",
    "compiled_by_name, 0, 0.001, Adam,    loss",
    "adam,             3, 0.004, Adam,    loss",
    "frozen,           3, 0.004, Adam,    loss",
    "amsgrad,          3, 0.001, Adam,    loss",
    "rmsprop,          3, 0.001, RMSprop, loss",
    "sgd,              3, 0.01,  SGD,     mse",
  })
  void trainingGoesOnWithTheOptimizerThatEveryCommandKeeps(
      String name, int steps, double learningRate, String optimizer, String loss)
      throws IOException {
    Path file = models.model(name + ".keras");
    double expected = models.answers().get(name).different();
    assertEquals(
        "",
        ForeignModels.assertSays(
            OutputKind.DISTANCE, expected, models.compare(file, models.second())));
    Path converted = folder.resolve("c.keras");
    ForeignModels.assertNotice(
        "The loss \"%s\" is not kept".formatted(loss),
        file,
        Console.succeed("convert", file, converted).remarks());
    assertEquals(checkpoint(file), checkpoint(converted));
    assertEquals(steps, checkpoint(file).state().step());

    Path run = folder.resolve("run");
    ForeignModels.assertNotice(
        "The loss \"%s\" is not read: training goes on with the contrastive loss".formatted(loss),
        file,
        train("--from", file, "--out", run));
    assertEquals(steps + STEPS, checkpoint(run).state().step());
    JsonObject config =
        JsonParser.parseString(Files.readString(run.resolve("config.json"))).getAsJsonObject();
    assertEquals(learningRate, config.get("learning_rate").getAsDouble(), 1e-9);
    assertEquals(optimizer, config.get("optimizer").getAsString());
  }

  private static Checkpoint checkpoint(Path model) throws IOException {
    return ModelStore.read(model, ModelHints.NONE).checkpoint().orElseThrow();
  }

  /** What a short training tells besides its progress. */
  private static String train(Object... options) {
    List<Object> command = new ArrayList<>(List.of("train", "--data", data));
    command.addAll(List.of("--epochs", "1", "--batch-size", "16"));
    command.addAll(List.of(options));
    return Console.succeed(command.toArray())
        .remarks()
        .lines()
        .filter(line -> !line.startsWith("Epoch "))
        .reduce("", (all, line) -> all + line + "\n");
  }

  @Test
  void everyCommandSaysThatAnUnknownOptimizerIsLeftOut() throws IOException {
    Path file = models.model("average.keras");
    String notice = "Left out: the optimizer; expected no use_ema of Adam, found true";
    double expected = models.answers().get("average").different();
    ForeignModels.assertNotice(
        notice,
        file,
        ForeignModels.assertSays(
            OutputKind.DISTANCE, expected, models.compare(file, models.second())));
    ForeignModels.assertNotice(
        notice, file, Console.succeed("evaluate", file, "--data", data).remarks());
    Path csv = folder.resolve("e.csv");
    ForeignModels.assertNotice(
        notice, file, Console.succeed("embed", file, models.first(), "--out", csv).remarks());
    Path run = folder.resolve("run");
    Outcome refused = Console.run("train", "--from", file, "--data", data, "--out", run);
    assertEquals(1, refused.exitCode());
    assertTrue(
        refused.remarks().contains("--optimizer to begin with a new one"), refused.remarks());
    assertFalse(Files.exists(run));
    String told = train("--from", file, "--out", run, "--optimizer", "sgd");
    assertTrue(told.startsWith(notice), told);
    assertEquals(STEPS, checkpoint(run).state().step());
    assertEquals(SGD.of(0.01), checkpoint(run).optimizer());
  }

  @ParameterizedTest
  @CsvSource({
    "'',      BFLOAT16, 'The convolutions are trained in bfloat16, as the policy mixed_bfloat16'",
    "float32, FLOAT32,  ''",
  })
  void aMixedPolicyGoesOn(String option, Precision precision, String words) throws IOException {
    Path file = models.model("mixed_bfloat16.keras");
    Path run = folder.resolve("run");
    String told =
        option.isEmpty()
            ? train("--from", file, "--out", run)
            : train("--from", file, "--out", run, "--precision", option);
    assertEquals(!words.isEmpty(), told.contains("are trained in bfloat16"), told);
    assertTrue(told.contains(words), told);
    assertTrue(told.contains("Computed in float32 at inference instead of mixed_bfloat16: "), told);
    assertTrue(told.contains("Left out: metrics of the compiled model, in " + file), told);
    assertEquals(3 + STEPS, checkpoint(run).state().step());
    String config = Files.readString(run.resolve("config.json"));
    assertTrue(
        config.contains(
            "\"precision\": \"%s\"".formatted(precision.name().toLowerCase(Locale.ROOT))),
        config);
  }

  @Test
  void aScaledLossGoesOnWithANewOptimizerInFloat32() throws IOException {
    Path file = models.model("mixed_float16.keras");
    Path run = folder.resolve("run");
    Outcome refused = Console.run("train", "--from", file, "--data", data, "--out", run);
    assertEquals(1, refused.exitCode());
    assertTrue(refused.remarks().contains("as mixed_float16 scales the loss"), refused.remarks());
    String told = train("--from", file, "--out", run, "--optimizer", "adam");
    assertTrue(told.contains("Computed in float32 instead of mixed_float16: "), told);
    assertEquals(STEPS, checkpoint(run).state().step());
  }

  @Test
  void aNewOptimizerForgetsWhatTheOldOneRemembers() throws IOException {
    Path file = models.model("adam.keras");
    Path run = folder.resolve("run");
    String told =
        train(
            "--from",
            file,
            "--out",
            run,
            "--optimizer",
            "rmsprop",
            "--momentum",
            "0.5",
            "--weight-decay",
            "0.01",
            "--clipnorm",
            "2",
            "--learning-rate",
            "0.002");
    assertTrue(told.contains("Left out: what the optimizer remembers"), told);
    Checkpoint reached = checkpoint(run);
    assertEquals(STEPS, reached.state().step());
    OptimizerSettings common =
        OptimizerSettings.of(0.002f)
            .withWeightDecay(0.01)
            .withClipping(new Clipping(Clipping.Kind.NORM, 2));
    assertEquals(0.002, reached.optimizer().common().learningRate().at(0), 1e-9);
    assertEquals(
        RMSprop.of(0.002f).withMomentum(0.5).with(common),
        reached.optimizer().withLearningRate(common.learningRate()));
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
