package dev.siamese.cli;

import dev.siamese.chart.Display;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the program makes of the machine and the user that it runs for, before it does anything. */
final class Surroundings {
  private static final String HEADLESS = "java.awt.headless";
  private static final String HOME = "user.home";

  /** A folder that cannot be made, for users who have none: others are tried then. */
  private static final String NOWHERE = "/nonexistent";

  private Surroundings() {}

  /** Sets what Java and the libraries go by. */
  static void settle(String... arguments) {
    // Figures are written with a point, and names compared, alike for everyone.
    Locale.setDefault(Locale.ROOT);
    if (System.getProperty(HEADLESS) == null) {
      // A display that cannot be used would cost the pictures too.
      boolean shows = List.of(arguments).contains("--show") && Display.isUsable();
      System.setProperty(HEADLESS, String.valueOf(!shows));
    }
    System.setProperty(HOME, home(System.getProperty(HOME), System.getenv("HOME")));
  }

  /**
   * The user's home folder; Java knows none of a user whom the system has no name for, as is common
   * in containers, and says so with a question mark.
   */
  static String home(String known, String told) {
    if (isAbsolute(known)) {
      return known;
    }
    return isAbsolute(told) ? told : NOWHERE;
  }

  private static boolean isAbsolute(String path) {
    return path != null && Path.of(path).isAbsolute();
  }
}
