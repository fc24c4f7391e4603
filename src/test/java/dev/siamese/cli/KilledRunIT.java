package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.Forked;
import dev.siamese.data.IdxFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed again and again comes to the same end as one that is left alone. */
class KilledRunIT {
  private static final int KILLS = 21;
  private static final int MOST_STARTS = 60;

  /** The line after which a process is killed, and within how many milliseconds. */
  private enum Moment {
    STARTING("", 1500),
    TRAINING("Total params", 1200),
    ENDING("Measured and exported", 1500);

    private final String line;
    private final int millis;

    Moment(String line, int millis) {
      this.line = line;
      this.millis = millis;
    }

    /** First training is cut into pieces, then what follows it. */
    static Moment of(int kill) {
      return kill >= KILLS / 2 ? ENDING : kill % 3 == 0 ? STARTING : TRAINING;
    }
  }

  @TempDir Path folder;

  private List<String> train(Path out, boolean resumed) {
    List<Object> options = new ArrayList<>(List.of("train", "--out", out));
    options.addAll(
        resumed
            ? List.of("--resume")
            // So often that a good part of the time is spent in writes.
            : List.of(
                "--data",
                folder.resolve("data"),
                "--epochs",
                "12",
                "--batch-size",
                "32",
                "--keep",
                "best",
                "--checkpoint-minutes",
                "0.0005"));
    return Forked.java(
        List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"),
        Siamese.class,
        options.toArray());
  }

  /** Starts the program and kills it, unless it ends before. */
  private boolean kill(Path out, Moment moment, int delay) throws Exception {
    boolean resumed = Files.exists(out.resolve("config.json"));
    Process process =
        new ProcessBuilder(train(out, resumed))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    String line = "";
    while (line != null && !line.contains(moment.line)) {
      line = lines.readLine();
    }
    boolean ended = process.waitFor(delay, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    assertTrue(!ended || process.exitValue() == 0, "ended with " + process.exitValue());
    return !ended;
  }

  @Test
  void comesToTheSameEnd() throws Exception {
    IdxFixture.writeFolder(
        folder.resolve("data"), IdxFixture.images(100, 1), IdxFixture.images(20, 2), "");
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    run(train(whole, false));
    Random random = new Random(20);
    int kills = 0;
    for (int start = 0; kills < KILLS; start++) {
      assertTrue(start < MOST_STARTS, kills + " kills in " + start + " starts");
      Moment moment = Moment.of(kills);
      if (kill(killed, moment, random.nextInt(moment.millis))) {
        kills++;
      }
    }
    run(train(killed, true));
    RunFiles.assertSame(whole, killed);
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    var outcome = Forked.run(new ProcessBuilder(command));
    assertEquals(0, outcome.exitCode(), outcome.toString());
  }
}
