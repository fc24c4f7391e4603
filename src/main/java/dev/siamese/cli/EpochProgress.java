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
  private final String unit;
  private final PrintStream words;
  private String title;
  private int samples;
  private long started;
  private int nextLine;
  private ProgressBar bar;

  /**
   * A training's progress.
   *
   * @param samples what it goes through, in words
   * @param words takes the result of each epoch
   */
  EpochProgress(int epochs, String samples, PrintStream words) {
    this.epochs = epochs;
    this.unit = samples;
    this.words = words;
  }

  @Override
  public void epochStarted(int epoch, int count) {
    samples = count;
    title = "Epoch %d/%d".formatted(epoch, epochs);
    started = System.nanoTime();
    nextLine = 0;
    if (Terminal.isInteractive()) {
      bar = Terminal.bar(title, count).setUnit(" " + unit, 1).build();
    }
  }

  @Override
  public void stepFinished(int done, double loss, double accuracy) {
    String figures = String.format(Locale.ROOT, "loss %.4f, accuracy %.4f", loss, accuracy);
    if (bar != null) {
      bar.stepTo(done);
      bar.setExtraMessage(", " + figures);
    } else if (done >= (long) samples * nextLine / PLAIN_LINES_PER_EPOCH) {
      nextLine++;
      double seconds = (System.nanoTime() - started) / 1e9;
      System.err.printf(
          Locale.ROOT,
          "%s: %3d %%, %s, %,.0f %s/s, %.0f s left%n",
          title,
          100L * done / samples,
          figures,
          done / seconds,
          unit,
          seconds / done * (samples - done));
    }
  }

  @Override
  public void epochFinished(RunState state) {
    close();
    EpochResult result = state.history().last();
    words.printf(
        Locale.ROOT,
        "%s - %.1f s - loss: %.4f - accuracy: %.4f - val_loss: %.4f - val_accuracy: %.4f"
            + " - %,.0f %s/s%n",
        title,
        result.seconds(),
        result.loss(),
        result.accuracy(),
        result.validationLoss(),
        result.validationAccuracy(),
        result.samplesPerSecond(),
        unit);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
