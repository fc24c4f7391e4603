package dev.siamese.savedmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Distance;
import dev.siamese.network.GlobalAveragePooling2D;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoldenPairsTest {
  private static final float TOLERANCE = 2e-6f;

  private @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource
  void storesGoldenPairs(ServedNetworks network) throws IOException {
    ServedNetwork model = network.model();
    PairedImages samples = network.samples(20);
    Path folder = temporary.resolve("model");
    SavedModelWriter.write(folder, model, samples);
    String json = Files.readString(folder.resolve("assets.extra/golden_pairs.json"));
    JsonObject golden = new Gson().fromJson(json, JsonObject.class);
    String output = model.trained().network().output().text();
    assertEquals(
        List.of("image1", "image2", output, "embedding1", "values", "shape"),
        List.copyOf(golden.keySet()));
    assertEquals(network.range().text(), golden.get("values").getAsString());
    int[] shape = new Gson().fromJson(golden.get("shape"), int[].class);
    assertEquals(model.trained().network().image(), TensorShape.of(shape));
    int[][] images1 = new Gson().fromJson(golden.get("image1"), int[][].class);
    int[][] images2 = new Gson().fromJson(golden.get("image2"), int[][].class);
    float[] outputs = new Gson().fromJson(golden.get(output), float[].class);
    float[][] embeddings = new Gson().fromJson(golden.get("embedding1"), float[][].class);
    assertEquals(
        List.of(8, 8, 8, 8),
        List.of(images1.length, images2.length, outputs.length, embeddings.length));
    float[] expected = PlainAnswers.outputs(model, samples);
    for (int pair = 0; pair < 8; pair++) {
      assertArrayEquals(pixels(samples, samples.pairs().first()[pair]), images1[pair]);
      assertArrayEquals(pixels(samples, samples.pairs().second()[pair]), images2[pair]);
      float[] embedding =
          PlainAnswers.embeddings(model, samples.images(), samples.pairs().first()[pair]);
      assertEquals(expected[pair], outputs[pair], TOLERANCE * length(embedding));
      assertArrayEquals(embedding, embeddings[pair], TOLERANCE * length(embedding));
    }
  }

  private static float length(float[] embedding) {
    return (float) Math.max(1, SignatureAnswers.euclidean(embedding, new float[embedding.length]));
  }

  private static int[] pixels(PairedImages samples, int image) {
    byte[] pixels = new byte[samples.images().shape().pixels()];
    samples.images().copyPixels(image, image + 1, pixels);
    int[] unsigned = new int[pixels.length];
    Arrays.setAll(unsigned, i -> pixels[i] & 0xFF);
    return unsigned;
  }

  @Test
  void storesFewPairsOfLargeImages() throws IOException {
    SiameseNetwork network =
        SiameseNetwork.of(
            ServedNetworks.twin(TensorShape.of(400, 300, 3), new GlobalAveragePooling2D(false)),
            Distance.EUCLIDEAN);
    ServedNetwork model =
        new ServedNetwork(
            new TrainedNetwork(network, Weights.zeros(List.of()), ValueRange.ZERO_TO_ONE),
            0.5,
            Map.of());
    byte[] pixels = new byte[4 * 400 * 300 * 3];
    LabeledImages images =
        new LabeledImages(pixels, new int[] {0, 1, 0, 1}, new ImageShape(400, 300, 3));
    Path folder = temporary.resolve("model");
    SavedModelWriter.write(
        folder, model, new PairedImages(images, Pairs.draw(images, new SplittableRandom(1))));
    String json = Files.readString(folder.resolve("assets.extra/golden_pairs.json"));
    assertEquals(
        1, new Gson().fromJson(json, JsonObject.class).get("distance").getAsJsonArray().size());
  }
}
