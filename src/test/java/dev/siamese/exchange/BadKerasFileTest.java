package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.Messages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadKerasFileTest {
  @TempDir Path folder;

  private Path file;
  private Map<String, byte[]> entries;

  @BeforeEach
  void writeGoodFile() throws IOException {
    file = folder.resolve("model.keras");
    KerasFile.write(file, StoredModels.full(StoredModels.SMALL, 1));
    entries = ZipFixture.entries(file);
  }

  private void assertRefused(Object... words) {
    Object[] withFile = Arrays.copyOf(words, words.length + 1);
    withFile[words.length] = file;
    Messages.assertFails(() -> KerasFile.read(file), withFile);
  }

  @Test
  void missing() throws IOException {
    Files.delete(file);
    assertRefused("expected a file", "found none");
  }

  @Test
  void textNamedKeras() throws IOException {
    Files.writeString(file, "these are not weights\n".repeat(100));
    assertRefused("expected a .keras file (a zip archive)");
  }

  @Test
  void cutOffAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused();
    }
  }

  @Test
  void oneByteOfTheWeightsChanged() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    // Inside a float's lowest byte, where nothing but the checksum can notice.
    int weights = new String(whole, StandardCharsets.ISO_8859_1).indexOf("HDF") + 3000;
    whole[weights] ^= 1;
    Files.write(file, whole);
    assertRefused("checksum of model.weights.h5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.weights.h5", "config.json"})
  void withoutAnEntry(String name) throws IOException {
    entries.remove(name);
    ZipFixture.write(file, entries);
    assertRefused("expected " + name, "found none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil.txt", "/etc/evil", "a/../../evil", "a\\evil", "C:evil", ".."})
  void entryThatLeadsOutOfItsFolder(String name) throws IOException {
    entries.put(name, new byte[1]);
    ZipFixture.write(file, entries);
    assertRefused("names inside the archive", name);
  }

  @Test
  void bomb() throws IOException {
    ZipFixture.writeZeros(file, "model.weights.h5", (1 << 28) + 1);
    assertRefused("expected at most", "model.weights.h5");
  }

  @Test
  void configThatIsNoJson() throws IOException {
    entries.put("config.json", "no {json".getBytes(StandardCharsets.UTF_8));
    ZipFixture.write(file, entries);
    assertRefused("model's JSON", "config.json");
  }

  @Test
  void configNestedWithoutEnd() throws IOException {
    entries.put("config.json", "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
    ZipFixture.write(file, entries);
    assertRefused("model's JSON", "config.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"activation\": \"relu\"' | '\"activation\": \"tanh\"' | 'activation \"relu\" of Conv2D \"conv2d\"'",
        "'\"padding\": \"valid\"' | '\"padding\": \"same\"' | 'padding \"valid\" of Conv2D \"conv2d\"'",
        "'\"pool_size\": [2, 2]' | '\"pool_size\": [3, 3]' | 'pool_size [2,2] of MaxPooling2D'",
        "'\"activation\": \"linear\"' | '\"activation\": \"relu\"' | 'of Dense \"dense\"'",
        "MaxPooling2D | AveragePooling2D | 'a layer MaxPooling2D, found AveragePooling2D'",
        "Dropout | BatchNormalization | 'found BatchNormalization \"dropout\"'",
        "InputLayer | Rescaling | 'right after the input, found Rescaling \"image1\"'",
        "'\"learning_rate\": 0.002' | '\"learning_rate\": 0' | 'learning rate above 0'",
      })
  void networkThatComputesSomethingElse(String old, String changed, String message)
      throws IOException {
    if (changed.contains("learning_rate")) {
      entries.put("model.weights.h5", weightsWithLearningRate(0));
    }
    ZipFixture.replace(entries, "config.json", old, changed);
    ZipFixture.write(file, entries);
    assertRefused("expected", message);
  }

  private static byte[] weightsWithLearningRate(float rate) throws IOException {
    byte[] bytes = WeightsWriter.write(StoredModels.full(StoredModels.SMALL, 1), false);
    byte[] old = littleEndian(0.002f);
    int found = 0;
    for (int i = 0; i + 4 <= bytes.length; i++) {
      if (Arrays.equals(Arrays.copyOfRange(bytes, i, i + 4), old)) {
        System.arraycopy(littleEndian(rate), 0, bytes, i, 4);
        found++;
      }
    }
    assertEquals(1, found);
    return bytes;
  }

  private static byte[] littleEndian(float value) {
    int bits = Float.floatToRawIntBits(value);
    return new byte[] {(byte) bits, (byte) (bits >> 8), (byte) (bits >> 16), (byte) (bits >> 24)};
  }

  @Test
  void anOptimizerOtherThanAdamIsLeftOut() throws IOException {
    ZipFixture.replace(entries, "config.json", "\"Adam\"", "\"Nadam\"");
    ZipFixture.write(file, entries);
    assertEquals(
        StoredModels.full(StoredModels.SMALL, 1).weights(), KerasFile.read(file).weights());
    assertEquals(true, KerasFile.read(file).checkpoint().isEmpty());
  }

  @Test
  void entriesOfOthersAreIgnored() throws IOException {
    Map<String, byte[]> more = new LinkedHashMap<>(entries);
    more.put("assets/vocabulary.txt", new byte[] {1, 2});
    ZipFixture.write(file, more);
    assertEquals(StoredModels.full(StoredModels.SMALL, 1), KerasFile.read(file));
    assertEquals(
        List.of("config.json", "history.csv"),
        KerasFile.read(file).attachments().keySet().stream().sorted().toList());
  }
}
