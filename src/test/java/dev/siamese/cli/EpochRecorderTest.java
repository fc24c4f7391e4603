package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EpochRecorderTest {

  @Test
  void noCheckpointIsDueBeforeATimeHoweverLong() throws IOException {
    Duration ages = Duration.ofMillis(Long.MAX_VALUE);
    new EpochRecorder(null, ages).stateReached(() -> fail("none was due"));
  }
}
