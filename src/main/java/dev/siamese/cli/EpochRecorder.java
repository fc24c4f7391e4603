package dev.siamese.cli;

import dev.siamese.exchange.Checkpoint;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.model.TrainedNetwork;
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
  private final TrainedNetwork start;
  private final TrainingSettings settings;

  /**
   * Records the epochs of a run.
   *
   * @param start whose network is trained
   */
  EpochRecorder(RunFolder folder, TrainedNetwork start, TrainingSettings settings) {
    this.folder = folder;
    this.start = start;
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
        StoredModel.of(new TrainedNetwork(start.network(), state.weights(), start.preparation()))
            .withCheckpoint(new Checkpoint(settings.optimizer(), state.optimizer()))
            .withAttachments(attachments);
    Files.createDirectories(folder.lastCheckpoint().getParent());
    ModelStore.write(folder.lastCheckpoint(), model);
    if (state.history().best().equals(Optional.of(state.history().last()))) {
      ModelStore.write(folder.bestCheckpoint(), model);
    }
    folder.writeHistory(state.history());
  }
}
