package dev.siamese.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import dev.siamese.Python;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.PairModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Distance;
import dev.siamese.network.Network;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import io.jhdf.api.Dataset;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of Keras 2, HDF5 files of both, and weights of 16 and 64 bits, as the real ones write them.
 */
class OlderFilesIT {
  private static final ImageShape SHAPE = new ImageShape(12, 12, 3);

  /** Whose memory Keras 2 and 3 keep alike. */
  private static final List<String> OPTIMIZERS =
      List.of("adam", "amsgrad", "adamw", "momentum", "rmsprop", "schedule");

  @TempDir static Path folder;

  @BeforeAll
  static void save() {
    Python.run("src/test/python/older_files.py", "save", folder.toString());
  }

  static List<String> models() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.replace(".json", ""))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void readsEveryBitOfEveryForm(String name) throws IOException {
    KerasModel model = KerasFile.read(folder.resolve(name + ".keras"), Assumptions.NONE);
    assertEquals(weights(name, model.network()), model.weights());
    String json = Files.readString(folder.resolve(name + ".json"));
    assertEquals(model.network(), KerasConfig.read(json, name, Assumptions.NONE).network());
    assertSays(name, model);
    KerasModel whole = KerasHdf5File.read(folder.resolve(name + ".h5"), Assumptions.NONE);
    assertEquals(model.network(), whole.network());
    assertEquals(model.weights(), whole.weights());
    assertEquals(model.notices(), whole.notices());
    for (String form : List.of(".h5", ".weights.h5", "-alone.h5")) {
      Path file = folder.resolve(name + form);
      if (Files.exists(file)) {
        assertEquals(model.weights(), KerasWeights.read(file, model.network()).weights(), form);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bfloat16", "float16", "float64", "mixed_bfloat16", "mixed_float16"})
  void widensAndRoundsToFloat32(String policy) throws IOException {
    KerasModel model = KerasFile.read(folder.resolve(policy + ".keras"), Assumptions.NONE);
    assertEquals(weights(policy, model.network()), model.weights());
    assertSays(policy, model);
    assertEquals(
        policy.equals("float64"),
        model.notices().contains("rounded to float32: its values of float64"),
        model.notices().toString());
    KerasModel whole = KerasHdf5File.read(folder.resolve(policy + ".h5"), Assumptions.NONE);
    assertEquals(model.weights(), whole.weights());
    KerasModel alone = KerasWeights.read(folder.resolve(policy + ".weights.h5"), model.network());
    assertEquals(model.weights(), alone.weights());
  }

  @ParameterizedTest
  @ValueSource(strings = {"float16", "bfloat16"})
  void widensEveryNumberOf16BitsExactly(String type) throws IOException {
    float[] expected = floats(folder.resolve(type + "-all.bin"));
    float[] found =
        Hdf5File.read(
            folder.resolve("halves.h5"),
            type,
            (root, arrays) -> arrays.values((Dataset) root.getChild(type)));
    for (int i = 0; i < expected.length; i++) {
      if (!Float.isNaN(expected[i]) || !Float.isNaN(found[i])) {
        assertEquals(Float.floatToRawIntBits(expected[i]), Float.floatToRawIntBits(found[i]));
      }
    }
  }

  private static Weights weights(String name, Network network) throws IOException {
    return RawWeights.read(folder.resolve(name + "-weights.bin"), network.parameters());
  }

  private static float[] floats(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  /** What Keras says of the pictures, of which it had the first half as the first images. */
  private static void assertSays(String name, KerasModel model) throws IOException {
    float[] expected = floats(folder.resolve(name + "-answer.bin"));
    byte[] pixels = Files.readAllBytes(folder.resolve("pictures.bin"));
    int size = pixels.length / SHAPE.pixels() / 2;
    LabeledImages pictures = new LabeledImages(pixels, new int[2 * size], SHAPE);
    Network network = model.network();
    boolean twin = network.inputs().size() == 1;
    SiameseNetwork siamese =
        twin
            ? SiameseNetwork.of(network, Distance.EUCLIDEAN)
            : new SiameseNetwork(network, OutputKind.DISTANCE);
    TrainedNetwork trained =
        new TrainedNetwork(
            siamese,
            KerasModel.of(siamese.network(), again(siamese.network(), model.weights())).weights(),
            ValueRange.ZERO_TO_ONE);
    try (PairModel asked = new InferenceModel(trained, SessionSettings.defaults())) {
      float[] found =
          twin
              ? flat(asked.embed(pictures.range(0, size)))
              : asked.compare(
                  pictures,
                  new Pairs(
                      IntStream.range(0, size).toArray(),
                      IntStream.range(size, 2 * size).toArray(),
                      new byte[size]));
      float largest = 0;
      for (float value : expected) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertArrayEquals(expected, found, 1e-5f * largest, name);
    }
  }

  private static Weights again(Network network, Weights weights) {
    float[][] values = new float[weights.parameters().size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights.values(i);
    }
    return new Weights(network.parameters(), values);
  }

  private static float[] flat(float[][] rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[i].length);
    }
    return all;
  }

  /** Which versions of Keras open the HDF5 files, which are written for both where that can be. */
  @Test
  void bothVersionsReadWhatIsWritten() throws IOException {
    Map<String, String> versions = new TreeMap<>();
    for (String name : models()) {
      KerasModel model = KerasFile.read(folder.resolve(name + ".keras"), Assumptions.NONE);
      try (OutputStream out = Files.newOutputStream(folder.resolve("java-" + name + ".keras"))) {
        KerasFile.write(out, model);
      }
      Path file = folder.resolve("java-" + name + ".h5");
      try (OutputStream out = Files.newOutputStream(file)) {
        List<String> notices = KerasHdf5File.write(out, model);
        boolean older = notices.isEmpty() || notices.get(0).startsWith("Keras 2");
        boolean newer = notices.isEmpty() || notices.get(0).startsWith("Keras 3");
        versions.put(name, (older ? "2" : "") + (newer ? "3" : ""));
      }
      KerasModel again = KerasHdf5File.read(file, Assumptions.NONE);
      assertEquals(model.weights().parameters().size(), again.weights().parameters().size());
      assertSays(name, again);
    }
    assertEquals(List.of("functions", "many_layers"), with("2", versions));
    assertEquals(List.of("newest"), with("3", versions));
    for (String name : OPTIMIZERS) {
      Path file = folder.resolve("java-optimizer-%s.keras".formatted(name));
      try (OutputStream out = Files.newOutputStream(file)) {
        KerasFile.write(out, optimizer(name, ".keras"));
      }
    }
    Files.writeString(folder.resolve("written.json"), new Gson().toJson(versions));
    Python.run("src/test/python/older_files.py", "check", folder.toString());
  }

  private static KerasModel optimizer(String name, String form) throws IOException {
    return KerasFile.read(folder.resolve("optimizer-" + name + form), Assumptions.NONE);
  }

  @Test
  void readsWhatTheOptimizersOfKeras2Remember() throws IOException {
    for (String name : OPTIMIZERS) {
      KerasModel model = optimizer(name, ".keras");
      assertEquals(List.of(), model.notices(), name);
      assertEquals(4, model.state().orElseThrow().step(), name);
      assertEquals(model.optimizer(), optimizer(name, ".h5").optimizer(), name);
      assertEquals(model.state(), optimizer(name, ".h5").state(), name);
    }
    for (String name : List.of("legacy", "nadam")) {
      for (String form : List.of(".keras", ".h5")) {
        KerasModel model = optimizer(name, form);
        assertEquals(Optional.empty(), model.state(), name);
        assertEquals(1, model.notices().size(), name);
        assertTrue(model.notices().get(0).startsWith("left out: "), model.notices().get(0));
      }
    }
  }

  private static List<String> with(String one, Map<String, String> versions) {
    return versions.keySet().stream().filter(name -> versions.get(name).equals(one)).toList();
  }

  @Test
  void tellsWhatIsLeftOut() throws IOException {
    assertEquals(
        List.of("not read, but taken for the euclidean distance: the code of Lambda \"lambda\""),
        KerasFile.read(folder.resolve("keras_io.keras"), Assumptions.NONE).notices());
    for (String name : List.of("reference", "many_layers", "functions", "newer")) {
      assertEquals(
          List.of(), KerasHdf5File.read(folder.resolve(name + ".h5"), Assumptions.NONE).notices());
    }
  }
}
