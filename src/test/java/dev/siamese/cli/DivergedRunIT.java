package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.Outcome;
import dev.siamese.data.IdxFixture;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose loss becomes infinite or undefined. */
class DivergedRunIT {
  private static final int EPOCHS = 20;

  @TempDir Path folder;
  private Path data;
  private Path out;

  @BeforeEach
  void writeData() throws IOException {
    data = folder.resolve("data");
    out = folder.resolve("out");
    IdxFixture.writeFolder(data, IdxFixture.images(50, 1), IdxFixture.images(20, 2), "");
  }

  private Outcome train(String learningRate, int batchSize) {
    String options =
        "train --data %s --out %s --epochs %d --learning-rate %s --batch-size %d --dropout 0"
            .formatted(data, out, EPOCHS, learningRate, batchSize);
    return Console.run((Object[]) options.split(" "));
  }

  @Test
  void aLossThatIsNoNumberEndsTheRun() {
    train("1e20", 16)
        .assertFailed(1, "expected a finite loss", "epoch 1, step ", "lower learning rate");
    assertFalse(Files.exists(out.resolve("history.csv")));
    assertFalse(Files.exists(out.resolve("checkpoints").resolve("last.keras")));
  }

  @Test
  void theLastGoodEpochIsKept() throws IOException {
    // One step an epoch: the first epochs' weights are large, but finite.
    Outcome outcome = train("1000", 80);
    List<String> history = Files.readAllLines(out.resolve("history.csv"));
    int epochs = history.size() - 1;
    assertTrue(epochs >= 1 && epochs < EPOCHS, history::toString);
    outcome.assertFailed(1, "expected a finite loss", "epoch " + (epochs + 1));
    assertFalse(history.toString().matches(".*(NaN|Infinity).*"), history::toString);
    Path checkpoint = out.resolve("checkpoints").resolve("last.keras");
    StoredModel last = ModelStore.read(checkpoint, ModelHints.NONE);
    assertTrue(last.model().weights().isFinite());
    assertEquals(epochs, last.checkpoint().orElseThrow().state().step());
    assertEquals(history, last.attachments().get("history.csv").lines().toList());
  }
}
