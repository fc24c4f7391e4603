package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {
  private final LabeledImages written = IdxFixture.images(12, 7);
  private final byte[] imageBytes = IdxFixture.imageBytes(written);
  private final byte[] labelBytes = IdxFixture.labelBytes(written);

  @TempDir private Path folder;
  private Path images;
  private Path labels;

  @BeforeEach
  void writeFiles() throws IOException {
    images = Files.write(folder.resolve("images"), imageBytes);
    labels = Files.write(folder.resolve("labels"), labelBytes);
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    assertAsWritten(read(images, labels));
  }

  @Test
  void recognisesGzipByContentNotByName() throws IOException {
    Files.write(images, IdxFixture.gzip(imageBytes));
    Files.write(labels, IdxFixture.gzip(labelBytes));
    assertAsWritten(read(images, labels));
  }

  @Test
  void labelsAreUnsigned() throws IOException {
    labelBytes[8] = (byte) 200;
    Files.write(labels, labelBytes);
    assertEquals(200, read(images, labels).label(0));
  }

  @Test
  void refusesLabelsWhereImagesAreExpected() {
    assertFails(labels, labels, "0x00000803", "0x00000801", labels);
  }

  @Test
  void refusesAMissingFileAndAFolder() {
    assertFails(folder.resolve("absent"), labels, "found none", "absent");
    assertFails(folder, labels, "found something else", folder);
  }

  @Test
  void refusesAnEmptyFileAndACutHeader() throws IOException {
    Files.write(images, new byte[0]);
    assertFails(images, labels, "header of 16 bytes, found 0");
    Files.write(images, Arrays.copyOf(imageBytes, 11));
    assertFails(images, labels, "header of 16 bytes, found 11");
  }

  @Test
  void refusesTruncatedAndTrailingData() throws IOException {
    Files.write(images, Arrays.copyOf(imageBytes, imageBytes.length - 1));
    assertFails(images, labels, "expected 9408 bytes", "found 9407", images);
    Files.write(images, Arrays.copyOf(imageBytes, imageBytes.length + 1));
    assertFails(images, labels, "after 9408 bytes", "found more", images);
  }

  @Test
  void refusesTruncatedAndDamagedGzip() throws IOException {
    byte[] compressed = IdxFixture.gzip(imageBytes);
    for (int length : new int[] {5, compressed.length / 2, compressed.length - 4}) {
      Files.write(images, Arrays.copyOf(compressed, length));
      assertFails(images, labels, "truncated or damaged", images);
    }
    compressed[compressed.length - 6] ^= 1;
    Files.write(images, compressed);
    assertFails(images, labels, "truncated or damaged", images);
  }

  @Test
  void refusesImagesAndLabelsOfDifferentCounts() throws IOException {
    Files.write(labels, IdxFixture.labelBytes(IdxFixture.images(11, 0)));
    assertFails(images, labels, "expected 12 labels", "found 11", images);
  }

  @Test
  void refusesZeroImages() throws IOException {
    Files.write(images, IdxFixture.imageBytes(IdxFixture.images(0, 0)));
    assertFails(images, labels, "found 0×28×28", images);
  }

  @Test
  void readsImagesOfAnySize() throws IOException {
    LabeledImages large = written.fitted(new ImageShape(17, 4096, 1));
    Files.write(images, IdxFixture.imageBytes(large));
    LabeledImages read = read(images, labels);
    assertEquals(large.shape(), read.shape());
    assertArrayEquals(IdxFixture.pixels(large), IdxFixture.pixels(read));
  }

  @Test
  void refusesImagesThatAreTooLarge() throws IOException {
    byte[] bytes = Arrays.copyOf(header(12, 2, 4097), 16 + 12 * 2 * 4097);
    Files.write(images, bytes);
    assertFails(images, labels, "expected images of 1×1 to 4096×4096", "found 2×4097", images);
  }

  @Test
  void refusesMoreThanAnArrayHolds() throws IOException {
    Files.write(images, header(3_000_000, 28, 28));
    assertFails(images, labels, "found 3000000×28×28");
    Files.write(images, header(-1, -1, -1));
    assertFails(images, labels, "found 4294967295×4294967295×4294967295");
  }

  @Test
  void allocatesNoMoreThanTheFileHolds() throws IOException {
    // Two gigabytes claimed, often more than the heap of a test run has.
    Files.write(images, header(2_700_000, 28, 28));
    assertFails(images, labels, "expected 2116800000 bytes", "found 0");
  }

  private static byte[] header(int count, int height, int width) {
    return ByteBuffer.allocate(16).putInt(0x803).putInt(count).putInt(height).putInt(width).array();
  }

  private void assertAsWritten(LabeledImages read) {
    assertArrayEquals(imageBytes, IdxFixture.imageBytes(read));
    assertArrayEquals(written.labels(), read.labels());
  }

  private static void assertFails(Path images, Path labels, Object... words) {
    Messages.assertFails(() -> read(images, labels), words);
  }

  private static LabeledImages read(Path images, Path labels) throws IOException {
    DatasetParts parts = new DatasetParts();
    parts.put(Part.TRAIN, IdxReader.read(images, labels, false));
    return parts.dataset("any", images).train();
  }
}
