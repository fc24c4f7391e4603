package dev.siamese.cli;

import dev.siamese.chart.LearningChart;
import dev.siamese.chart.LossChart;
import dev.siamese.chart.PairGrid;
import dev.siamese.data.AtomicFolder;
import dev.siamese.data.PairedImages;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.evaluation.ThresholdCalibration;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.loss.BatchObjective;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.PairModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.NetworkSummary;
import dev.siamese.network.Weights;
import dev.siamese.report.ReportPage;
import dev.siamese.training.CollapsedException;
import dev.siamese.training.History;
import dev.siamese.training.Profiler;
import dev.siamese.training.RunState;
import dev.siamese.training.StepProfile;
import dev.siamese.training.Supervision;
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
import java.util.stream.Stream;

/** A run from drawn pairs to the exported model, leaving its results in a {@link RunFolder}. */
final class TrainingRun {
  private final RunFolder folder;
  private final Map<String, Object> config;
  private final Trainee trainee;
  private final TrainingSettings settings;
  private final SessionSettings system;
  private final KeepingOptions keeping;
  private final RunCheckpoints checkpoints;
  private final TrainingData data;
  private final Pictures pictures;
  private final PrintStream words;
  private final List<TrainingListener> watchers = new ArrayList<>();

  /**
   * A run.
   *
   * @param config what config.json says
   * @param words takes what is told to a person
   */
  TrainingRun(
      RunCheckpoints checkpoints,
      Map<String, Object> config,
      TrainingData data,
      TrainingSettings settings,
      SessionSettings system,
      KeepingOptions keeping,
      Pictures pictures,
      PrintStream words) {
    this.checkpoints = checkpoints;
    this.folder = checkpoints.folder();
    this.config = config;
    this.trainee = checkpoints.trainee();
    this.data = data;
    this.settings = settings;
    this.system = system;
    this.keeping = keeping;
    this.pictures = pictures;
    this.words = words;
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
        PairGrid.of(
            data.test().dataset() + ": training pairs",
            data.shown().images(),
            data.shown().pairs()));
    words.println(NetworkSummary.of(trainee.trained().network()));

