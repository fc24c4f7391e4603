package dev.siamese.cli;

import dev.siamese.chart.LossChart;
import dev.siamese.chart.PairGrid;
import dev.siamese.data.AtomicFolder;
import dev.siamese.data.Dataset;
import dev.siamese.data.PairedImages;
import dev.siamese.data.RandomStream;
import dev.siamese.data.Split;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.evaluation.ThresholdCalibration;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.PairModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.NetworkSummary;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.Weights;
import dev.siamese.report.ReportPage;
import dev.siamese.training.CollapsedException;
import dev.siamese.training.History;
import dev.siamese.training.Profiler;
import dev.siamese.training.RunState;
import dev.siamese.training.StepProfile;
import dev.siamese.training.Trainer;
import dev.siamese.training.TrainingListener;
import dev.siamese.training.TrainingSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run from drawn pairs to the exported model, leaving its results in a {@link RunFolder}. */
final class TrainingRun {
  private final RunFolder folder;
  private final Map<String, Object> config;
  private final TrainedNetwork start;
  private final TrainingSettings settings;
  private final SessionSettings system;
  private final KeepingOptions keeping;
  private final RunCheckpoints checkpoints;
  private final PairedImages train;
  private final PairedImages validation;
  private final TestSet test;
  private final Pictures pictures;
  private final PrintStream words;
  private final List<TrainingListener> watchers = new ArrayList<>();

  /**
   * Draws the pairs of the run.
   *
   * @param config what config.json says
   * @param words takes what is told to a person
   */
  TrainingRun(
      RunCheckpoints checkpoints,
      Map<String, Object> config,
      Dataset dataset,
      Split split,
      TrainingSettings settings,
      SessionSettings system,
      KeepingOptions keeping,
      Pictures pictures,
      PrintStream words) {
    this.checkpoints = checkpoints;
    this.folder = checkpoints.folder();
    this.config = config;
    this.start = checkpoints.start();
    this.settings = settings;
    this.system = system;
    this.keeping = keeping;
    this.pictures = pictures;
    this.words = words;
    train = PairedImages.draw(split.train(), RandomStream.TRAIN_PAIRS, settings.seed());
    validation =
        PairedImages.draw(split.validation(), RandomStream.VALIDATION_PAIRS, settings.seed());
    test =
        TestSet.of(
            dataset.name(),
            dataset.origin(),
            PairedImages.draw(split.test(), RandomStream.TEST_PAIRS, settings.seed()));
  }

  /**
   * Trains, evaluates and exports.
   *
   * @param from where the run stands
   * @return how good the model is, unless Ctrl-C stopped the run before its end
   */
  Optional<TestReport> run(RunState from) throws IOException {
    printSizes();
    pictures.write(
        folder.trainPairs(),
        PairGrid.of(test.dataset() + ": training pairs", train.images(), train.pairs()));
    words.println(NetworkSummary.of(start.network().network()));

    RunState reached = train(from);
    if (!settings.isOver(reached.history())) {
      return Optional.empty();
    }
    pictures.write(folder.historyChart(), LossChart.of(test.dataset(), reached.history()));
    words.println(exported(reached.history()));
    TestReport report = finish(reached.history(), kept(reached));
    printFiles();
    return Optional.of(report);
  }

  /** Has the training watched by one more, after it was recorded. */
  void watch(TrainingListener watcher) {
    watchers.add(watcher);
  }

  /** The pairs that epochs are validated on. */
  PairedImages validation() {
    return validation;
  }

  /**
   * Where the run stood when it was stopped.
   *
   * @param remembered what the optimizer remembers before the first step
   * @throws IOException when it has checkpoints, but none that is whole
   */
  RunState reached(OptimizerState remembered) throws IOException {
    Optional<RunCheckpoints.Found> found = checkpoints.newest(System.err::println);
    if (found.isEmpty()) {
      words.println("The run was stopped before its first checkpoint: it begins anew.");
      return RunState.startingFrom(start.weights(), remembered);
    }
    RunState state = found.get().state();
    words.printf(
        "The run goes on from %s: %d epochs and %,d pairs of the next are done.%n",
        found.get().file(), state.history().epochs().size(), state.begun().pairs());
    checkpoints.settle(found.get());
    return state;
  }

  /** Measures where the time of a training step goes. */
  void profile(OptimizerState remembered) throws IOException {
    StepProfile profile =
        Profiler.profile(
            start.network(),
            start.values(),
            train,
            settings,
            system,
            RunState.startingFrom(start.weights(), remembered));
    ProfileReport.print(profile, words);
    ProfileReport.writeTrace(folder.trace(), profile);
    words.println("Open " + folder.trace() + " in chrome://tracing or ui.perfetto.dev");
  }

