package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the real MNIST where there is one; counts as published and widely quoted. */
class RealMnistTest {
  private static Dataset mnist;

  @BeforeAll
  static void read() throws IOException {
    String folder = System.getenv("SIAMESE_DATA_DIR");
    assumeTrue(folder != null, "SIAMESE_DATA_DIR does not name a folder with MNIST");
    mnist = IdxFolder.read(Path.of(folder), Optional.empty());
  }

  @Test
  void isRecognised() {
    assertEquals("MNIST", mnist.name());
  }

  @Test
  void hasThePublishedCounts() {
    assertArrayEquals(
        new int[] {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949},
        counts(mnist.train()));
    assertArrayEquals(
        new int[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}, counts(mnist.test()));
  }

  @Test
  void beginsWithAFive() {
    assertEquals(5, mnist.train().label(0));
    assertEquals(7, mnist.test().label(0));
    assertEquals(3, mnist.train().pixel(0, 5, 12));
    assertEquals(0, mnist.train().pixel(0, 0, 0));
  }

  @Test
  void splitsAndPairsAsTheReferenceProgramDoes() {
    Split split = Split.of(mnist, SplitSettings.reference());
    SplittableRandom random = new SplittableRandom(0);
    assertEquals(96_000, Pairs.draw(split.train(), random).size());
    assertEquals(24_000, Pairs.draw(split.validation(), random).size());
    assertEquals(20_000, Pairs.draw(split.test(), random).size());
  }

  @Test
  void isRecognisedInKerasFormToo(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("any.npz");
    NpzFixture.write(file, NpzFixture.arrays(mnist.train(), mnist.test()), ZipEntry.STORED);
    assertEquals("MNIST", NpzReader.read(file, false).name());
  }

  private static int[] counts(LabeledImages images) {
    int[] counts = new int[10];
    for (int label : images.labels()) {
      counts[label]++;
    }
    return counts;
  }
}
