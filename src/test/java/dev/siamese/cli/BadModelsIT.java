package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.Outcome;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.exchange.StoredModels;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** What users are told of a MODEL that is none, and what becomes of a target then. */
class BadModelsIT {
  @TempDir Path folder;

  private Path savedModel;
  private Path keras;

  @BeforeEach
  void writeGoodModels() throws IOException {
    savedModel = folder.resolve("savedmodel");
    ModelStore.write(savedModel, StoredModel.of(StoredModels.SMALL.trained(1)));
    keras = folder.resolve("model.keras");
    ModelStore.write(keras, StoredModel.of(StoredModels.SMALL.trained(2)));
  }

  /** Every command must refuse the model with one line of these words, and leave all as it was. */
  private void assertRefused(Path model, Object... words) throws IOException {
    LabeledImages digits = SyntheticDigits.dataset(0, 10, 10).test();
    Path picture = ModelFixture.picture(folder.resolve("a.png"), digits, 0);
    Path target = Files.writeString(folder.resolve("target.keras"), "mine");
    Path table = Files.writeString(folder.resolve("target.csv"), "mine");
    Map<Path, String> before = ModelFixture.content(folder);
    List<Object[]> commands =
        List.of(
            new Object[] {"summary", model},
            new Object[] {"convert", model, target},
            new Object[] {"convert", model, folder.resolve("new")},
            new Object[] {"compare", model, picture, picture},
            new Object[] {"embed", model, picture, "--out", table},
            new Object[] {"evaluate", model, "--data", "synthetic", "--out", folder.resolve("out")},
            new Object[] {
              "train", "--from", model, "--data", "synthetic", "--out", folder.resolve("out")
            });
    for (Object[] command : commands) {
      Outcome outcome = Console.run(command);
      outcome.assertFailed(1, words);
      assertEquals(1, outcome.errors().lines().count(), outcome.errors());
      assertEquals("", outcome.output());
      assertEquals(before, ModelFixture.content(folder), Arrays.toString(command));
    }
  }

  @Test
  void nothing() throws IOException {
    Path missing = folder.resolve("missing");
    assertRefused(missing, "expected a SavedModel folder, a .keras", "found none: " + missing);
  }

  @Test
  void aFolderOfNoModel() throws IOException {
    Files.delete(savedModel.resolve("saved_model.pb"));
    assertRefused(savedModel, "expected a SavedModel (saved_model.pb) or a run", savedModel);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4, 0.95})
  void aCutSavedModel(double share) throws IOException {
    Path file = savedModel.resolve("saved_model.pb");
    cut(file, share);
    assertRefused(savedModel, "expected ", file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"variables.index", "variables.data-00000-of-00001"})
  void missingVariables(String name) throws IOException {
    Path file = savedModel.resolve("variables").resolve(name);
    Files.delete(file);
    assertRefused(savedModel, "expected the variables of a SavedModel", file);
  }

  @ParameterizedTest
  @CsvSource({"variables.index, 0.5", "variables.data-00000-of-00001, 0.5", "variables.index, 0"})
  void cutVariables(String name, double share) throws IOException {
    cut(savedModel.resolve("variables").resolve(name), share);
    assertRefused(savedModel, "expected ", savedModel);
  }

  @Test
  void signaturesOfTheWrongRank() throws IOException {
    ModelFixture.edit(savedModel, BadModelsIT::dropChannels);
    assertRefused(
        savedModel,
        "expected a whole SavedModel, found one that TensorFlow cannot run",
        savedModel);
  }

  private static void dropChannels(MetaGraphDef.Builder graph) {
    for (Map.Entry<String, SignatureDef> entry : graph.getSignatureDefMap().entrySet()) {
      SignatureDef.Builder signature = entry.getValue().toBuilder();
      for (Map.Entry<String, TensorInfo> input : entry.getValue().getInputsMap().entrySet()) {
        TensorInfo.Builder tensor = input.getValue().toBuilder();
        tensor.getTensorShapeBuilder().removeDim(3);
        signature.putInputs(input.getKey(), tensor.build());
      }
      graph.putSignatureDef(entry.getKey(), signature.build());
    }
  }

  @Test
  void kerasWithoutWeights() throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(keras)) {
      Files.delete(zip.getPath("model.weights.h5"));
    }
    assertRefused(keras, "expected model.weights.h5, found none in " + keras);
  }

  @Test
  void textNamedKeras() throws IOException {
    Files.writeString(keras, "these are no weights\n");
    assertRefused(keras, "expected a .keras file (a zip archive)", keras);
  }

  @Test
  void textNamedWeights() throws IOException {
    Path file = Files.writeString(folder.resolve("text.weights.h5"), "these are no weights\n");
    assertRefused(file, "expected an HDF5 file of weights", file);
  }

  @Test
  void weightsOfAnotherNetwork() throws IOException {
    Path file = folder.resolve("other.weights.h5");
    try (WritableHdfFile root = HdfFile.write(file)) {
      root.putGroup("layers").putGroup("dense").putGroup("vars").putDataset("0", new float[4][3]);
    }
    assertRefused(file, "expected the group ", "conv2d", "--network names them", file);
  }

  @Test
  void aNameOfNoModel() throws IOException {
    Path file = Files.writeString(folder.resolve("model.pt"), "torch");
    assertRefused(file, "expected a name in .keras, .h5, .hdf5 or .weights.h5", file);
  }

  private static void cut(Path file, double share) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, (int) (share * bytes.length)));
  }
}
