package dev.siamese.cli;

import dev.siamese.exchange.Checkpoint;
import dev.siamese.exchange.KerasFile;
import dev.siamese.exchange.StoredModel;
import dev.siamese.training.RunState;
import dev.siamese.training.TrainingListener;
import dev.siamese.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/**
 * Puts every finished epoch on disk, so that nothing is lost when a run ends early: the history,
 * and the last and the best epoch as Keras files from which training can go on, here or in Keras.
 */
final class EpochRecorder implements TrainingListener {
  private final RunFolder folder;
  private final TrainingSettings settings;

  EpochRecorder(RunFolder folder, TrainingSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  @Override
  public void epochFinished(RunState state) throws IOException {
    Map<String, String> attachments =
        Map.of(
            folder.config().getFileName().toString(),
            folder.readConfig(),
            folder.history().getFileName().toString(),
            RunFolder.csv(state.history()));
    StoredModel model =
        StoredModel.of(new Checkpoint(state.training(), settings.adam(), settings.dropout()))
            .withAttachments(attachments);
    Files.createDirectories(folder.lastCheckpoint().getParent());
    KerasFile.write(folder.lastCheckpoint(), model);
    if (state.history().best().equals(Optional.of(state.history().last()))) {
      KerasFile.write(folder.bestCheckpoint(), model);
    }
    folder.writeHistory(state.history());
  }
}
