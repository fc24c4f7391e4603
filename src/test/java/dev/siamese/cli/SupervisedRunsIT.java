package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Outcome;
import dev.siamese.Python;
import dev.siamese.data.Dataset;
import dev.siamese.data.IdxFixture;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.exchange.StoredModels;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.LearningRate;
import dev.siamese.network.LearningRate.Constant;
import dev.siamese.network.LearningRate.CosineDecay;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Slot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that learn from whole batches, with labels and without. */
class SupervisedRunsIT {
  private static final int TRAINED = 32;
  private static final SiameseNetwork UNIT = StoredModels.SMALL.network().withUnitEmbeddings();

  @TempDir Path folder;
  private Path data;
  private Path small;
  private Path run;

  /** Four fifths of 40 digits to train, in batches of 16, by a small network. */
  @BeforeEach
  void write() throws IOException {
    Dataset digits = SyntheticDigits.dataset(1, 40, 20);
    data = folder.resolve("data");
    IdxFixture.writeFolder(data, digits.train(), digits.test(), "");
    small = folder.resolve("small.keras");
    ModelStore.write(small, StoredModels.SMALL.checkpoint(4));
    run = folder.resolve("run");
  }

  private Outcome run(Object... options) {
    List<Object> command = new ArrayList<>(List.of("train", "--data", data, "--out", run));
    command.addAll(List.of("--batch-size", "16"));
    command.addAll(Arrays.asList(options));
    return Console.run(command.toArray());
  }

  private Outcome train(Object... options) {
    Outcome outcome = run(options);
    assertEquals(0, outcome.exitCode(), outcome.toString());
    return outcome;
  }

  private static StoredModel last(Path run) throws IOException {
    return ModelStore.read(run.resolve("checkpoints").resolve("last.keras"), ModelHints.NONE);
  }

  private OptimizerState memory() throws IOException {
    return last(run).checkpoint().orElseThrow().state();
  }

  private JsonObject config() throws IOException {
    return JsonParser.parseString(Files.readString(run.resolve("config.json"))).getAsJsonObject();
  }

