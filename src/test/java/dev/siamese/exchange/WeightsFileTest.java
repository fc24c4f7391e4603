package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.Messages;
import dev.siamese.model.AdamSettings;
import dev.siamese.model.Architecture;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {
  @TempDir Path folder;

  /** Arrays by path: a network that fits, of 4, 3 and 2 filters and embeddings of 5. */
  private static Map<String, Object> goodNetwork() {
    Map<String, Object> arrays = new LinkedHashMap<>();
    arrays.put("layers/conv2d/vars/0", new float[2][2][1][4]);
    arrays.put("layers/conv2d/vars/1", new float[4]);
    arrays.put("layers/conv2d_1/vars/0", new float[2][2][4][3]);
    arrays.put("layers/conv2d_1/vars/1", new float[3]);
    arrays.put("layers/conv2d_2/vars/0", new float[2][2][3][2]);
    arrays.put("layers/conv2d_2/vars/1", new float[2]);
    arrays.put("layers/dense/vars/0", new float[2][5]);
    arrays.put("layers/dense/vars/1", new float[] {1, 2, 3, 4, 5});
    return arrays;
  }

  private Path write(Map<String, Object> arrays) throws IOException {
    Path file = folder.resolve("other.weights.h5");
    Files.deleteIfExists(file);
    try (WritableHdfFile root = HdfFile.write(file)) {
      for (Map.Entry<String, Object> array : arrays.entrySet()) {
        String[] names = array.getKey().split("/");
        WritableGroup group = root;
        for (String name : Arrays.copyOf(names, names.length - 1)) {
          group =
              group.getChild(name) instanceof WritableGroup present
                  ? present
                  : group.putGroup(name);
        }
        group.putDataset(names[names.length - 1], array.getValue());
      }
    }
    return file;
  }

  private void assertRefused(Map<String, Object> arrays, String... words) throws IOException {
    Path file = write(arrays);
    Object[] withFile = Arrays.copyOf(words, words.length + 1, Object[].class);
    withFile[words.length] = file;
    Messages.assertFails(() -> WeightsFile.read(file), withFile);
  }

  @Test
  void readsBackEveryBit() throws IOException {
    Path file = folder.resolve("model.weights.h5");
    StoredModel model = StoredModel.of(StoredModels.weights(Architecture.REFERENCE, 1));
    WeightsFile.write(file, model);
    assertEquals(model, WeightsFile.read(file));
  }

  @Test
  void readsBackAdamsMemory() throws IOException {
    Path file = folder.resolve("model.weights.h5");
    Checkpoint checkpoint = StoredModels.checkpoint(StoredModels.SMALL, 2);
    WeightsFile.write(file, StoredModel.of(checkpoint));
    Checkpoint read = WeightsFile.read(file).checkpoint().orElseThrow();
    assertEquals(checkpoint.state(), read.state());
    assertEquals(AdamSettings.withLearningRate(0.002f), read.adam());
  }

  @Test
  void findsTheLayersInKerassOrderWhateverTheirNumbers() throws IOException {
    Map<String, Object> arrays = new LinkedHashMap<>();
    goodNetwork()
        .forEach(
            (path, array) ->
                arrays.put(
                    path.replace("conv2d_2", "conv2d_10")
                        .replace("conv2d_1/", "conv2d_9/")
                        .replace("conv2d/", "conv2d_8/")
                        .replace("dense", "a_dense_3")
                        .replace("layers", "layers/sequential_4/layers"),
                    array));
    assertEquals(5f, WeightsFile.read(write(arrays)).weights().values(7)[4]);
    assertEquals(StoredModels.SMALL, WeightsFile.read(write(arrays)).weights().architecture());
  }

  @Test
  void refusesOtherShapes() throws IOException {
    Map<String, Object> arrays = goodNetwork();
    arrays.put("layers/conv2d/vars/0", new float[3][3][1][4]);
    assertRefused(arrays, "(2, 2, 1, 4) of /layers/conv2d/vars/0", "found (3, 3, 1, 4)");
    arrays = goodNetwork();
    arrays.put("layers/conv2d_1/vars/0", new float[2][2][5][3]);
    assertRefused(arrays, "(2, 2, 4, 3) of /layers/conv2d_1/vars/0", "found (2, 2, 5, 3)");
    arrays = goodNetwork();
    arrays.put("layers/dense/vars/1", new float[4]);
    assertRefused(arrays, "(5) of /layers/dense/vars/1", "found (4)");
  }

  @Test
  void refusesOtherLayers() throws IOException {
    Map<String, Object> arrays = goodNetwork();
    arrays.put("layers/dense_1/vars/0", new float[5][1]);
    assertRefused(arrays, "three convolutions and a dense layer", "dense_1 (5, 1)");
    arrays = goodNetwork();
    arrays.remove("layers/conv2d_2/vars/0");
    arrays.remove("layers/conv2d_2/vars/1");
    assertRefused(arrays, "three convolutions and a dense layer", "conv2d_1 (2, 2, 4, 3)");
    arrays = goodNetwork();
    arrays.remove("layers/conv2d_1/vars/1");
    assertRefused(arrays, "a kernel and a bias in /layers/conv2d_1", "found 1");
    assertRefused(Map.of("images/x", new float[4]), "Keras 3", "no layer");
  }

  @Test
  void refusesOtherTypes() throws IOException {
    Map<String, Object> arrays = goodNetwork();
    arrays.put("layers/dense/vars/0", new double[2][5]);
    assertRefused(arrays, "float32 in /layers/dense/vars/0", "double of 8 bytes");
  }

  @Test
  void refusesTwoNetworks() throws IOException {
    Map<String, Object> arrays = goodNetwork();
    goodNetwork().forEach((path, array) -> arrays.put("layers/functional/" + path, array));
    assertEquals(5f, WeightsFile.read(write(arrays)).weights().values(7)[4]);
    arrays.put("layers/functional/layers/dense/vars/1", new float[] {1, 2, 3, 4, 6});
    assertRefused(arrays, "one network", "/layers/functional/layers", "different weights");
  }

  @Test
  void namesTheLayoutOfKeras2() throws IOException {
    assertRefused(Map.of("model_weights/conv2d/conv2d/kernel:0", new float[2][2][1][4]), "Keras 2");
  }

  @Test
  void refusesTextAndCutOffFiles() throws IOException {
    Path file = folder.resolve("model.weights.h5");
    Files.writeString(file, "these are not weights");
    Messages.assertFails(() -> WeightsFile.read(file), "an HDF5 file", file);
    byte[] whole =
        WeightsWriter.write(StoredModel.of(StoredModels.weights(StoredModels.SMALL, 3)), true);
    for (int length = 0; length < whole.length; length += 41) {
      Files.write(file, Arrays.copyOf(whole, length));
      Messages.assertFails(() -> WeightsFile.read(file), file);
    }
  }

  @Test
  void survivesAnyDamage() throws IOException {
    byte[] whole =
        WeightsWriter.write(StoredModel.of(StoredModels.weights(StoredModels.SMALL, 4)), false);
    SplittableRandom random = new SplittableRandom(5);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      for (int change = 0; change < 3; change++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        WeightsReader.read(damaged, "damaged");
      } catch (IOException e) {
        refused++;
      }
    }
    assertTrue(refused > 50, refused + " of 500 refused");
  }
}
