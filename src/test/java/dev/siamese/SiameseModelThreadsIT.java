package dev.siamese;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.ImageShape;
import dev.siamese.data.InputPicture;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One model that many threads ask at once. */
class SiameseModelThreadsIT {
  private static final int THREADS = 16;
  private static final int PICTURES = 12;

  /** How long they ask; {@code -Dsiamese.seconds=60} takes a minute. */
  private static final int SECONDS = Integer.getInteger("siamese.seconds", 5);

  @TempDir Path folder;

  /** As long as is told, with the answers that one thread alone gets, to the last bit. */
  @Test
  void everyAnswerIsTheOneThatOneThreadGets() throws Exception {
    Path file = folder.resolve("model.keras");
    ModelStore.write(file, StoredModels.SMALL.full(1));
    List<InputPicture> pictures = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < PICTURES; i++) {
      byte[] pixels = new byte[28 * 28];
      random.nextBytes(pixels);
      pictures.add(InputPicture.of(pixels, ImageShape.MNIST));
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (SiameseModel model = SiameseModel.load(file)) {
      Comparison[][] expected = new Comparison[PICTURES][PICTURES];
      for (int i = 0; i < PICTURES; i++) {
        for (int j = 0; j < PICTURES; j++) {
          expected[i][j] = model.compare(pictures.get(i), pictures.get(j));
        }
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      List<Callable<Void>> askers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        askers.add(asker(model, pictures, expected, new Random(thread), end));
      }
      for (Future<Void> asked : threads.invokeAll(askers)) {
        asked.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static Callable<Void> asker(
      SiameseModel model,
      List<InputPicture> pictures,
      Comparison[][] expected,
      Random random,
      long end) {
    return () -> {
      while (System.nanoTime() < end) {
        ask(model, pictures, expected, random.nextInt(PICTURES), random.nextInt(PICTURES));
      }
      return null;
    };
  }

  private static void ask(
      SiameseModel model, List<InputPicture> pictures, Comparison[][] expected, int i, int j)
      throws IOException {
    assertEquals(expected[i][j], model.compare(pictures.get(i), pictures.get(j)));
  }
}
