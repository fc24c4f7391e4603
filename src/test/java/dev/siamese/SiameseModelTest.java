package dev.siamese;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.ImageShape;
import dev.siamese.data.InputPicture;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModels;
import dev.siamese.network.OutputKind;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiameseModelTest {
  private static final double THRESHOLD = 0.3;

  @TempDir static Path folder;

  @BeforeAll
  static void writeModels() throws IOException {
    for (String name : List.of("model.keras", "savedmodel")) {
      ModelStore.write(folder.resolve(name), StoredModels.SMALL.full(3).withThreshold(THRESHOLD));
    }
  }

  /** Bright ink on dark ground, which stays as it is. */
  static BufferedImage picture(long seed) {
    BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      picture
          .getRaster()
          .setSample(4 + random.nextInt(20), 4 + random.nextInt(20), 0, random.nextInt(256));
    }
    return picture;
  }

  private static Path file(long seed) throws IOException {
    Path file = folder.resolve(seed + ".png");
    ImageIO.write(picture(seed), "png", file.toFile());
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.keras", "savedmodel"})
  void takesPicturesFromAnywhere(String name) throws IOException {
    Path file = file(1);
    try (SiameseModel model = SiameseModel.load(folder.resolve(name));
        InputStream stream = new ByteArrayInputStream(Files.readAllBytes(file))) {
      float[] expected = model.embed(file);
      byte[] pixels = ((DataBufferByte) picture(1).getRaster().getDataBuffer()).getData();
      float[][] found =
          model.embed(
              List.of(
                  InputPicture.of(file),
                  InputPicture.of(stream, "a stream"),
                  InputPicture.of(picture(1)),
                  InputPicture.of(pixels, ImageShape.MNIST)));
      assertEquals(4, found.length);
      for (float[] embedding : found) {
        assertArrayEquals(expected, embedding, 1e-6f);
      }
      assertEquals(ImageShape.MNIST, model.shape());
      assertEquals(List.of(), model.notices());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.keras", "savedmodel"})
  void comparesAsTheEmbeddingsAreApart(String name) throws IOException {
    try (SiameseModel model = SiameseModel.load(folder.resolve(name))) {
      float[] first = model.embed(file(1));
      float[] second = model.embed(file(2));
      double squares = 0;
      for (int i = 0; i < first.length; i++) {
        squares += Math.pow(first[i] - second[i], 2);
      }
      Comparison comparison = model.compare(file(1), file(2));
      assertEquals(Math.sqrt(squares), comparison.value(), 1e-6);
      assertEquals(comparison, model.compare(picture(1), picture(2)));
      assertEquals(OutputKind.DISTANCE, comparison.output());
      assertEquals(THRESHOLD, comparison.threshold());
      assertEquals(comparison.value() < THRESHOLD, comparison.same());
      assertTrue(model.compare(file(1), file(1)).same());
      float[] byEmbeddings =
          model.model().compare(new float[][] {first, first}, new float[][] {second, first});
      assertEquals(comparison.value(), byEmbeddings[0], 1e-6);
      assertEquals(0, byEmbeddings[1]);
      assertThrows(
          IllegalArgumentException.class,
          () -> model.model().compare(new float[][] {first}, new float[][] {new float[3]}));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.keras", "savedmodel"})
  void tellsThatItIsClosed(String name) throws IOException {
    SiameseModel model = SiameseModel.load(folder.resolve(name));
    model.close();
    model.close();
    for (Path picture : List.of(file(1))) {
      String message =
          assertThrows(IllegalStateException.class, () -> model.embed(picture)).getMessage();
      assertTrue(message.contains("found a closed one"), message);
      assertThrows(IllegalStateException.class, () -> model.compare(picture, picture));
    }
  }

  @Test
  void namesThePictureThatIsNone() throws IOException {
    byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);
    try (SiameseModel model = SiameseModel.load(folder.resolve("model.keras"))) {
      InputPicture none = InputPicture.of(new ByteArrayInputStream(text), "upload 7");
      String message =
          assertThrows(IOException.class, () -> model.embed(List.of(none))).getMessage();
      assertTrue(message.contains("upload 7"), message);
      Path missing = folder.resolve("missing.png");
      message = assertThrows(IOException.class, () -> model.embed(missing)).getMessage();
      assertTrue(message.contains(missing.toString()), message);
    }
    assertFalse(
        assertThrows(IOException.class, () -> SiameseModel.load(folder.resolve("none")))
            .getMessage()
            .isEmpty());
  }
}
