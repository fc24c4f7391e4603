package dev.siamese.cli;

import dev.siamese.training.RunState;
import dev.siamese.training.TrainingListener;
import java.io.IOException;

/** Puts every finished epoch on disk, so that nothing is lost when a run ends early. */
final class EpochRecorder implements TrainingListener {
  private final RunFolder folder;

  EpochRecorder(RunFolder folder) {
    this.folder = folder;
  }

  @Override
  public void epochFinished(RunState state) throws IOException {
    folder.writeHistory(state.history());
  }
}
