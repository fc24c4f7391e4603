package dev.siamese.cli;

import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Where progress is shown: on the standard error output, as bars if a person is looking. */
final class Terminal {
  /** Set by the start script, which can ask; Java cannot before version 22. */
  private static final String INTERACTIVE = "siamese.interactive";

  private Terminal() {}

  /** Whether progress bars make sense. */
  static boolean isInteractive() {
    return Boolean.getBoolean(INTERACTIVE);
  }

  /** A bar yet to be built. */
  static ProgressBarBuilder bar(String task, long most) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(most)
        .setUpdateIntervalMillis(200)
        .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
        .showSpeed();
  }

  /**
   * Opens files in the desktop's own programs.
   *
   * @throws IOException when one cannot be opened
   */
  static void show(List<Path> files) throws IOException {
    if (GraphicsEnvironment.isHeadless() || !Desktop.isDesktopSupported()) {
      System.err.println("There is no desktop to show the pictures on.");
      return;
    }
    for (Path file : files) {
      Desktop.getDesktop().open(file.toFile());
    }
  }
}
