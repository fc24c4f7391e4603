package dev.siamese.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.data.Messages;
import io.jhdf.api.WritableGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and hostile HDF5 files of whole models, and of weights by the names of layers. */
class BadKerasHdf5FileTest {
  private static final String CONFIG = "model_config";

  @TempDir Path folder;

  private Path file;
  private KerasModel good;

  @BeforeEach
  void writeGoodFile() throws IOException {
    file = folder.resolve("model.h5");
    good = KerasModels.full(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    KerasHdf5File.write(out, good);
    Files.write(file, out.toByteArray());
  }

  private void assertRefused(Object... words) {
    Object[] withFile = Arrays.copyOf(words, words.length + 1);
    withFile[words.length] = file;
    Messages.assertFails(() -> KerasHdf5File.read(file, Assumptions.NONE), withFile);
  }

  /** Writes a file with this configuration, and in its group of weights whatever is put there. */
  private void write(Object config, String weightsOf) throws IOException {
    Hdf5Writer hdf5 = new Hdf5Writer();
    hdf5.putText(hdf5.root(), CONFIG, config);
    NamedLayerWeights.write(hdf5, weightsOf, good.network(), good.weights());
    hdf5.writeTo(file);
  }

  private static String config() {
    return KerasConfig.write(KerasModels.SIAMESE);
  }

  @Test
  void theFileIsGoodWithoutDamage() throws IOException {
    assertEquals(good.weights(), KerasHdf5File.read(file, Assumptions.NONE).weights());
    write(config(), KerasHdf5File.WEIGHTS);
    assertEquals(good.weights(), KerasHdf5File.read(file, Assumptions.NONE).weights());
  }

  /** Keras has the arrays of such a model in another order, in which shapes may be alike. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aModelThatIsFrozenButForSomeLayers(boolean hasModules) throws IOException {
    JsonObject config = JsonParser.parseString(config()).getAsJsonObject();
    if (!hasModules) {
      removeModules(config); // As Keras does in files of this form.
    }
    for (JsonElement layer : config.getAsJsonObject("config").getAsJsonArray("layers")) {
      JsonObject settings = layer.getAsJsonObject().getAsJsonObject("config");
      if (settings.has("layers")) {
        settings.addProperty("trainable", false);
      }
    }
    write(config.toString(), KerasHdf5File.WEIGHTS);
    assertRefused("expected a model frozen with all of its layers", "with layers that are trained");
  }

  private static void removeModules(JsonElement part) {
    if (part instanceof JsonObject object) {
      object.remove("module");
      object.asMap().values().forEach(BadKerasHdf5FileTest::removeModules);
    } else if (part instanceof JsonArray array) {
      array.forEach(BadKerasHdf5FileTest::removeModules);
    }
  }

  @Test
  void cutOffAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length - 1; length += 151) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused("expected ");
    }
  }

  /** Whatever byte is wrong: a model or one line, soon. */
  @Test
  void survivesAnyDamage() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int i = 0; i < whole.length; i += 29) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) 0xff;
      Files.write(file, damaged);
      try {
        KerasHdf5File.read(file, Assumptions.NONE);
      } catch (IOException e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 100, "only %d were noticed".formatted(refused));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no {json     | model's JSON",
        "{}           | expected ",
        "''           | expected ",
      })
  void aConfigurationThatIsNone(String text, String message) throws IOException {
    write(text, KerasHdf5File.WEIGHTS);
    assertRefused(message, CONFIG);
  }

  @Test
  void aDeepConfiguration() throws IOException {
    write("[".repeat(1_000_000), KerasHdf5File.WEIGHTS);
    assertRefused("expected ", CONFIG);
  }

  @Test
  void aConfigurationOfNoText() throws IOException {
    write(new String[] {config(), config()}, KerasHdf5File.WEIGHTS);
    assertRefused("expected a text as model_config");
  }

  @Test
  void withoutWeights() throws IOException {
    write(config(), "elsewhere");
    assertRefused("expected weights as Keras stores them");
  }

  /** 128 MB, were each one copied, of a text of 32 KB. */
  @Test
  void manyNamesOfOneLongText() throws IOException {
    String[] names = Collections.nCopies(4_000, "a".repeat(1 << 15)).toArray(String[]::new);
    assertRefusedSoon(names, "expected at most 100000 texts of 67108864 bytes", "layer_names");
  }

  @Test
  void oneLayerUnderManyNames() throws IOException {
    String[] names = Collections.nCopies(4_000, "layer").toArray(String[]::new);
    assertRefusedSoon(names, "expected at most 100000 texts", "weight_names");
  }

  private void assertRefusedSoon(String[] layers, Object... words) throws IOException {
    Hdf5Writer hdf5 = new Hdf5Writer();
    hdf5.putText(hdf5.root(), CONFIG, config());
    WritableGroup layer = hdf5.group(KerasHdf5File.WEIGHTS + "/layer");
    String[] arrays = IntStream.range(0, 30).mapToObj(Integer::toString).toArray(String[]::new);
    hdf5.putText(layer, "weight_names", arrays);
    hdf5.putText(hdf5.group(KerasHdf5File.WEIGHTS), NamedLayerWeights.LAYERS, layers);
    hdf5.writeTo(file);
    assertTimeout(Duration.ofSeconds(20), () -> assertRefused(words));
  }

  @Test
  void manyLongAttachments() throws IOException {
    Hdf5Writer hdf5 = new Hdf5Writer();
    hdf5.putText(hdf5.root(), CONFIG, config());
    for (int i = 0; i < 100; i++) {
      hdf5.putText(hdf5.root(), "siamese/" + i, "a".repeat(1 << 20));
    }
    NamedLayerWeights.write(hdf5, KerasHdf5File.WEIGHTS, good.network(), good.weights());
    hdf5.writeTo(file);
    assertRefused("expected at most 100000 texts of 67108864 bytes", "siamese/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../elsewhere", "/etc", "", "no such layer"})
  void aLayerThatIsNotThere(String name) throws IOException {
    Hdf5Writer hdf5 = new Hdf5Writer();
    hdf5.putText(hdf5.root(), CONFIG, config());
    hdf5.putText(hdf5.group(KerasHdf5File.WEIGHTS), NamedLayerWeights.LAYERS, new String[] {name});
    hdf5.writeTo(file);
    assertRefused("expected the group ", "found none");
  }

  /** Of weights alone, in the same form. */
  @Test
  void weightsOfAnotherNetworkByName() throws IOException {
    Hdf5Writer hdf5 = new Hdf5Writer();
    hdf5.group("layer");
    hdf5.putText(hdf5.root(), NamedLayerWeights.LAYERS, new String[] {"layer"});
    hdf5.writeTo(file);
    Messages.assertFails(
        () -> KerasWeights.read(file, good.network()),
        "expected 1 layers with weights, found 0",
        file);
    assertEquals(Optional.empty(), KerasWeights.read(copyOfGood(), good.network()).optimizer());
  }

  private Path copyOfGood() throws IOException {
    Path copy = folder.resolve("good.h5");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    KerasHdf5File.write(out, good);
    return Files.write(copy, out.toByteArray());
  }
}
