package dev.siamese.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.Forked;
import dev.siamese.Outcome;
import dev.siamese.Programs;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.RandomStream;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.network.OutputKind;
import dev.siamese.training.EpochResult;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window on a display of its own, Xvfb's. */
class TrainingWindowIT {
  @TempDir private Path folder;

  @Test
  void growsWhileTrainingRunsAndCanBeClosed() throws Exception {
    Path file = folder.resolve("window.png");
    List<String> command =
        new ArrayList<>(
            List.of(Programs.require("xvfb-run").toString(), "-a", "-s", "-screen 0 1400x1050x24"));
    command.addAll(Forked.java(List.of("-Djava.awt.headless=false"), TrainingWindowIT.class, file));
    Outcome outcome = Forked.run(new ProcessBuilder(command));
    assertEquals(0, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.output().contains("open true, closed true"), outcome::toString);
    Pixels seen = new Pixels(ImageIO.read(file.toFile()));
    // Both curves of the upper right chart, both kinds of bars of the lower left one, and the
    // boxes over the worst errors of the lower right one.
    assertTrue(seen.count(ChartStyle.BLUE, 0, 640, 0, 480) > 100, "loss by step");
    assertTrue(seen.count(ChartStyle.BLUE, 640, 1280, 0, 480) > 100, "training loss");
    assertTrue(seen.count(ChartStyle.ORANGE, 640, 1280, 0, 480) > 100, "validation loss");
    assertTrue(seen.countDark(0, 640, 480, 960) > 300, "histogram");
    assertTrue(seen.count(new Color(0xcf222e), 640, 1280, 480, 960) > 300, "hardest pairs");
  }

  /** Shows a training of two epochs, takes a picture of the screen, and closes the window. */
  public static void main(String[] arguments) throws Exception {
    LabeledImages digits = SyntheticDigits.dataset(1, 40, 40).test();
    PairedImages pairs = PairedImages.draw(digits, RandomStream.VALIDATION_PAIRS, 1);
    float[] outputs = new float[pairs.pairs().size()];
    for (int pair = 0; pair < outputs.length; pair++) {
      boolean same = pairs.pairs().labels()[pair] == Pairs.SAME;
      outputs[pair] = (pair * 7 % 20) / 20f + (same ? 0 : 0.3f);
    }
    AtomicLong clock = new AtomicLong();
    TrainingWindow window = new TrainingWindow("synthetic digits", () -> clock.addAndGet(1000));
    SwingUtilities.invokeAndWait(() -> {});
    for (int step = 1; step <= 8; step++) {
      window.step(step, 0.5 / step);
    }
    for (int epoch = 1; epoch <= 2; epoch++) {
      window.validated(
          pairs, new PairOutputs(OutputKind.DISTANCE, outputs, pairs.pairs().labels()));
      window.epoch(new EpochResult(epoch, 0.3 / epoch, 0.8, 0.2 / epoch, 0.9, 0, 0, 1, 100));
    }
    // What Swing still has to paint is behind what it has been asked for.
    for (int round = 0; round < 5; round++) {
      SwingUtilities.invokeAndWait(() -> {});
      new Robot().waitForIdle();
    }
    Rectangle screen = new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());
    BufferedImage seen = new Robot().createScreenCapture(screen);
    Window frame = Window.getWindows()[0];
    ImageIO.write(
        seen.getSubimage(frame.getX(), frame.getY(), frame.getWidth(), frame.getHeight()),
        "png",
        new File(arguments[0]));
    boolean open = frame.isShowing();
    Toolkit.getDefaultToolkit()
        .getSystemEventQueue()
        .postEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING));
    for (int round = 0; round < 5; round++) {
      SwingUtilities.invokeAndWait(() -> {});
    }
    window.step(9, 0.1);
    window.epoch(new EpochResult(3, 0.1, 0.8, 0.1, 0.9, 0, 0, 1, 100));
    System.out.printf("open %s, closed %s%n", open, !frame.isShowing());
    System.exit(0);
  }
}
