package dev.siamese;

import dev.siamese.data.ImageShape;
import dev.siamese.data.InputPicture;
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
}
