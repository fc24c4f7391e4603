package dev.siamese.cli;

import dev.siamese.training.EpochResult;
import dev.siamese.training.RunState;
import dev.siamese.training.TrainingListener;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/** Shows how training gets on: a live bar, or a few plain lines, and the result of each epoch. */
final class EpochProgress implements TrainingListener, AutoCloseable {
  private static final int PLAIN_LINES_PER_EPOCH = 5;

  private final int epochs;
  private final PrintStream words;
  private String title;
  private int pairs;
  private long started;
  private int nextLine;
  private ProgressBar bar;

  /**
   * A training's progress.
   *
   * @param words takes the result of each epoch
   */
  EpochProgress(int epochs, PrintStream words) {
    this.epochs = epochs;
    this.words = words;
  }

  @Override
  public void epochStarted(int epoch, int pairs) {
    this.pairs = pairs;
    title = "Epoch %d/%d".formatted(epoch, epochs);
    started = System.nanoTime();
    nextLine = 0;
    if (Terminal.isInteractive()) {
      bar = Terminal.bar(title, pairs).setUnit(" pairs", 1).build();
    }
  }

  @Override
  public void stepFinished(int done, double loss, double accuracy) {
    String figures = String.format(Locale.ROOT, "loss %.4f, accuracy %.4f", loss, accuracy);
    if (bar != null) {
      bar.stepTo(done);
      bar.setExtraMessage(", " + figures);
    } else if (done >= (long) pairs * nextLine / PLAIN_LINES_PER_EPOCH) {
      nextLine++;
      double seconds = (System.nanoTime() - started) / 1e9;
      System.err.printf(
          Locale.ROOT,
          "%s: %3d %%, %s, %,.0f pairs/s, %.0f s left%n",
          title,
          100L * done / pairs,
          figures,
          done / seconds,
          seconds / done * (pairs - done));
    }
  }

  @Override
  public void epochFinished(RunState state) {
    close();
    EpochResult result = state.history().last();
    words.printf(
        Locale.ROOT,
        "%s - %.1f s - loss: %.4f - accuracy: %.4f - val_loss: %.4f - val_accuracy: %.4f"
            + " - %,.0f pairs/s%n",
        title,
        result.seconds(),
        result.loss(),
        result.accuracy(),
        result.validationLoss(),
        result.validationAccuracy(),
        result.pairsPerSecond());
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