  /** A copy of a finished run as it was before its last epoch was written down. */
  private Path stopped() throws IOException {
    Path stopped = folder.resolve("stopped");
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.toList()) {
        Files.copy(file, stopped.resolve(run.relativize(file)));
      }
    }
    Path checkpoints = stopped.resolve("checkpoints");
    Files.delete(checkpoints.resolve("last.keras"));
    List<String> epochs = RunFiles.history(run);
    List<Double> losses =
        epochs.stream().skip(1).map(line -> Double.valueOf(line.split(",")[3])).toList();
    if (losses.indexOf(losses.stream().min(Double::compare).orElseThrow()) == losses.size() - 1) {
      Files.delete(checkpoints.resolve("best.keras"));
    }
    return stopped;
  }

  @ParameterizedTest
  @CsvSource({
    "--loss supcon --augment digits --lr-schedule cosine --warmup 0.5, images",
    "--unlabelled, views",
    "--loss triplet --mining distance-weighted --lr-schedule plateau, images",
    "--augment photos, pairs",
  })
  void goOnAsIfTheyHadNotStopped(String options, String samples) throws IOException {
    List<Object> all = new ArrayList<>(List.of("--from", small, "--epochs", "2"));
    all.addAll(List.of(options.split(" ")));
    train(all.toArray());
    Path stopped = stopped();
    Outcome outcome = Console.succeed("train", "--resume", "--out", stopped);
    assertTrue(
        outcome.output().contains("1 epochs and 0 %s of the next".formatted(samples)),
        outcome.output());
    RunFiles.assertSame(run, stopped);
  }

  private Path pictures() throws IOException {
    LabeledImages digits = SyntheticDigits.dataset(2, 50, 10).train();
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    for (int image = 0; image < digits.size(); image++) {
      ModelFixture.picture(pictures.resolve(image + ".png"), digits, image);
    }
    return pictures;
  }

  @Test
  void aFolderOfPicturesIsEnough() throws IOException {
    data = pictures();
    train("--loss", "nt-xent", "--epochs", "2");
    assertEquals("views", config().get("alike").getAsString());
    assertFalse(config().getAsJsonObject("data").has("classes"));
    Path stopped = stopped();
    Console.succeed("train", "--resume", "--out", stopped);
    RunFiles.assertSame(run, stopped);
    // Nor is it said again what images there are.
    Path first = run;
    run = folder.resolve("next");
    Outcome outcome = train("--from", first, "--epochs", "1");
    assertTrue(
        outcome.errors().contains("Training goes on with the loss nt-xent"), outcome.errors());
    assertEquals("views", config().get("alike").getAsString());
  }

  /** Whoever reads a run that has a projection sees the network that is kept. */
  @Test
  void aProjectionIsLeftOffWhereverTheRunIsRead() throws IOException {
    train("--from", small, "--unlabelled", "--epochs", "1");
    assertEquals(4, 2 * TRAINED / 16);
    assertEquals(StoredModels.STEPS + 4, memory().step());
    assertEquals(UNIT, last(run).model().network());
    assertEquals(UNIT, RunFiles.read(run).network());
    assertEquals(UNIT, RunFiles.exported(run).network());
    // A run that was not finished has its checkpoints alone.
    Path unfinished = folder.resolve("unfinished");
    Files.createDirectories(unfinished.resolve("checkpoints"));
    Path checkpoint = unfinished.resolve("checkpoints").resolve("last.keras");
    Files.copy(run.resolve("checkpoints").resolve("last.keras"), checkpoint);
    for (Path model : List.of(run, unfinished)) {
      Path converted = folder.resolve("converted.keras");
      Console.succeed("convert", model, converted);
      assertEquals(RunFiles.model(run, "last").weights(), RunFiles.read(converted).weights());
      Console.succeed("evaluate", model, "--data", data, "--json");
      Path table = folder.resolve("embeddings.csv");
      Console.succeed("embed", model, data, "--out", table);
      String[] cells = Files.readAllLines(table).get(1).split(",");
      double squares = 0;
      for (int i = 0; i < 5; i++) {
        squares += Math.pow(Double.parseDouble(cells[cells.length - 1 - i]), 2);
      }
      assertEquals(1, squares, 1e-5);
      Files.delete(converted);
      Files.delete(table);
    }
    Path first = run;
    run = folder.resolve("few");
    train("--from", first, "--labels-per-class", "2", "--loss", "supcon", "--epochs", "1");
    assertEquals(UNIT, last(run).model().network());
    assertEquals("classes", config().get("alike").getAsString());
  }

  @Test
  void theMemoryOfAPairTrainedModelIsKept() throws IOException {
    Outcome outcome =
        train("--from", small, "--loss", "supcon", "--epochs", "1", "--learning-rate", "1e-12");
    assertEquals(
        "", outcome.errors().lines().filter(line -> line.contains("eft out")).findAny().orElse(""));
    int steps = TRAINED / 16;
    assertEquals(UNIT, last(run).model().network());
    assertEquals(StoredModels.STEPS + steps, memory().step());
    // Each step takes a tenth of the way, or so, to what are small gradients.
    float before =
        StoredModels.SMALL
            .checkpoint(4)
            .checkpoint()
            .orElseThrow()
            .state()
            .slot(Slot.MOMENTUM)
            .values(0)[0];
    float kept = (float) Math.pow(0.8, steps);
    assertEquals(kept * before, memory().slot(Slot.MOMENTUM).values(0)[0], 0.2f * Math.abs(before));
  }

  @Test
  void theLossAndTheMiningOfARunAreKeptUnlessAnotherIsNamed() throws IOException {
    train("--from", small, "--loss", "triplet", "--mining", "hard", "--epochs", "1");
    Path first = run;
    run = folder.resolve("next");
    Outcome outcome = train("--from", first, "--epochs", "1");
    assertEquals("triplet", config().get("loss").getAsString());
    assertEquals("hard", config().get("mining").getAsString());
    assertEquals(16, config().get("batch_size").getAsInt());
    String words =
        "Training goes on with the loss triplet, mining hard, as %s was trained".formatted(first);
    assertTrue(outcome.errors().contains(words), outcome.errors());
    run = folder.resolve("mined");
    train("--from", first, "--mining", "all", "--epochs", "1");
    assertEquals("triplet", config().get("loss").getAsString());
    assertEquals("all", config().get("mining").getAsString());
    run = folder.resolve("pairs");
    assertFalse(
        train("--from", first, "--loss", "contrastive", "--epochs", "1")
            .errors()
            .contains("Training goes on with"));
    assertFalse(config().has("loss"));
    assertEquals(UNIT, last(run).model().network());
  }

  /** With the same images alike, changed in the same way, by the projection as it was left. */
  @Test
  void aRunWithoutLabelsGoesOnAsItWas() throws IOException {
    train("--from", small, "--unlabelled", "--augment", "photos", "--epochs", "1");
    JsonElement projection = projection();
    Path first = run;
    run = folder.resolve("next");
    Outcome outcome = train("--from", first, "--epochs", "1", "--learning-rate", "1e-30");
    assertTrue(outcome.errors().contains("two views of a picture alike"), outcome.errors());
    assertEquals("views", config().get("alike").getAsString());
    assertEquals("photos", config().get("augment").getAsString());
    assertEquals(projection, projection());
    run = folder.resolve("labels");
    train("--from", first, "--loss", "supcon", "--epochs", "1");
    assertEquals("classes", config().get("alike").getAsString());
    assertFalse(config().has("augment"));
  }

  private JsonElement projection() throws IOException {
    String text = last(run).attachments().get("projection.json");
    return JsonParser.parseString(text).getAsJsonObject().get("weights");
  }

  /** Also those that no option names. */
  @Test
  void theSettingsOfLossesAndMinersAreWrittenDown() throws IOException {
    train("--from", small, "--loss", "triplet", "--epochs", "1");
    assertEquals("{\"margin\":0.2}", config().get("loss_settings").toString());
    assertEquals("{\"margin\":0.2}", config().get("mining_settings").toString());
    assertFalse(config().has("margin"));
  }

  /** And a run goes on with them, unless it is given another loss. */
  @Test
  void aRunGoesOnWithWhatItsLossWasSetTo() throws IOException {
    train("--from", small, "--loss", "supcon", "--temperature", "0.3", "--epochs", "1");
    Path first = run;
    run = folder.resolve("next");
    train("--from", first, "--epochs", "1");
    assertEquals("{\"temperature\":0.3}", config().get("loss_settings").toString());
    run = folder.resolve("other");
    train("--from", first, "--loss", "triplet", "--margin", "0", "--epochs", "1");
    assertEquals("{\"margin\":0.0}", config().get("loss_settings").toString());
    Path soft = run;
    run = folder.resolve("mined");
    train("--from", soft, "--mining", "hard", "--epochs", "1");
    assertEquals("{\"margin\":0.0}", config().get("loss_settings").toString());
    assertEquals("hard", config().get("mining").getAsString());
  }

  private LearningRate rate() throws IOException {
    return last(run).checkpoint().orElseThrow().optimizer().common().learningRate();
  }

  @Test
  void aCosineTravelsAndANewOneBeginsAtItsBeginning() throws IOException {
    Outcome outcome =
        train("--from", small, "--loss", "supcon", "--lr-schedule", "cosine", "--epochs", "2");
    ForeignModels.assertNotice(
        "Left out: what the optimizer remembers",
        small,
        outcome.errors().lines().findFirst().orElseThrow());
    int steps = 2 * TRAINED / 16;
    assertEquals(new CosineDecay(0.002, steps, 0, OptionalDouble.empty(), 0), rate());
    assertEquals(steps, memory().step());

    Path first = run;
    run = folder.resolve("next");
    Outcome over = run("--from", first, "--epochs", "1");
    over.assertFailed(2, "expected --learning-rate", "has come to 0");
    run("--from", first, "--epochs", "1", "--lr-schedule", "cosine")
        .assertFailed(2, "expected --learning-rate beside --lr-schedule");
    assertFalse(Files.exists(run));
    train("--from", first, "--epochs", "1", "--lr-schedule", "cosine", "--learning-rate", "0.01");
    assertEquals(new CosineDecay(0.01, 2, 0, OptionalDouble.empty(), 0), rate());
    assertEquals(2, memory().step());
  }

  /** The network with its last layer, and the optimizer with its schedule. */
  @Test
  void kerasGoesOnWithACheckpoint() throws IOException {
    train(
        "--from",
        small,
        "--loss",
        "supcon",
        "--lr-schedule",
        "cosine",
        "--warmup",
        "1",
        "--epochs",
        "3");
    LabeledImages digits = SyntheticDigits.dataset(3, 10, 10).test();
    Files.write(folder.resolve("images"), IdxFixture.pixels(digits));
    try (InferenceModel model = new InferenceModel(last(run).model(), SessionSettings.defaults())) {
      float[][] embeddings = model.embed(digits);
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * 50).order(ByteOrder.LITTLE_ENDIAN);
      for (float[] embedding : embeddings) {
        for (float value : embedding) {
          bytes.putFloat(value);
        }
      }
      Files.write(folder.resolve("embeddings"), bytes.array());
    }
    Console.succeed("convert", run, folder.resolve("model.weights.h5"));
    Console.succeed("convert", run, folder.resolve("model.h5"));
    Python.run(
        "-c",
        """
        import sys
        from pathlib import Path
        from quiet_tensorflow import tf
        import keras
        import numpy as np
        import tf_keras
        folder = Path(sys.argv[1])
        images = np.fromfile(folder / "images", np.uint8).reshape(-1, 28, 28, 1) / np.float32(255)
        embeddings = np.fromfile(folder / "embeddings", np.float32).reshape(len(images), -1)
        np.testing.assert_allclose(np.linalg.norm(embeddings, axis=1), 1, atol=1e-5)

        def check(model, kind):
            (twin,) = (layer for layer in model.layers if isinstance(layer, kind))
            np.testing.assert_allclose(twin.predict(images, verbose=0), embeddings, atol=2e-6)

        model = keras.models.load_model(folder / "run" / "checkpoints" / "last.keras")
        check(model, keras.Model)
        rate = model.optimizer._learning_rate
        assert isinstance(rate, keras.optimizers.schedules.CosineDecay), rate
        found = [float(rate(step)) for step in (0, 1, 2, 3, 5)]
        np.testing.assert_allclose(
            found, [0, 0.001, 0.002, 0.001 * (1 + 0.5 ** 0.5), 0.001 * (1 - 0.5 ** 0.5)], atol=1e-9)
        assert int(model.optimizer.iterations) == 6
        model.set_weights([0 * weight for weight in model.get_weights()])
        model.load_weights(folder / "model.weights.h5")
        check(model, keras.Model)
        check(tf_keras.models.load_model(folder / "model.h5", compile=False), tf_keras.Model)
        """,
        folder.toString());
  }

  /** So small a rate changes nothing: no epoch is better than the first. */
  @Test
  void theRateOfAPlateauTravels() throws IOException {
    train("--from", small, "--lr-schedule", "plateau", "--epochs", "3", "--learning-rate", "1e-30");
    assertEquals(5e-31, ((Constant) rate()).value(), 1e-37);
    Path first = run;
    run = folder.resolve("next");
    train("--from", first, "--epochs", "1");
    assertEquals(5e-31, config().get("learning_rate").getAsDouble(), 1e-37);
  }
}
