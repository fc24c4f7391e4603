package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.siamese.data.Messages;
import dev.siamese.network.Adam;
import dev.siamese.network.NamedNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFolderTest {
  @TempDir Path folder;

  /** Four checkpoints of weights and two moments each, the model, and 20 MB. */
  @ParameterizedTest
  @CsvSource({"REFERENCE, 25", "KERAS_IO, 20", "KOCH, 2045"})
  void aRunNeedsRoomForItsModels(NamedNetwork network, long megabytes) {
    assertEquals(
        megabytes, RunFolder.bytesOf(network.network().network(), Adam.of(0.001)) / 1_000_000);
  }

  @Test
  void refusesADiskWithoutRoomBeforeItMakesAnything() {
    Path run = folder.resolve("runs").resolve("1");
    long bytes = 1L << 60;
    Messages.assertFails(
        () -> RunFolder.requireRoom(run, bytes),
        "expected 1152921504606 MB of free space, found ",
        folder);
    assertFalse(Files.exists(run.getParent()));
  }
}
