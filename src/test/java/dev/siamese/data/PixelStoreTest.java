package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelStoreTest {
  @TempDir private Path folder;

  @Test
  void aMappedFileHoldsWhatMemoryHoldsAndHasNoName() throws IOException {
    byte[] pixels = new byte[50 * 12];
    new SplittableRandom(1).nextBytes(pixels);
    // Four images and a bit in each chunk.
    PixelStore store = PixelStore.mapped(50, 12, 53, folder.resolve("cache"));
    IntStream.range(0, 50)
        .parallel()
        .forEach(
            image -> {
              byte[] one = new byte[12];
              System.arraycopy(pixels, image * 12, one, 0, 12);
              store.write(image, one);
            });
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      assertEquals(0, files.count());
    }
    int[] rows = {49, 0, 4, 3, 17};
    ImageShape shape = new ImageShape(2, 2, 3);
    LabeledImages mapped =
        new LabeledImages(store, rows, new int[5], shape, ClassNames.NUMBERS, List.of());
    LabeledImages expected = new LabeledImages(pixels, new int[50], shape).select(rows);
    assertArrayEquals(IdxFixture.pixels(expected), IdxFixture.pixels(mapped));
    assertEquals(expected.pixel(4, 1, 0, 2), mapped.pixel(4, 1, 0, 2));
  }
}
