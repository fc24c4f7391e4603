package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetSourceTest {
  private final LabeledImages train = IdxFixture.images(20, 1);
  private final LabeledImages test = IdxFixture.images(10, 2);
  private final Map<String, String> variables = new HashMap<>();
  private final List<String> notices = new ArrayList<>();

  /** Nothing listens on port 1 of this machine: a download fails at once. */
  private final MnistDownload download =
      new MnistDownload(
          List.of(URI.create("http://127.0.0.1:1/")),
          List.of(new MnistDownload.RemoteFile("any", 1, "")),
          new HttpFetch.Patience(
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              Duration.ofMillis(1),
              1));

  @TempDir private Path home;
  private Path folder;

  @BeforeEach
  void nameFolder() {
    folder = home.resolve("letters");
  }

  @Test
  void readsAFolderAndAFile() throws IOException {
    IdxFixture.writeFolder(folder, train, test, ".gz");
    assertEquals("letters", load(folder.toString(), null).name());
    Path file = home.resolve("digits.npz");
    NpzFixture.write(file, NpzFixture.arrays(train, test), ZipEntry.DEFLATED);
    assertEquals("digits", load(file.toString(), null).name());
    assertTrue(notices.isEmpty());
  }

  @Test
  void nothingReplacesAFolderOrFileThatIsNamed() throws IOException {
    assertFails(() -> load(folder.toString(), null), "found no such file", folder);
    Files.createDirectories(folder);
    assertFails(() -> load(folder.toString(), null), "class folders", "0 files", folder);
    Path file = Files.write(home.resolve("digits.npz"), new byte[3]);
    assertFails(() -> load(file.toString(), null), "npz", file);
    assertTrue(notices.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "mnist"})
  void nothingReplacesADataFolderThatIsNamed(String data) throws IOException {
    assertFails(() -> load(data, folder), "expected a folder", folder);
    variables.put("SIAMESE_DATA_DIR", folder.toString());
    assertFails(() -> load(data, null), "expected a folder", folder, "SIAMESE_DATA_DIR");
    assertTrue(notices.isEmpty());
  }

  @Test
  void autoReadsTheDataFolderAndPrefersTheOption() throws IOException {
    IdxFixture.writeFolder(folder, train, test, "");
    Path other = home.resolve("other");
    IdxFixture.writeFolder(other, train, test, "");
    variables.put("SIAMESE_DATA_DIR", other.toString());
    assertEquals("other", load("auto", null).name());
    assertEquals("letters", load("auto", folder).name());
  }

  @Test
  void mnistTakesNoOtherDataSet() throws IOException {
    IdxFixture.writeFolder(folder, train, test, "");
    assertFails(() -> load("mnist", folder), "expected MNIST", folder);
  }

  @Test
  void autoFallsBackOnSyntheticDigitsAndSaysSo() throws IOException {
    Dataset dataset = load("auto", null);
    assertEquals("synthetic digits", dataset.name());
    assertEquals(60_000, dataset.train().size());
    assertEquals(10_000, dataset.test().size());
    assertEquals(1, notices.size());
    assertTrue(notices.get(0).contains("NOT MNIST"), notices.get(0));
    assertTrue(notices.get(0).contains("127.0.0.1: no connection"), notices.get(0));
  }

  @Test
  void mnistFailsWithTheReason() {
    assertFails(() -> load("mnist", null), "expected MNIST in", home, "127.0.0.1: no connection");
    assertTrue(notices.isEmpty());
  }

  @Test
  void cachesThatAreNotMnistAreNamedAndPassedOver() throws IOException {
    Path cache = home.resolve(".cache/siamese/mnist");
    IdxFixture.writeFolder(cache, train, test, ".gz");
    Path keras = home.resolve(".keras/datasets/mnist.npz");
    Files.createDirectories(keras.getParent());
    Files.write(keras, new byte[10]);
    assertFails(() -> load("mnist", null), "no connection");
    assertEquals(2, notices.size());
    assertTrue(notices.get(0).contains(cache.toString()), notices.get(0));
    assertTrue(notices.get(1).contains(keras.toString()), notices.get(1));
  }

  @Test
  void syntheticAsksForNothing() throws IOException {
    variables.put("SIAMESE_DATA_DIR", folder.toString());
    assertEquals("synthetic digits", load("synthetic", folder).name());
    assertTrue(notices.isEmpty());
  }

  @Test
  void cacheFollowsTheEnvironment() {
    Environment environment = new Environment(variables, home);
    assertEquals(home.resolve(".cache/siamese"), environment.cache());
    variables.put("XDG_CACHE_HOME", "/xdg");
    assertEquals(Path.of("/xdg/siamese"), environment.cache());
    variables.put("SIAMESE_CACHE", "/own");
    assertEquals(Path.of("/own"), environment.cache());
    variables.put("SIAMESE_CACHE", "");
    assertEquals(Path.of("/xdg/siamese"), environment.cache());
  }

  @Test
  void findsTheRealMnistInBothCaches() throws IOException {
    String real = System.getenv("SIAMESE_DATA_DIR");
    assumeTrue(real != null, "SIAMESE_DATA_DIR does not name a folder with MNIST");
    Dataset mnist = IdxFolder.read(Path.of(real), Optional.empty());
    Path keras = home.resolve(".keras/datasets/mnist.npz");
    Files.createDirectories(keras.getParent());
    NpzFixture.write(keras, NpzFixture.arrays(mnist.train(), mnist.test()), ZipEntry.STORED);
    assertEquals(keras.toString(), load("mnist", null).origin());

    Path cache = home.resolve(".cache/siamese/mnist");
    IdxFixture.writeFolder(cache, mnist.train(), mnist.test(), "");
    assertEquals(cache.toString(), load("auto", null).origin());
    assertEquals("MNIST", load("auto", null).name());
    assertTrue(notices.isEmpty());
  }

  private Dataset load(String data, Path dataDir) throws IOException {
    DatasetListener listener =
        new DatasetListener() {
          @Override
          public void notice(String message) {
            notices.add(message);
          }

          @Override
          public void downloading(long bytes, long total) {
            throw new AssertionError("nothing can be downloaded here");
          }
        };
    return new DatasetSource(
            data, dataDir, ReadSettings.DEFAULT, new Environment(variables, home), download)
        .load(1, listener);
  }
}