    double before = meanBefore();
    RunState reached = train(from, before);
    if (!settings.isOver(reached.history())) {
      return Optional.empty();
    }
    String dataset = data.test().dataset();
    pictures.write(
        folder.historyChart(),
        ofBatches()
            ? LearningChart.of(dataset, reached.history())
            : LossChart.of(dataset, reached.history()));
    words.println(exported(reached.history()));
    TestReport report = finish(reached.history(), kept(reached), before);
    printFiles();
    return Optional.of(report);
  }

  /** Has the training watched by one more, after it was recorded. */
  void watch(TrainingListener watcher) {
    watchers.add(watcher);
  }

  /** The pairs that epochs are validated on. */
  PairedImages validation() {
    return data.validation();
  }

  /**
   * Where the run stood when it was stopped.
   *
   * @param start where it stood before its first step
   * @throws IOException when it has checkpoints, but none that is whole
   */
  RunState reached(RunState start) throws IOException {
    Optional<RunCheckpoints.Found> found = checkpoints.newest(System.err::println);
    if (found.isEmpty()) {
      words.println("The run was stopped before its first checkpoint: it begins anew.");
      return start;
    }
    RunState state = found.get().state();
    words.printf(
        "The run goes on from %s: %d epochs and %,d %s of the next are done.%n",
        found.get().file(),
        state.history().epochs().size(),
        state.begun().samples(),
        settings.supervision().samples());
    checkpoints.settle(found.get());
    if (keeping.keep() == Keep.BEST && state.history().epochsSinceBest() > 0) {
      checkpoints.best(state.history()); // Not to be missed after the last epoch.
    }
    return state;
  }

  /** Measures where the time of a training step goes that is taken from here. */
  void profile(RunState start) throws IOException {
    StepProfile profile =
        Profiler.profile(
            trainee.trained(), trainee.kept().values(), data.train(), settings, system, start);
    ProfileReport.print(profile, words);
    ProfileReport.writeTrace(folder.trace(), profile);
    words.println("Open " + folder.trace() + " in chrome://tracing or ui.perfetto.dev");
  }

  /** The mean output of the validation pairs before the first step, if it is asked for. */
  private double meanBefore() {
    if (!settings.supervision().isOfUnitEmbeddings()) {
      return Double.NaN;
    }
    try (PairModel model = new InferenceModel(trainee.kept(), system)) {
      return TestReport.outputs(model, data.validation()).mean();
    }
  }

  private RunState train(RunState from, double before) throws IOException {
    try (EpochProgress progress =
        new EpochProgress(settings.epochs(), settings.supervision().samples(), words)) {
      Trainer trainer =
          new Trainer(
              trainee.trained(),
              trainee.kept().network(),
              trainee.kept().values(),
              settings,
              system,
              listeners(progress, before));
      ShutdownSignal signal = new ShutdownSignal(trainer::stop);
      try {
        RunState reached =
            trainer.train(data.train(), data.validation(), data.validationImages(), from);
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

  private List<TrainingListener> listeners(EpochProgress progress, double before) {
    List<TrainingListener> all =
        new ArrayList<>(
            List.of(
                new EpochRecorder(checkpoints, keeping.betweenCheckpoints()),
                progress,
                new CollapseNotice(settings.supervision(), before)));
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
        ? trainee.kept(reached).weights()
        : trainee.kept(checkpoints.best(reached.history())).weights();
  }

  /** Everything that follows from the trained weights. */
  private TestReport finish(History history, Weights weights, double before) throws IOException {
    double threshold;
    TestReport report;
    // In float32 whatever the training's precision was: so will the exported model compute.
    SessionSettings exact = system.withPrecision(Precision.FLOAT32);
    TrainedNetwork start = trainee.kept();
    TrainedNetwork reached = new TrainedNetwork(start.network(), weights, start.preparation());
    try (PairModel model = new InferenceModel(reached, exact)) {
      PairOutputs outputs = TestReport.outputs(model, data.validation());
      CollapsedException.requireNone(outputs, settings.supervision(), before);
      threshold = ThresholdCalibration.mostAccurate(outputs);
      CollapsedException.requireSameAsItself(outputs, threshold);
      Threshold limit = new Threshold(outputs.kind(), threshold, Threshold.VALIDATION_PAIRS);
      report = TestReport.of(data.test(), model, data.probed(), settings.margin(), limit);
    }
    words.print(TestText.of(report));
    report.write(folder, pictures, false);
    ReportPage.write(
        folder.report(),
        new ReportBuilder(report)
            .content(config, Optional.of(history), ofBatches(), start.preparation()));
    ModelStore.write(folder.nextSavedModel(), StoredModel.of(reached).withThreshold(threshold));
    AtomicFolder.replace(folder.savedModel(), folder.nextSavedModel());
    return report;
  }

  private void printSizes() {
    words.printf(
        Locale.ROOT,
        "%s: %,d images to train, %,d to validate, %,d to test, %s%n",
        data.test().dataset(),
        data.train().images().size(),
        data.validation().images().size(),
        data.test().pairs().images().size(),
        ofBatches()
            ? "with two pairs each to compare; it learns by " + lesson()
            : "with two pairs each");
  }

  /** Whether it learns from whole batches, rather than given pairs. */
  private boolean ofBatches() {
    return settings.supervision().objective().isPresent();
  }

  /** What batches teach, in words. */
  private String lesson() {
    Supervision supervision = settings.supervision();
    BatchObjective objective = supervision.objective().orElseThrow();
    return "the loss %s over batches of %d images, mining %s, %s alike"
        .formatted(
            objective.lossName(),
            settings.batchSize(),
            objective.minerName(),
            supervision.alike().words());
  }

  private void printFiles() {
    words.printf(
        """

        Written to %1$s:
          report.html                          everything on one page
          config.json, history.csv, metrics.json%3$s
          %2$s
          checkpoints/%5$s
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
        Siamese.command(),
        // After one epoch there is no previous one.
        Stream.of(folder.lastCheckpoint(), folder.previousCheckpoint(), folder.bestCheckpoint())
            .filter(Files::exists)
            .map(file -> file.getFileName().toString())
            .collect(Collectors.joining(", ")));
  }
}
