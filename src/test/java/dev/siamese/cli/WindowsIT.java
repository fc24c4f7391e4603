package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.Forked;
import dev.siamese.Outcome;
import dev.siamese.Programs;
import dev.siamese.training.EpochResult;
import dev.siamese.training.History;
import java.awt.AWTEvent;
import java.awt.Frame;
import java.awt.Toolkit;
import java.awt.event.WindowEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that open windows, on a display of their own, Xvfb's. */
class WindowsIT {
  @TempDir private Path folder;
  private Path run;

  @BeforeEach
  void writeRun() throws Exception {
    run = folder.resolve("run");
    RunFolder.create(run)
        .writeHistory(
            new History(List.of(new EpochResult(1, 0.3, 0.7, 0.25, 0.8, 0, 0, 1.5, 100))));
  }

  @Test
  void plotOpensAWindow() throws Exception {
    Outcome outcome = onDisplay(List.of(), "plot", run);
    assertEquals(0, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.output().contains("opened Loss"), outcome::toString);
  }

  @Test
  void plotOpensNoneWhereTheUserSaysThatThereIsNoDisplay() throws Exception {
    onDisplay(List.of("-Djava.awt.headless=true"), "plot", run).assertFailed(1, "display");
  }

  @Test
  void trainOpensAWindow() throws Exception {
    Outcome outcome =
        onDisplay(
            List.of(),
            "train",
            "--data",
            "synthetic",
            "--limit",
            20,
            "--epochs",
            1,
            "--show",
            "--out",
            folder.resolve("trained"));
    assertEquals(0, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.output().contains("opened siamese: "), outcome::toString);
  }

  private static Outcome onDisplay(List<String> flags, Object... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(Programs.require("xvfb-run").toString(), "-a"));
    List<String> all = new ArrayList<>(flags);
    all.add("-Djavax.accessibility.assistive_technologies=" + Closer.class.getName());
    command.addAll(Forked.java(all, Siamese.class, arguments));
    return Forked.run(new ProcessBuilder(command));
  }

  /** Tells of each window that opens and closes it; Java makes one where it finds a display. */
  public static final class Closer {
    /** Listens. */
    public Closer() {
      Toolkit.getDefaultToolkit().addAWTEventListener(Closer::close, AWTEvent.WINDOW_EVENT_MASK);
    }

    private static void close(AWTEvent event) {
      if (event.getID() == WindowEvent.WINDOW_OPENED && event.getSource() instanceof Frame frame) {
        System.out.println("opened " + frame.getTitle());
        frame.dispose();
      }
    }
  }
}
