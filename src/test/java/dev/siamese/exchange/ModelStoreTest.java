package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Messages;
import dev.siamese.data.Pairs;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.data.ValueRange;
import dev.siamese.model.Images;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.PairModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Adam;
import dev.siamese.network.Distance;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import dev.siamese.savedmodel.SavedModelReader;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoreTest {
  @TempDir Path folder;

  private static StoredModel read(Path file) throws IOException {
    return ModelStore.read(file, ModelHints.NONE);
  }

  /** The user's words for all that a file of weights does not tell of a model. */
  private static ModelHints describing(StoredModel model) {
    SiameseNetwork network = model.model().network();
    return new ModelHints(
        Optional.of(network),
        Optional.empty(),
        Optional.of(model.model().values()),
        Optional.empty());
  }

  @ParameterizedTest
  @EnumSource
  void convertsBetweenFilesBitByBit(StoredModels kind) throws IOException {
    StoredModel model = kind.full(1);
    Path keras = folder.resolve("Model.KERAS");
    Path weights = folder.resolve("model.weights.h5");
    Path again = folder.resolve("again.keras");
    ModelStore.write(keras, model);
    assertEquals(model, read(keras));
    ModelStore.write(weights, read(keras));
    StoredModel fromWeights = ModelStore.read(weights, describing(model));
    ModelStore.write(again, fromWeights);
    assertEquals(model.model(), read(again).model());
    Checkpoint checkpoint = read(again).checkpoint().orElseThrow();
    assertEquals(model.checkpoint().orElseThrow().state(), checkpoint.state());
    assertEquals(Adam.of(0.002f), checkpoint.optimizer());
    assertEquals(
        List.of(
            "The optimizer is taken for Adam, with Keras's defaults for what a file of weights does"
                + " not say, in %s.".formatted(weights)),
        fromWeights.notices());
  }

  @ParameterizedTest
  @EnumSource
  void convertsToASavedModelAndBackBitByBit(StoredModels kind) throws IOException {
    StoredModel model = kind.full(5);
    Path savedModel = folder.resolve("savedmodel");
    ModelStore.write(savedModel, model);
    StoredModel read = read(savedModel);
    assertEquals(model.model(), read.model());
    assertEquals(StoredModels.THRESHOLD, read.threshold().orElseThrow());
    // The graph holds the next float, below which are the same floats.
    double served = SavedModelReader.open(savedModel).threshold().orElseThrow();
    assertEquals(StoredModels.THRESHOLD, served, 1e-7);
    Path keras = folder.resolve("model.keras");
    ModelStore.write(keras, read);
    assertEquals(read, read(keras));
  }

  @Test
  void aModelWithoutThresholdGetsTheReferenceProgramsInASavedModel() throws IOException {
    Path savedModel = folder.resolve("savedmodel");
    ModelStore.write(savedModel, StoredModel.of(StoredModels.SMALL.trained(6)));
    assertEquals(0.5, SavedModelReader.open(savedModel).threshold().orElseThrow());
    // Which is not its own.
    assertEquals(OptionalDouble.empty(), read(savedModel).threshold());
    try (LoadedModel loaded =
        ModelStore.load(savedModel, ModelHints.NONE, SessionSettings.defaults())) {
      assertEquals(OptionalDouble.empty(), loaded.threshold());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFormTellsTheSameOfPairs(StoredModels kind) throws IOException {
    StoredModel model = kind.full(7);
    LabeledImages images =
        SyntheticDigits.dataset(8, 10, 20)
            .test()
            .fitted(Images.shape(model.model().network().image()));
    Pairs pairs = Pairs.draw(images, new SplittableRandom(9));
    float[] expected;
    try (PairModel network = new InferenceModel(model.model(), SessionSettings.defaults())) {
      expected = network.compare(images, pairs);
    }
    for (String name : new String[] {"model.keras", "model.weights.h5", "savedmodel"}) {
      Path file = folder.resolve(name);
      ModelStore.write(file, model);
      boolean weights = name.endsWith(".h5");
      ModelHints hints = weights ? describing(model) : ModelHints.NONE;
      try (LoadedModel loaded = ModelStore.load(file, hints, SessionSettings.defaults())) {
        assertArrayEquals(expected, loaded.model().compare(images, pairs), 1e-6f, name);
        assertEquals(model.model().network().output(), loaded.model().output());
        assertEquals(model.model().values(), loaded.preparation().values());
        assertEquals(weights, loaded.threshold().isEmpty());
        assertEquals(weights ? 1 : 0, loaded.notices().size());
      }
    }
  }

  @Test
  void whatTheUserSaysOverrulesWhatIsStored() throws IOException {
    StoredModel model = StoredModels.SIMILARITY.full(3);
    ModelHints hints =
        new ModelHints(
            Optional.empty(),
            Optional.empty(),
            Optional.of(ValueRange.ZERO_TO_255),
            Optional.of(OutputKind.DISTANCE));
    ModelStore.write(folder.resolve("model.keras"), model);
    StoredModel read = ModelStore.read(folder.resolve("model.keras"), hints);
    assertEquals(ValueRange.ZERO_TO_255, read.model().values());
    assertEquals(OutputKind.DISTANCE, read.model().network().output());
    assertEquals(model.model().weights(), read.model().weights());
  }

  @Test
  void weightsWithoutANetworkAreTakenForTheReferences() throws IOException {
    SiameseNetwork reference = NamedNetwork.REFERENCE.network();
    Weights weights = Weights.initial(reference.network(), new SplittableRandom(1));
    Path file = folder.resolve("model.weights.h5");
    ModelStore.write(
        file, StoredModel.of(new TrainedNetwork(reference, weights, ValueRange.ZERO_TO_ONE)));
    StoredModel read = read(file);
    assertEquals(reference, read.model().network());
    assertEquals(weights, read.model().weights());
    assertEquals(
        List.of(
            "It does not tell the layers: those of the reference network are taken (--network says"
                + " otherwise), in %s.".formatted(file)),
        read.notices());
  }

  @Test
  void saysHowToNameTheLayersOfOtherWeights() throws IOException {
    Path file = folder.resolve("model.weights.h5");
    ModelStore.write(file, StoredModel.of(StoredModels.SMALL.trained(1)));
    Messages.assertFails(
        () -> read(file), "(2, 2, 1, 128)", "(2, 2, 1, 4)", file, "--network names them");
  }

  @Test
  void aDistanceNeedsATwin() throws IOException {
    ModelHints cosine =
        new ModelHints(
            Optional.empty(), Optional.of(Distance.COSINE), Optional.empty(), Optional.empty());
    StoredModel model = StoredModels.SMALL.full(1);
    Path weights = folder.resolve("model.weights.h5");
    ModelStore.write(weights, model);
    Messages.assertFails(
        () -> ModelStore.read(weights, cosine), "--network", "--distance", weights);
    Path savedModel = folder.resolve("savedmodel");
    ModelStore.write(savedModel, model);
    try (LoadedModel loaded = ModelStore.load(savedModel, cosine, SessionSettings.defaults())) {
      assertEquals(
          List.of(
              "It compares two images itself, so that --distance is left out, in %s."
                  .formatted(savedModel)),
          loaded.notices());
    }
  }

  @Test
  void readsTheThresholdBesideAnOlderModel() throws IOException {
    Path file = folder.resolve("model.keras");
    StoredModel model = StoredModels.SMALL.checkpoint(3);
    ModelStore.write(file, model);
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Files.delete(zip.getPath("siamese", "model.json"));
      Files.writeString(zip.getPath("siamese-threshold.txt"), "0.25");
    }
    assertEquals(0.25, read(file).threshold().orElseThrow());
    assertEquals(model.model(), read(file).model());
  }

  @ParameterizedTest
  @EnumSource
  void anHdf5FileKeepsAllButTheOptimizer(StoredModels kind) throws IOException {
    StoredModel model = kind.full(4);
    LabeledImages images =
        SyntheticDigits.dataset(8, 10, 20)
            .test()
            .fitted(Images.shape(model.model().network().image()));
    Pairs pairs = Pairs.draw(images, new SplittableRandom(9));
    for (String name : List.of("model.h5", "Model.HDF5")) {
      Path file = folder.resolve(name);
      assertEquals(
          List.of(
              "Left out: what the optimizer remembers, which .keras keeps, in %s.".formatted(file)),
          ModelStore.write(file, model));
      StoredModel read = read(file);
      assertEquals(List.of(), read.notices());
      assertEquals(model.threshold(), read.threshold());
      assertEquals(model.attachments(), read.attachments());
      assertEquals(model.model().values(), read.model().values());
      assertEquals(model.model().network().output(), read.model().network().output());
      assertEquals(model.model().network().twin(), read.model().network().twin());
      for (int i = 0; i < model.model().weights().parameters().size(); i++) {
        assertArrayEquals(model.model().weights().values(i), read.model().weights().values(i));
      }
      try (PairModel one = new InferenceModel(model.model(), SessionSettings.defaults());
          PairModel other = new InferenceModel(read.model(), SessionSettings.defaults())) {
        assertArrayEquals(one.compare(images, pairs), other.compare(images, pairs), 1e-5f);
      }
    }
  }

  @Test
  void tellsWhatAFormHasNoRoomFor() throws IOException {
    StoredModel model = StoredModels.KERAS_IO.full(4); // Takes values of 0..255.
    Path weights = folder.resolve("model.weights.h5");
    assertEquals(
        List.of(
            "Left out: the threshold %.4f, in %s.".formatted(StoredModels.THRESHOLD, weights),
            "Left out: that it expects values of 0..255, in %s.".formatted(weights),
            "Left out: %s, in %s."
                .formatted(
                    String.join(", ", new TreeSet<>(model.attachments().keySet())), weights)),
        ModelStore.write(weights, model));
    assertEquals(List.of(), ModelStore.write(folder.resolve("model.keras"), model));
    assertEquals(2, ModelStore.write(folder.resolve("savedmodel"), model).size());
    assertEquals(
        List.of(),
        ModelStore.write(folder.resolve("plain"), StoredModel.of(StoredModels.SMALL.trained(3))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.tflite", "model.ONNX", "saved_model.pb", "m.ckpt", "a.b.json"})
  void refusesNamesOfOtherForms(String name) throws IOException {
    StoredModel model = StoredModel.of(StoredModels.SMALL.trained(10));
    Path target = folder.resolve(name);
    for (Executable use :
        List.<Executable>of(
            () -> ModelStore.write(target, model), () -> ModelStore.requireWritable(target))) {
      String message = assertThrows(IllegalArgumentException.class, use).getMessage();
      assertTrue(message.contains(".keras, .h5, .hdf5 or .weights.h5"), message);
      assertTrue(message.endsWith("found " + target), message);
    }
    assertEquals(List.of(), filesIn(folder));
    // A name with a dot is no form by itself.
    ModelStore.write(folder.resolve("model.v2"), model);
    assertEquals(model.model(), read(folder.resolve("model.v2")).model());
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void aRunIsItsLastCheckpointWithTheMeasuredThreshold() throws IOException {
    Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
    StoredModel last = StoredModels.SMALL.checkpoint(2);
    StoredModel best = StoredModels.SMALL.checkpoint(3);
    ModelStore.write(checkpoints.resolve("best.keras"), best);
    assertEquals(best, read(folder));
    ModelStore.write(checkpoints.resolve("last.keras"), last);
    assertEquals(last, read(folder));
    Files.writeString(folder.resolve("metrics.json"), "{\"test\": {\"threshold\": 0.41}}");
    assertEquals(last.withThreshold(0.41), read(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1]", "{\"test\": {\"threshold\": \"x\"}}"})
  void saysWhatIsWrongWithARunsMetrics(String json) throws IOException {
    Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
    ModelStore.write(checkpoints.resolve("best.keras"), StoredModels.SMALL.checkpoint(4));
    Path metrics = Files.writeString(folder.resolve("metrics.json"), json);
    Messages.assertFails(() -> read(folder), "test.threshold", metrics);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "saved",
        "saved.index",
        "saved.data-00000-of-00001",
        "checkpoint",
        "SAVED.INDEX"
      })
  void saysWhatToSaveInsteadOfACheckpoint(String name) throws IOException {
    for (String file : List.of("saved.index", "saved.data-00000-of-00001", "checkpoint")) {
      Files.writeString(folder.resolve(file), "model_checkpoint_path: \"saved\"");
    }
    Path source = name.isEmpty() ? folder : folder.resolve(name);
    if (name.equals("SAVED.INDEX")) {
      Files.move(folder.resolve("saved.index"), source);
    }
    Messages.assertFails(
        () -> read(source), "checkpoint of TensorFlow", "model.save(\"NAME.keras\")", source);
  }

  @Test
  void saysWhatIsNoModel() throws IOException {
    Messages.assertFails(() -> read(folder), "SavedModel", "run", folder);
    Path missing = folder.resolve("missing.keras");
    Messages.assertFails(() -> read(missing), "found none", missing);
    Path text = Files.writeString(folder.resolve("model.txt"), "text");
    Messages.assertFails(() -> read(text), ".keras, .h5, .hdf5 or .weights.h5", text);
  }
}
