package dev.siamese.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.Messages;
import dev.siamese.network.Activation;
import dev.siamese.network.Adam;
import dev.siamese.network.Dense;
import dev.siamese.network.Merge;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.Normalization;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasWeightsTest {
  private static final Network TWIN = KerasModels.TWIN;
  private static final Network SIAMESE = KerasModels.SIAMESE;

  @TempDir Path folder;

  /** Arrays by path, as Keras has them of the twin. */
  private static Map<String, Object> twinArrays() {
    Map<String, Object> arrays = new LinkedHashMap<>();
    arrays.put("layers/conv2d/vars/0", new float[2][2][1][4]);
    arrays.put("layers/conv2d/vars/1", new float[4]);
    for (int i = 0; i < 4; i++) {
      arrays.put("layers/batch_normalization/vars/" + i, new float[] {i, i, i, i});
    }
    arrays.put("layers/conv2d_1/vars/0", new float[2][2][4][3]);
    arrays.put("layers/conv2d_1/vars/1", new float[3]);
    arrays.put("layers/dense/vars/0", new float[27][5]);
    arrays.put("layers/dense/vars/1", new float[] {1, 2, 3, 4, 5});
    return arrays;
  }

  /** The same inside of another group. */
  private static Map<String, Object> inside(String group, Map<String, Object> arrays) {
    Map<String, Object> moved = new LinkedHashMap<>();
    arrays.forEach((path, array) -> moved.put(group + "/" + path, array));
    return moved;
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

  private Path write(KerasModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    KerasWeights.write(out, model);
    return Files.write(folder.resolve("model.weights.h5"), out.toByteArray());
  }

  private void assertRefused(Map<String, Object> arrays, Network network, String... words)
      throws IOException {
    Path file = write(arrays);
    Object[] withFile = Arrays.copyOf(words, words.length + 1, Object[].class);
    withFile[words.length] = file;
    Messages.assertFails(() -> KerasWeights.read(file, network), withFile);
  }

  @Test
  void readsBackEveryBit() throws IOException {
    KerasModel model = KerasModels.plain(SIAMESE, 1);
    assertEquals(model, KerasWeights.read(write(model), SIAMESE));
  }

  @Test
  void readsBackAdamsMemory() throws IOException {
    KerasModel model = KerasModels.full(2);
    KerasModel read = KerasWeights.read(write(model), SIAMESE);
    assertEquals(model.state(), read.state());
    assertEquals(Optional.of(Adam.of(0.002f)), read.optimizer());
    assertEquals(1, read.notices().size());
    assertTrue(read.notices().get(0).contains("taken for Adam"));
  }

  @Test
  void writesTheTwinWhereItsOwnFileHasIt() throws IOException {
    KerasModel model = KerasModels.full(3);
    KerasModel twin = KerasWeights.read(write(model), TWIN);
    assertEquals(values(model.weights()), values(twin.weights()));
    assertEquals(model.state().map(OptimizerState::step), twin.state().map(OptimizerState::step));
  }

  private static List<String> values(Weights weights) {
    return java.util.stream.IntStream.range(0, weights.parameters().size())
        .mapToObj(i -> Arrays.toString(weights.values(i)))
        .toList();
  }

  @Test
  void findsATwinAndAWholeWhereverTheyAre() throws IOException {
    Map<String, Object> twin = twinArrays();
    for (String group : List.of("", "layers/functional", "layers/sequential")) {
      Path file = write(group.isEmpty() ? twin : inside(group, twin));
      for (Network network : List.of(TWIN, SIAMESE)) {
        Weights weights = KerasWeights.read(file, network).weights();
        assertEquals(5f, weights.values(9)[4]);
        assertEquals(3f, weights.values(5)[0]); // gamma, beta, moving mean, moving variance
      }
    }
  }

  @Test
  void refusesOtherShapes() throws IOException {
    Map<String, Object> arrays = twinArrays();
    arrays.put("layers/conv2d/vars/0", new float[3][3][1][4]);
    assertRefused(arrays, TWIN, "(2, 2, 1, 4) of /layers/conv2d/vars/0", "found (3, 3, 1, 4)");
    arrays = twinArrays();
    arrays.put("layers/conv2d_1/vars/0", new float[2][2][5][3]);
    assertRefused(arrays, TWIN, "(2, 2, 4, 3) of /layers/conv2d_1/vars/0", "found (2, 2, 5, 3)");
    arrays = twinArrays();
    arrays.put("layers/dense/vars/1", new float[4]);
    assertRefused(arrays, TWIN, "(5) of /layers/dense/vars/1", "found (4)");
  }

  @Test
  void refusesOtherLayers() throws IOException {
    Map<String, Object> arrays = twinArrays();
    arrays.put("layers/dense_1/vars/0", new float[5][1]);
    assertRefused(arrays, TWIN, "no weights of other layers", "/layers/dense_1");
    arrays = twinArrays();
    arrays.remove("layers/conv2d_1/vars/0");
    arrays.remove("layers/conv2d_1/vars/1");
    assertRefused(arrays, TWIN, "the group /layers/conv2d_1/vars", "none");
    arrays = twinArrays();
    arrays.remove("layers/conv2d_1/vars/1");
    assertRefused(arrays, TWIN, "2 arrays in /layers/conv2d_1/vars/", "found 1");
    arrays = twinArrays();
    arrays.put("layers/dense/vars/2", new float[5]);
    assertRefused(arrays, TWIN, "2 arrays in /layers/dense/vars/", "found 3");
    arrays = twinArrays();
    arrays.put("layers/dropout/vars/0", new float[5]);
    assertRefused(arrays, TWIN, "no weights of other layers", "/layers/dropout");
    assertRefused(Map.of("images/x", new float[4]), TWIN, "Keras 3", "no layer");
  }

  @Test
  void refusesOtherTypes() throws IOException {
    Map<String, Object> arrays = twinArrays();
    arrays.put("layers/dense/vars/0", new double[27][5]);
    assertRefused(arrays, TWIN, "float32 in /layers/dense/vars/0", "double of 8 bytes");
  }

  @Test
  void refusesTwoNetworks() throws IOException {
    Map<String, Object> arrays = inside("layers/functional", twinArrays());
    arrays.putAll(inside("layers/functional_1", twinArrays()));
    assertEquals(5f, KerasWeights.read(write(arrays), TWIN).weights().values(9)[4]);
    arrays.put("layers/functional/layers/dense/vars/1", new float[] {1, 2, 3, 4, 6});
    assertRefused(arrays, TWIN, "one network", "different weights", "/layers/functional_1/");
  }

  @Test
  void namesTheLayoutOfKeras2() throws IOException {
    assertRefused(
        Map.of("model_weights/conv2d/conv2d/kernel:0", new float[2][2][1][4]), TWIN, "Keras 2");
  }

  @Test
  void numbersLayersAsKerasOrdersThemWhateverTheirOrderHere() throws IOException {
    NetworkBuilder builder = new NetworkBuilder("branches");
    int input = builder.input("x", TensorShape.of(2));
    int late = builder.add(Dense.of(4, Activation.RELU), input);
    int early = builder.add(Dense.of(3, Activation.RELU), input);
    int middle = builder.add(Dense.of(4, Activation.RELU), early);
    Network network = builder.build(builder.add(new Merge(Merge.Function.ADD), middle, late));
    KerasModel model = KerasModel.of(network, Weights.initial(network, new SplittableRandom(1)));
    Path file = write(model);
    assertEquals(model, KerasWeights.read(file, network));
    try (HdfFile hdf = new HdfFile(file)) {
      assertEquals(
          List.of("(2, 3)", "(3, 4)", "(2, 4)"),
          List.of("dense", "dense_1", "dense_2").stream()
              .map(name -> hdf.getDatasetByPath("layers/" + name + "/vars/0").getDimensions())
              .map(size -> "(%d, %d)".formatted(size[0], size[1]))
              .toList());
    }
  }

  @Test
  void keepsACountAsAWholeNumber() throws IOException {
    Network network =
        NetworkBuilder.chain(
            "counted",
            TensorShape.of(4, 4, 2),
            new Normalization(List.of(-1), Optional.empty(), false),
            new Normalization(List.of(), Optional.empty(), false));
    Weights weights =
        new Weights(
            network.parameters(),
            new float[] {1, 2},
            new float[] {3, 4},
            new float[] {77},
            new float[] {5},
            new float[] {6},
            new float[] {78});
    Path file = write(KerasModel.of(network, weights));
    assertEquals(weights, KerasWeights.read(file, network).weights());
    try (HdfFile hdf = new HdfFile(file)) {
      assertEquals(77L, hdf.getDatasetByPath("layers/normalization/vars/2").getData());
    }
  }

  @Test
  void tellsOfAnOptimizerThatIsNotAdam() throws IOException {
    Map<String, Object> arrays = twinArrays();
    arrays.put("optimizer/vars/0", 5L);
    arrays.put("optimizer/vars/1", 0.25f);
    assertLeftOut(arrays, "expected the 18 variables of Adam, found 2");
    arrays.put("optimizer/vars/0", 0L);
    assertEquals(
        Optional.of(OptimizerState.start(Adam.of(0.25), TWIN)),
        KerasWeights.read(write(arrays), TWIN).state());
    for (int i = 2; i < 18; i++) {
      arrays.put("optimizer/vars/" + i, new float[4]);
    }
    assertLeftOut(arrays, "the shape (2, 2, 1, 4) of /optimizer/vars/2, found (4)");
    arrays.put("optimizer/vars/1", new float[2]);
    assertLeftOut(arrays, "a learning rate in /optimizer/vars/1");
  }

  private void assertLeftOut(Map<String, Object> arrays, String why) throws IOException {
    KerasModel read = KerasWeights.read(write(arrays), TWIN);
    assertEquals(5f, read.weights().values(9)[4]);
    assertEquals(Optional.empty(), read.state());
    assertEquals(1, read.notices().size());
    assertTrue(read.notices().get(0).contains(why), read.notices().get(0));
  }

  @Test
  void refusesTextAndCutOffFiles() throws IOException {
    byte[] whole = Files.readAllBytes(write(KerasModels.full(4)));
    Path file = folder.resolve("bad.weights.h5");
    Messages.assertFails(() -> KerasWeights.read(file, SIAMESE), "found none", file);
    Files.writeString(file, "these are not weights");
    Messages.assertFails(() -> KerasWeights.read(file, SIAMESE), "an HDF5 file", file);
    for (int length = 0; length < whole.length; length += 41) {
      Files.write(file, Arrays.copyOf(whole, length));
      Messages.assertFails(() -> KerasWeights.read(file, SIAMESE), file);
    }
  }

  @Test
  void survivesAnyDamage() throws IOException {
    byte[] whole = Files.readAllBytes(write(KerasModels.full(5)));
    Path file = folder.resolve("damaged.weights.h5");
    SplittableRandom random = new SplittableRandom(6);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      for (int change = 0; change < 3; change++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      try {
        KerasWeights.read(file, SIAMESE);
      } catch (IOException e) {
        assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 50, refused + " of 500 refused");
  }
}
