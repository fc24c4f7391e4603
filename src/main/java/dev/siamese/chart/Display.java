package dev.siamese.chart;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The screen that windows are shown on.
 *
 * <p>Java can try one only once: a display that is named and does not answer, or a Java without
 * windows, leaves it unable to draw pictures too. So another Java tries.
 */
public final class Display {
  private static final long MOST_SECONDS = 20;

  private Display() {}

  /** Whether windows can be shown. */
  public static boolean isUsable() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return true;
    }
    if (System.getenv("DISPLAY") == null) {
      return false;
    }
    ProcessBuilder other =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.awt.headless=false",
            "-cp",
            System.getProperty("java.class.path"),
            Display.class.getName());
    try {
      Process trial =
          other.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start();
      boolean ended = trial.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
      trial.destroyForcibly();
      return ended && trial.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Fails where there is no screen. */
  public static void main(String[] arguments) {
    GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
  }
}
