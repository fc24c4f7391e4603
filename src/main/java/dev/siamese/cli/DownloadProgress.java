package dev.siamese.cli;

import dev.siamese.data.DatasetListener;
import me.tongfei.progressbar.ProgressBar;

/** Shows a download as a progress bar, and prints notices. */
final class DownloadProgress implements DatasetListener, AutoCloseable {
  private ProgressBar bar;

  @Override
  public void notice(String message) {
    close();
    System.err.println(message);
  }

  @Override
  public void downloading(long bytes, long total) {
    if (!Terminal.isInteractive()) {
      if (bytes == total) {
        System.err.printf("downloaded MNIST, %.1f MB%n", total / 1e6);
      }
      return;
    }
    if (bar == null) {
      bar = Terminal.bar("downloading MNIST", total).setUnit(" MB", 1_000_000).build();
    }
    bar.stepTo(bytes);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
