package dev.siamese.cli;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
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

  /** The screen itself: the start script filters the standard error output line by line. */
  private static PrintStream screen() {
    try {
      return new PrintStream(new FileOutputStream("/dev/tty"), true, StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      return System.err; // Not Linux or macOS, or no terminal that one may write to.
    }
  }

  /** A bar yet to be built. */
  static ProgressBarBuilder bar(String task, long most) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(most)
        .setUpdateIntervalMillis(200)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setConsumer(new ConsoleProgressBarConsumer(screen()))
        .showSpeed();
  }
}
