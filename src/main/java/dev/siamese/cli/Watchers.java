package dev.siamese.cli;

import dev.siamese.chart.TrainingWindow;
import dev.siamese.tensorboard.TensorBoardLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;

/** What a user may watch a training by: a window, and TensorBoard. */
final class Watchers implements AutoCloseable {
  private Optional<TensorBoardLog> log = Optional.empty();
  private Optional<TrainingWindow> window = Optional.empty();

  /**
   * Adds those that are asked for; a window that cannot be opened is told and done without.
   *
   * @param steps that the run has taken already
   */
  void add(
      TrainingRun training,
      RunFolder folder,
      String dataset,
      long steps,
      boolean show,
      boolean tensorBoard)
      throws IOException {
    if (tensorBoard) {
      log = Optional.of(new TensorBoardLog(folder.tensorBoard(), steps));
      training.watch(log.get());
    }
    if (show) {
      try {
        window = Optional.of(new TrainingWindow(dataset));
        training.watch(new TrainingView(window.get(), training.validation(), steps));
      } catch (IOException e) {
        System.err.println("Training goes on without a window: " + e.getMessage());
      }
    }
  }

  /** Records the run's pictures after its last epoch. */
  void showTo(Pictures pictures, int epochs) throws IOException {
    if (log.isPresent()) {
      for (Path file : pictures.written()) {
        String name = file.getFileName().toString().replaceFirst("\\.png$", "");
        log.get().picture("pictures/" + name, epochs, ImageIO.read(file.toFile()));
      }
    }
  }

  @Override
  public void close() throws IOException {
    window.ifPresent(TrainingWindow::close);
    if (log.isPresent()) {
      log.get().close();
    }
  }
}
