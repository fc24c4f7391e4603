package dev.siamese.chart;

import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;

/** What is done once a window is closed. */
final class Closing extends WindowAdapter {
  private final Runnable action;

  private Closing(Runnable action) {
    this.action = action;
  }

  static Closing then(Runnable action) {
    return new Closing(action);
  }

  @Override
  public void windowClosed(WindowEvent event) {
    action.run();
  }
}
