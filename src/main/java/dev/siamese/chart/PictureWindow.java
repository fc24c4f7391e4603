package dev.siamese.chart;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CountDownLatch;
import javax.swing.ImageIcon;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;

/** A window with a picture. */
public final class PictureWindow {
  private PictureWindow() {}

  /**
   * Shows a picture until the window is closed.
   *
   * @throws IOException when there is no display
   */
  public static void show(String title, Picture picture) throws IOException {
    if (GraphicsEnvironment.isHeadless()) {
      throw new IOException("expected a display to show a window on, found none that can be used");
    }
    ImageIcon icon = new ImageIcon(picture.image());
    CountDownLatch closed = new CountDownLatch(1);
    try {
      SwingUtilities.invokeAndWait(
          () -> {
            JFrame frame = new JFrame(title);
            frame.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
            frame.add(new JLabel(icon));
            frame.pack();
            frame.addWindowListener(Closing.then(closed::countDown));
            frame.setVisible(true);
          });
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (InvocationTargetException e) {
      throw new IOException("cannot show a window: " + e.getCause().getMessage(), e);
    }
  }
}
