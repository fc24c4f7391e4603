package dev.siamese.cli;

import dev.siamese.data.Durable;
import dev.siamese.exchange.Checkpoint;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Network;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.Slot;
import dev.siamese.network.Weights;
import dev.siamese.training.History;
import dev.siamese.training.RunState;
import dev.siamese.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The checkpoints of a run: its last two and its best, as Keras files from which training can go
 * on, here or in Keras. Whenever a process ends, the newest that was whole is still there.
 *
 * @param folder of the run
 * @param trainee whose network is trained; that of the files is the one that is kept
 * @param settings of the training
 */
record RunCheckpoints(RunFolder folder, Trainee trainee, TrainingSettings settings) {
  private static final Comparator<RunState> BY_PROGRESS =
      Comparator.comparingInt((RunState state) -> state.history().epochs().size())
          .thenComparingInt(state -> state.begun().samples());

  /**
   * A checkpoint that was read.
   *
   * @param file it is from
   * @param state where its run stood
   * @param isLastWhole whether the last one is whole, or none is there
   */
  record Found(Path file, RunState state, boolean isLastWhole) {}

  /**
   * Writes the newest one.
   *
   * @param best whether it is the best so far too
   * @throws IOException when it cannot be written; those there were are as before
   */
  void write(RunState state, boolean best) throws IOException {
    Map<String, String> attachments = new HashMap<>(ResumePoint.attachments(state));
    attachments.put(folder.config().getFileName().toString(), folder.readConfig());
    attachments.put(folder.history().getFileName().toString(), RunFolder.csv(state.history()));
    if (trainee.isProjected()) {
      attachments.put(ProjectionText.NAME, ProjectionText.of(trainee.projection(state)));
    }
    RunState kept = trainee.kept(state);
    TrainedNetwork start = trainee.kept();
    StoredModel model =
        StoredModel.of(new TrainedNetwork(start.network(), kept.weights(), start.preparation()))
            .withCheckpoint(
                new Checkpoint(settings.optimizerAfter(state.history()), kept.optimizer()))
            .withAttachments(attachments);
    Files.createDirectories(folder.lastCheckpoint().getParent());
    if (best) {
      // First, so that no later checkpoint knows of a best one that is not there.
      ModelStore.write(folder.bestCheckpoint(), model);
    }
    ModelStore.write(folder.nextCheckpoint(), model);
    if (Files.exists(folder.lastCheckpoint())) {
      Durable.rename(folder.lastCheckpoint(), folder.previousCheckpoint());
    }
    Durable.rename(folder.nextCheckpoint(), folder.lastCheckpoint());
  }

  /**
   * The newest checkpoint that is whole.
   *
   * @param notices takes a line for each that is not
   * @return nothing where there is none at all
   * @throws IOException when there are checkpoints and none is whole
   */
  Optional<Found> newest(Consumer<String> notices) throws IOException {
    List<Path> files =
        List.of(
                folder.nextCheckpoint(),
                folder.lastCheckpoint(),
                folder.previousCheckpoint(),
                folder.bestCheckpoint())
            .stream()
            .filter(Files::exists)
            .toList();
    Path newest = null;
    RunState newestState = null;
    boolean isLastWhole = true;
    IOException fault = null;
    for (Path file : files) {
      try {
        RunState state = read(file);
        if (newest == null || BY_PROGRESS.compare(state, newestState) > 0) {
          newest = file;
          newestState = state;
        }
      } catch (IOException e) {
        notices.accept("Passed over a checkpoint: " + Messages.of(e));
        isLastWhole &= !file.equals(folder.lastCheckpoint());
        fault = e;
      }
    }
    if (newest == null && fault != null) {
      throw new IOException(
          "expected a whole checkpoint, found none in " + folder.lastCheckpoint().getParent(),
          fault);
    }
    return newest == null
        ? Optional.empty()
        : Optional.of(new Found(newest, newestState, isLastWhole));
  }

  /**
   * Brings the folder to where it would be had the process not ended while it wrote this one.
   *
   * @throws IOException when it cannot be done
   */
  void settle(Found found) throws IOException {
    if (!found.isLastWhole) {
      Files.delete(folder.lastCheckpoint()); // Not to take the place of a whole one before it.
    }
    if (!found.file.equals(folder.lastCheckpoint())) {
      write(found.state, false);
    }
    Files.deleteIfExists(folder.nextCheckpoint());
    if (!found.state.history().epochs().isEmpty()) {
      folder.writeHistory(found.state.history());
    }
  }

  /**
   * The checkpoint of the best epoch.
   *
   * @param history of the run
   * @throws IOException when it is missing, damaged, or of another epoch
   */
  RunState best(History history) throws IOException {
    int wanted = history.best().orElseThrow().epoch();
    Path file = folder.bestCheckpoint();
    if (!Files.exists(file)) {
      throw new IOException(
          "expected the checkpoint of epoch %d, the best by val_loss (--keep best), found none: %s"
              .formatted(wanted, file));
    }
    RunState best = read(file);
    int found = best.history().epochs().size();
    if (found != wanted || !best.history().last().equals(history.epochs().get(wanted - 1))) {
      throw new IOException(
          "expected the checkpoint of epoch %d, the best by val_loss, found one of epoch %d in %s"
              .formatted(wanted, found, file));
    }
    return best;
  }

  private RunState read(Path file) throws IOException {
    StoredModel model = ModelStore.read(file, ModelHints.NONE);
    try {
      Optional<OptimizerState> remembered = model.checkpoint().map(Checkpoint::state);
      Map<Slot, Weights> slots = new EnumMap<>(Slot.class);
      Network kept = trainee.kept().network().network();
      if (remembered.isPresent()) {
        for (Slot slot : settings.optimizer().slots()) {
          slots.put(
              slot, remembered.get().slot(slot).as(slot.parameters(kept.trainableParameters())));
        }
      }
      RunState read =
          RunState.startingFrom(
              model.model().weights().as(kept.parameters()),
              new OptimizerState(remembered.map(OptimizerState::step).orElse(0L), slots));
      if (trainee.isProjected()) {
        String projection = model.attachments().getOrDefault(ProjectionText.NAME, "{}");
        read =
            trainee.joined(read, ProjectionText.read(projection, trainee.projectionParameters()));
      }
      return ResumePoint.state(model.attachments(), read, file);
    } catch (IllegalArgumentException e) {
      throw new IOException("%s in %s".formatted(e.getMessage(), file), e);
    }
  }
}