  private RunState train(RunState from) throws IOException {
    try (EpochProgress progress = new EpochProgress(settings.epochs(), words)) {
      Trainer trainer =
          new Trainer(start.network(), start.values(), settings, system, listeners(progress));
      ShutdownSignal signal = new ShutdownSignal(trainer::stop);
      try {
        RunState reached = trainer.train(train, validation, from);
        int epochs = reached.history().epochs().size();
        if (!settings.isOver(reached.history())) {
          System.err.printf(
              "Stopped: %d of %d epochs are kept in %s.%n",
              epochs, settings.epochs(), folder.path());
        }
        return reached;
      } finally {
        signal.workEnded();
      }
    }
  }

  private List<TrainingListener> listeners(EpochProgress progress) {
    List<TrainingListener> all =
        new ArrayList<>(
            List.of(
                new EpochRecorder(checkpoints, keeping.betweenCheckpoints()),
                progress,
                new CollapseNotice()));
    all.addAll(watchers);
    return all;
  }

  /** Which epoch's model is measured and exported, and whether another was better. */
  private String exported(History history) {
    int last = history.last().epoch();
    int best = history.best().orElse(history.last()).epoch();
    String early =
        last < settings.epochs()
            ? "Ended early: no lower val_loss in %d epochs (--patience).%n"
                .formatted(history.epochsSinceBest())
            : "";
    if (last == best) {
      return early
          + "Measured and exported: epoch %d, the last, which is the best by val_loss"
              .formatted(last);
    }
    return early
        + (keeping.keep() == Keep.BEST
                ? "Measured and exported: epoch %2$d, the best by val_loss; the last is epoch %1$d,"
                    + " in checkpoints/last.keras"
                : "Measured and exported: epoch %d, the last; by val_loss epoch %d is the best, in"
                    + " checkpoints/best.keras")
            .formatted(last, best);
  }

  /** The weights to measure and export. */
  private Weights kept(RunState reached) throws IOException {
    return keeping.keep() == Keep.LAST || reached.history().epochsSinceBest() == 0
        ? reached.weights()
        : ModelStore.read(folder.bestCheckpoint(), ModelHints.NONE).model().weights();
  }

  /** Everything that follows from the trained weights. */
  private TestReport finish(History history, Weights weights) throws IOException {
    double threshold;
    TestReport report;
    // In float32 whatever the training's precision was: so will the exported model compute.
    SessionSettings exact = system.withPrecision(Precision.FLOAT32);
    TrainedNetwork reached = new TrainedNetwork(start.network(), weights, start.preparation());
    try (PairModel model = new InferenceModel(reached, exact)) {
      PairOutputs outputs = TestReport.outputs(model, validation);
      CollapsedException.requireNone(outputs);
      threshold = ThresholdCalibration.mostAccurate(outputs);
      report = TestReport.of(test, model, settings.margin(), threshold);
    }
    words.print(TestText.of(report));
    report.write(folder, pictures, false);
    ReportPage.write(
        folder.report(),
        new ReportBuilder(report).content(config, Optional.of(history), start.preparation()));
    ModelStore.write(folder.nextSavedModel(), StoredModel.of(reached).withThreshold(threshold));
    AtomicFolder.replace(folder.savedModel(), folder.nextSavedModel());
    return report;
  }

  private void printSizes() {
    words.printf(
        Locale.ROOT,
        "%s: %,d images to train, %,d to validate, %,d to test, with two pairs each%n",
        test.dataset(),
        train.images().size(),
        validation.images().size(),
        test.pairs().images().size());
  }

  private void printFiles() {
    words.printf(
        """

        Written to %1$s:
          report.html                          everything on one page
          config.json, history.csv, metrics.json%3$s
          %2$s
          checkpoints/last.keras, previous.keras, best.keras
                                               weights and optimizer state, for Keras too
          savedmodel/                          the model, for TensorFlow in any language

        What next:
          %4$s evaluate %1$s                verify pairs of another data set
          %4$s compare %1$s a.png b.png     compare two pictures
          %4$s convert %1$s model.keras     hand the model to Keras
        """,
        folder.path(),
        pictures.written().isEmpty()
            ? "no pictures"
            : pictures.written().stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.joining(", ")),
        (Files.exists(folder.trace()) ? ", trace.json" : "")
            + (Files.exists(folder.tensorBoard()) ? ", tensorboard/" : ""),
        Siamese.command());
  }
}
