package dev.siamese.cli;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/** Where progress is shown: on the standard error output, as bars if a person is looking. */
final class Terminal {
  /** Set by the start script, which can ask; Java cannot before version 22. */
  private static final String INTERACTIVE = "siamese.interactive";

  /** The screen's width at the start, set by the start script too. */
  private static final String COLUMNS = "siamese.columns";

  private static final int USUAL_COLUMNS = 80;

  /** What a bar needs beside the figures. */
  private static final int LEAST_COLUMNS_OF_A_BAR = 120;

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

  /** A bar yet to be built, or, where there is no room for one, a percentage. */
  static ProgressBarBuilder bar(String task, long most) {
    int columns = Integer.getInteger(COLUMNS, USUAL_COLUMNS);
    ProgressBarBuilder bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(most)
            .setUpdateIntervalMillis(200)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            // Asked for the width, the library would take the signal of Ctrl-C from Java.
            .setConsumer(new ConsoleProgressBarConsumer(screen(), Math.max(1, columns - 1)))
            .showSpeed();
    return columns < LEAST_COLUMNS_OF_A_BAR ? bar.setRenderer(Terminal::percentage) : bar;
  }

  /** The figures come first, and the line is as long as any before, to leave nothing of them. */
  static String percentage(ProgressState state, int columns) {
    long percent = (long) (100 * state.getNormalizedProgress());
    String text = "%s %3d%%%s".formatted(state.getTaskName(), percent, state.getExtraMessage());
    return String.format("%-" + columns + "." + columns + "s", text);
  }
}
