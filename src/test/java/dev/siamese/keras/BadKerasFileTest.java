package dev.siamese.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.Messages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadKerasFileTest {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";

  @TempDir Path folder;

  private Path file;
  private Map<String, byte[]> entries;

  @BeforeEach
  void writeGoodFile() throws IOException {
    file = folder.resolve("model.keras");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    KerasFile.write(out, KerasModels.full(1));
    Files.write(file, out.toByteArray());
    entries = ZipFixture.entries(file);
  }

  private KerasModel read() throws IOException {
    return KerasFile.read(file, Assumptions.NONE);
  }

  private void assertRefused(Object... words) {
    Object[] withFile = Arrays.copyOf(words, words.length + 1);
    withFile[words.length] = file;
    Messages.assertFails(this::read, withFile);
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
  @ValueSource(strings = {WEIGHTS, CONFIG})
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

  @ParameterizedTest
  @ValueSource(strings = {WEIGHTS, CONFIG})
  void bomb(String name) throws IOException {
    Map<String, byte[]> others = new LinkedHashMap<>(entries);
    others.remove(name);
    ZipFixture.writeZeros(file, others, name, (1 << 28) + 1);
    assertRefused("expected at most", name);
  }

  @Test
  void configThatIsNoJson() throws IOException {
    entries.put(CONFIG, "no {json".getBytes(StandardCharsets.UTF_8));
    ZipFixture.write(file, entries);
    assertRefused("model's JSON", CONFIG);
  }

  @Test
  void weightsThatAreNoHdf5() throws IOException {
    entries.put(WEIGHTS, new byte[5000]);
    ZipFixture.write(file, entries);
    assertRefused("an HDF5 file of weights", WEIGHTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"filters\":4'       | '\"filters\":6'       | 'the shape (2, 2, 1, 6) of'",
        "'\"units\":5'         | '\"units\":1000000000' | 'at most'",
        "'\"use_bias\":true'   | '\"use_bias\":false'  | 'expected 1 arrays in /layers/functional/layers/conv2d/vars/, found 2'",
        "'[null,5,5,1]'        | '[null,6,6,1]'        | 'the shape (48, 5) of /layers/functional/layers/dense/vars/0'",
      })
  void configurationOfOtherWeights(String old, String changed, String message) throws IOException {
    ZipFixture.replace(entries, CONFIG, old, changed);
    ZipFixture.write(file, entries);
    assertRefused(message);
  }

  @Test
  void anUnknownOptimizerIsLeftOut() throws IOException {
    ZipFixture.replace(entries, CONFIG, "\"Adam\"", "\"Ftrl\"");
    ZipFixture.write(file, entries);
    assertEquals(KerasModels.full(1).weights(), read().weights());
    assertEquals(Optional.empty(), read().optimizer());
    assertEquals(Optional.empty(), read().state());
    String reason = "expected one of Adam, AdamW, Nadam, RMSprop, SGD, found Ftrl";
    assertEquals(List.of("left out: the optimizer; " + reason), read().notices());
    assertEquals(Optional.of(reason), read().remarks().unknownOptimizer());
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
  void aLearningRateThatIsNone(float rate) throws IOException {
    entries.put(WEIGHTS, withLearningRate(entries.get(WEIGHTS), rate));
    ZipFixture.write(file, entries);
    assertEquals(KerasModels.full(1).weights(), read().weights());
    assertEquals(Optional.empty(), read().state());
    assertTrue(read().notices().get(0).contains("a learning rate above 0"));
  }

  private static byte[] withLearningRate(byte[] bytes, float rate) {
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
  void entriesOfOthersAreIgnored() throws IOException {
    entries.put("assets/vocabulary.txt", new byte[] {1, 2});
    ZipFixture.write(file, entries);
    assertEquals(KerasModels.full(1), read());
  }

  @Test
  void anAttachmentWithAPathIsRefused() throws IOException {
    entries.put("siamese/a/b.txt", new byte[] {65});
    ZipFixture.write(file, entries);
    assertRefused("a plain file name", "a/b.txt");
  }
}
