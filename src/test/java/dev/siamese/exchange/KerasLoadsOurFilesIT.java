package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.model.Architecture;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.RandomImages;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SiameseModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasLoadsOurFilesIT {
  private static final int PAIRS = 256;

  @TempDir Path folder;

  @Test
  void kerasLoadsOurFilesAndGoesOnTraining() throws IOException {
    StoredModel model = StoredModels.full(Architecture.REFERENCE, 1);
    Checkpoint checkpoint = model.checkpoint().orElseThrow();
    KerasFile.write(folder.resolve("model.keras"), model);
    KerasFile.write(folder.resolve("plain.keras"), StoredModel.of(model.weights()));
    WeightsFile.write(folder.resolve("model.weights.h5"), model);
    RawArrays.write(folder.resolve("weights.bin"), model.weights());
    RawArrays.write(folder.resolve("first.bin"), checkpoint.state().firstMoment());
    RawArrays.write(folder.resolve("second.bin"), checkpoint.state().secondMoment());
    writeDistances(model);

    Python.run("src/test/python/load_keras_files.py", folder.toString());

    Checkpoint trainedOn =
        KerasFile.read(folder.resolve("trained-on.keras")).checkpoint().orElseThrow();
    assertEquals(77 + 1 + PAIRS / 64, trainedOn.state().step());
    assertEquals(0.3, trainedOn.dropout());
    assertEquals(checkpoint.adam().beta1(), trainedOn.adam().beta1());
    assertEquals((float) checkpoint.adam().learningRate(), trainedOn.adam().learningRate());
    assertEquals(
        RawArrays.read(folder.resolve("trained-on-weights.bin")), trainedOn.state().weights());
    assertEquals(
        RawArrays.read(folder.resolve("trained-on-first.bin")), trainedOn.state().firstMoment());
    assertEquals(
        RawArrays.read(folder.resolve("trained-on-second.bin")), trainedOn.state().secondMoment());
  }

  private void writeDistances(StoredModel model) throws IOException {
    LabeledImages images = RandomImages.of(2 * PAIRS, 2);
    int[] first = IntStream.range(0, PAIRS).toArray();
    int[] second = IntStream.range(PAIRS, 2 * PAIRS).toArray();
    writePixels("image1.bin", images, first);
    writePixels("image2.bin", images, second);
    try (SiameseModel network = new InferenceModel(model.weights(), SessionSettings.defaults())) {
      RawArrays.write(
          folder.resolve("distances.bin"),
          network.distances(images, new Pairs(first, second, new byte[PAIRS])));
    }
  }

  private void writePixels(String name, LabeledImages images, int[] chosen) throws IOException {
    int size = Architecture.IMAGE_SIZE;
    byte[] pixels = new byte[chosen.length * size * size];
    images.copyPixels(chosen[0], chosen[chosen.length - 1] + 1, pixels);
    Files.write(folder.resolve(name), pixels);
  }
}
