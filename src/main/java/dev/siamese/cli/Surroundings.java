package dev.siamese.cli;

import dev.siamese.chart.Display;
import java.nio.file.Path;
import java.util.Locale;

/** What the program makes of the machine and the user that it runs for, before it does anything. */
final class Surroundings {
  private static final String HEADLESS = "java.awt.headless";
  private static final String HOME = "user.home";

  /** A folder that cannot be made, for users who have none: others are tried then. */
  private static final String NOWHERE = "/nonexistent";

  /** Whether it was not the user who set it. */
  private static boolean headlessByDefault;

  private Surroundings() {}

  /** Sets what Java and the libraries go by. */
  static void settle() {
    // Figures are written with a point, and names compared, alike for everyone.
    Locale.setDefault(Locale.ROOT);
    if (System.getProperty(HEADLESS) == null) {
      // A display that cannot be used would cost the pictures too.
      System.setProperty(HEADLESS, "true");
      headlessByDefault = true;
    }
    System.setProperty(HOME, home(System.getProperty(HOME), System.getenv("HOME")));
  }

  /**
   * Has windows shown, where there is a display that can be used and the user has not said
   * otherwise. It comes before everything that draws: Java looks but once.
   */
  static void useDisplay() {
    if (headlessByDefault && Display.isUsable()) {
      System.setProperty(HEADLESS, "false");
    }
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
