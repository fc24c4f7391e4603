package dev.siamese.savedmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.RandomStream;
import dev.siamese.data.ValueRange;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Distance;
import dev.siamese.network.Flatten;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServedModelTest {
  private @TempDir Path folder;

  @Test
  void roundingAtTheEndsCountsAsTheEnds() {
    assertArrayEquals(
        new float[] {0, 0, 0.5f, 1.0000005f, -2e-6f},
        ServedModel.rounded(
            new float[] {-2.4e-7f, 0, 0.5f, 1.0000005f, -2e-6f}, OutputKind.DISTANCE));
    assertArrayEquals(
        new float[] {0, 1, 1, 1.00001f, -0.01f},
        ServedModel.rounded(
            new float[] {-2.4e-7f, 1.0000005f, 1, 1.00001f, -0.01f}, OutputKind.SIMILARITY));
    // As squares of large embeddings round.
    assertArrayEquals(
        new float[] {0, 500, -1e-3f},
        ServedModel.rounded(new float[] {-4e-4f, 500, -1e-3f}, OutputKind.DISTANCE));
    assertArrayEquals(
        new float[] {-1, Float.POSITIVE_INFINITY, Float.NaN},
        ServedModel.rounded(
            new float[] {-1, Float.POSITIVE_INFINITY, Float.NaN}, OutputKind.DISTANCE));
  }

  @ParameterizedTest
  @EnumSource
  void feedsEveryPixelInTheValuesAsked(ValueRange values) throws IOException {
    SiameseNetwork network =
        SiameseNetwork.of(
            ServedNetworks.twin(TensorShape.of(16, 16, 1), new Flatten()), Distance.EUCLIDEAN);
    byte[] pixels = new byte[2 * 256];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    LabeledImages images = new LabeledImages(pixels, new int[] {0, 1}, new ImageShape(16, 16, 1));
    ServedNetwork model =
        new ServedNetwork(
            new TrainedNetwork(network, Weights.zeros(List.of()), values), 0.5, Map.of());
    SavedModelWriter.write(folder, model, PairedImages.draw(images, RandomStream.TEST_PAIRS, 0));
    try (ServedModel served = load(values)) {
      float[][] embeddings = served.embed(images);
      assertArrayEquals(PlainAnswers.inputs(model, images, 0), embeddings[0], 1e-7f);
      assertEquals(values == ValueRange.MINUS_ONE_TO_ONE ? -1 : 0, embeddings[1][0]);
      assertEquals(values == ValueRange.ZERO_TO_255 ? 255 : 1, embeddings[1][255]);
    }
  }

  @Test
  void threadsGetWhatOneGets() throws Exception {
    SavedModels.copy(folder, ServedNetworks.COLOUR);
    PairedImages samples = ServedNetworks.COLOUR.samples(30);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ServedModel model = load(ServedNetworks.COLOUR.range())) {
      float[] expected = model.compare(samples.images(), samples.pairs());
      List<Future<float[]>> found = new ArrayList<>();
      for (int call = 0; call < 12; call++) {
        found.add(threads.submit(() -> model.compare(samples.images(), samples.pairs())));
      }
      for (Future<float[]> outputs : found) {
        assertArrayEquals(expected, outputs.get(), 1e-6f);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void closesWhileOthersKeepAsking() throws Exception {
    SavedModels.copy(folder, ServedNetworks.COLOUR);
    PairedImages samples = ServedNetworks.COLOUR.samples(30);
    ServedModel model = load(ServedNetworks.COLOUR.range());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      CountDownLatch running = new CountDownLatch(4);
      List<Future<?>> calls = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        calls.add(
            threads.submit(
                () -> {
                  while (true) {
                    model.compare(samples.images(), samples.pairs());
                    running.countDown();
                  }
                }));
      }
      running.await();
      assertTimeoutPreemptively(Duration.ofSeconds(20), model::close);
      for (Future<?> call : calls) {
        Throwable cause = assertThrows(Exception.class, call::get).getCause();
        assertEquals(IllegalStateException.class, cause.getClass(), cause::toString);
      }
    } finally {
      threads.shutdown();
    }
    String message =
        assertThrows(IllegalStateException.class, () -> model.embed(samples.images())).getMessage();
    assertTrue(message.contains("closed") && message.contains(folder.toString()), message);
    model.close();
  }

  private ServedModel load(ValueRange values) throws IOException {
    return SavedModelReader.open(folder)
        .load(new LoadSettings(SessionSettings.defaults(), values, Optional.empty()), n -> {});
  }
}
