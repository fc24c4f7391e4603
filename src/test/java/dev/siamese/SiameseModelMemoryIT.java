package dev.siamese;

import dev.siamese.data.ImageShape;
import dev.siamese.data.InputPicture;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SiameseModelMemoryIT {
  private static final int EARLY = 10_000;
  private static final int CALLS = 100_000;
  private static final int THREADS = 4;
  private static final int EARLY_MODELS = 100;
  private static final int MODELS = 200;

  @TempDir Path folder;

  /** Calls a model again and again from several threads, and prints its resident memory in kB. */
  static final class Caller {
    private Caller() {}

    /** Loads the model that it is given. */
    public static void main(String[] arguments) throws Exception {
      try (SiameseModel model = SiameseModel.load(Path.of(arguments[0]))) {
        call(model, EARLY);
        ResidentMemory.print();
        call(model, CALLS - EARLY);
        ResidentMemory.print();
      }
    }

    private static void call(SiameseModel model, int calls) throws InterruptedException {
      InputPicture picture = InputPicture.of(new byte[28 * 28], ImageShape.MNIST);
      List<Thread> threads =
          IntStream.range(0, THREADS)
              .mapToObj(
                  thread ->
                      new Thread(
                          () -> {
                            for (int i = 0; i < calls / THREADS; i++) {
                              ask(model, picture);
                            }
                          }))
              .toList();
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }

    private static void ask(SiameseModel model, InputPicture picture) {
      try {
        model.embed(List.of(picture));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A call feeds 784 bytes and fetches 20: what is not freed of that would make 70 MB. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void doesNotGrowWithTheCalls() throws Exception {
    Path model = folder.resolve("model.keras");
    ModelStore.write(model, StoredModels.SMALL.full(1));
    ResidentMemory.assertStays(Caller.class, model);
  }

  /** Opens and closes models, asks each once, and prints its resident memory in kB. */
  static final class Opener {
    private Opener() {}

    /** Opens the model that it is given. */
    public static void main(String[] arguments) throws Exception {
      Path source = Path.of(arguments[0]);
      open(source, EARLY_MODELS);
      printCollected();
      open(source, MODELS);
      printCollected();
    }

    /** How far the heap grows before Java collects what models leave in it says nothing of them. */
    private static void printCollected() throws IOException {
      System.gc();
      ResidentMemory.print();
    }

    private static void open(Path source, int models) throws IOException {
      InputPicture picture = InputPicture.of(new byte[28 * 28], ImageShape.MNIST);
      for (int i = 0; i < models; i++) {
        try (SiameseModel model = SiameseModel.load(source)) {
          model.embed(List.of(picture));
        }
      }
    }
  }

  /** A model of 430 KB of weights that is not freed, 200 times, would make 86 MB. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void doesNotGrowWithTheModels() throws Exception {
    Path model = folder.resolve("model.keras");
    ModelStore.write(model, ModelStore.read(Path.of("savedmodel"), ModelHints.NONE));
    ResidentMemory.assertStays(Opener.class, model);
  }
}
