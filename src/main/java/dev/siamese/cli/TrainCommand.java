package dev.siamese.cli;

import dev.siamese.data.Dataset;
import dev.siamese.data.ImageShape;
import dev.siamese.data.ReadSettings;
import dev.siamese.data.Split;
import dev.siamese.data.SplitSettings;
import dev.siamese.exchange.Checkpoint;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.exchange.Trainability;
import dev.siamese.loss.BatchObjective;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.training.RunState;
import dev.siamese.training.Supervision;
import dev.siamese.training.Supervision.Alike;
import dev.siamese.training.Trainer;
import dev.siamese.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code siamese train}. */
@Command(
    name = "train",
    description = "Trains a siamese network and writes a run folder with all it learned.")
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Mixin private DataOptions data;

  @Mixin private ImageOptions images;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "How often to go through the pairs, or the images where batches are whole. Default: 5, or"
              + " 20, in which as many images are seen.")
  private Integer epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description =
          "Pairs in a step, or images where batches are whole. Default: that of --from, else 64 pairs"
              + " or 128 images.")
  private Integer batchSize;

  @Mixin private SupervisionOptions supervision;

  @Mixin private OptimizerOptions optimizer;

  @Mixin private ScheduleOptions schedule;

  @Option(
      names = "--dropout",
      paramLabel = "X",
      description = "Rate of all the network's dropout layers. Default: each layer's own.")
  private Double dropout;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Fixes everything random. Default: ${DEFAULT-VALUE}.")
  private long seed = 0;

  @Mixin private SplitOptions splitting;

  @Mixin private PrecisionOption precision;

  @Option(names = "--threads", paramLabel = "N", description = "Cores to use. Default: all.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--from",
      paramLabel = "MODEL",
      description =
          "Go on from this model, with its optimizer's memory and settings where it has them. "
              + ModelHelp.MODEL
              + " Default: new weights.")
  private Path from;

  @Mixin private KeepingOptions keeping;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The run folder, new or empty, or with --resume that of a run. Default: runs/<date-time>.")
  private Path out;

  @Option(
      names = "--profile",
      description =
          "First measure where the time of a step goes, and write it to trace.json in the run"
              + " folder.")
  private boolean profile;

  @Option(names = "--svg", description = Pictures.SVG_HELP)
  private boolean svg;

  @Option(
      names = "--show",
      description = "Show in a window how training gets on; it can be closed at any time.")
  private boolean show;

  @Option(
      names = "--tensorboard",
      description = "Write events for TensorBoard into the folder tensorboard of the run.")
  private boolean tensorBoard;

  @Mixin private JsonResult json;

  @Override
  public Integer call() throws IOException {
    if (!keeping.resume()) {
      return train(Optional.empty());
    }
    if (out == null) {
      throw new ParameterException(
          spec.commandLine(), "expected the run's folder by --out beside --resume, found none");
    }
    try (RunHold hold = RunHold.resume(out)) {
      return RunArguments.replay(spec, hold.folder()).train(Optional.of(hold));
    }
  }

  /**
   * Trains.
   *
   * @param begun the run that goes on; none where one begins
   */
  private int train(Optional<RunHold> begun) throws IOException {
    Usage.checked(spec, keeping::betweenCheckpoints);
    if (show) {
      Surroundings.useDisplay();
    }
    ModelHints hints = Usage.checked(spec, model::hints);
    Optional<StoredModel> source =
        from == null ? Optional.empty() : Optional.of(ModelStore.read(from, hints));
    source.ifPresent(stored -> stored.notices().forEach(System.err::println));
    EarlierRun earlier =
        EarlierRun.of(
            source.map(stored -> stored.attachments().get("config.json")), String.valueOf(from));
    Optional<BatchObjective> objective =
        Usage.checked(spec, () -> supervision.objective(data.unlabelled(), earlier));
    if (supervision.goesOn(earlier)) {
      objective.ifPresent(found -> System.err.println(earlier.goesOn(found, from)));
    }
    Optional<Resumption> resumed =
        source.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Resumption.of(
                    from, source.get(), objective, optimizer, schedule, precision.given()));
    resumed.ifPresent(found -> found.notices().forEach(System.err::println));
    Optional<Checkpoint> checkpoint = resumed.flatMap(Resumption::checkpoint);
    TrainingSettings planned =
        Usage.checked(spec, () -> trainingSettings(objective, checkpoint, earlier));
    SessionSettings system =
        Usage.checked(
            spec,
            () ->
                new SessionSettings(
                    threads,
                    resumed
                        .map(Resumption::precision)
                        .or(precision::given)
                        .orElse(Precision.FLOAT32)));
    SplitSettings splitSettings = Usage.checked(spec, () -> splitting.settings(data));
    Path path = out == null ? RunFolder.defaultPath() : out;
    StartingNetwork starting =
        Usage.checked(
            spec, () -> new StartingNetwork(source, hints, Optional.ofNullable(dropout), seed));
    SiameseNetwork named = starting.network().network();
    long bytes = RunFolder.bytesOf(named.network(), planned.optimizer());
    if (begun.isPresent()) {
      RunFolder.requireRoom(path, bytes);
    } else {
      RunHold.requireRoom(path, bytes);
    }
    Trainability.require(named).forEach(System.err::println);
    if (objective.isPresent()) {
      Usage.checked(spec, named::withUnitEmbeddings);
    }
    ReadSettings reading = Usage.checked(spec, () -> reading(starting, objective));
    Dataset dataset = data.load(seed, reading);
    ImageShape shape = starting.shape(reading.shape(dataset.shape()));
    Split split = Split.of(dataset, splitSettings).fitted(shape);
    split.notices().forEach(System.err::println);
    TrainedNetwork suiting = starting.suiting(dataset, split);
    boolean views =
        data.unlabelled()
            || !dataset.labelled()
            || supervision.goesOn(earlier) && earlier.alike() == Alike.VIEWS;
    Supervision taught =
        Usage.checked(
            spec,
            () -> supervision.supervision(objective, views, earlier, suiting.preparation().ink()));
    TrainingSettings unscheduled = planned.withSupervision(taught);
    Trainee trainee = Usage.checked(spec, () -> Trainee.of(suiting, taught));
    TrainingData drawn = TrainingData.of(dataset, split, taught, seed);
    long firstStep = checkpoint.map(found -> found.state().step()).orElse(0L);
    int steps = Trainer.steps(unscheduled, drawn.train());
    TrainingSettings settings =
        Usage.checked(spec, () -> schedule.scheduled(unscheduled, firstStep, steps));
    ScheduleOptions.ending(settings, firstStep, steps).ifPresent(System.err::println);
    TrainedNetwork start = trainee.kept();
    Map<String, Object> config =
        RunConfig.of(start, dataset, split, splitSettings, settings, system);
    if (hints.network().isPresent() && isTaken(hints.network().get(), source)) {
      config.put("network", model.networkName().orElseThrow());
    }
    if (keeping.keep() == Keep.BEST) {
      config.put("keep", "best");
    }
    if (from != null) {
      config.put("from", from.toString());
    }
    config.put(RunArguments.NAME, RunArguments.of(spec, threads));
    PrecisionOption.warn(system.precision());
    OptimizerState remembered =
        checkpoint
            .map(Checkpoint::state)
            .orElseGet(() -> OptimizerState.start(settings.optimizer(), start.network().network()));
    RunState beginning =
        trainee.start(remembered, seed, trainee.projection(source, from, System.err::println));
    try (RunHold hold = begun.isPresent() ? begun.get() : RunHold.begin(path)) {
      RunFolder folder = hold.folder();
      if (begun.isPresent()) {
        Usage.checked(spec, () -> RunConfig.goOn(folder, config));
      }
      folder.writeConfig(config);
      RunCheckpoints checkpoints = new RunCheckpoints(folder, trainee, settings);
      Pictures pictures = new Pictures(svg);
      TrainingRun training =
          new TrainingRun(
              checkpoints,
              config,
              drawn,
              settings,
              system,
              keeping,
              pictures,
              json.isAsked() ? System.err : System.out);
      if (profile) {
        training.profile(beginning);
      }
      RunState state = begun.isPresent() ? training.reached(beginning) : beginning;
      Optional<TestReport> tested;
      try (Watchers watchers = new Watchers()) {
        long taken = state.optimizer().step() - remembered.step();
        watchers.add(training, folder, dataset.name(), taken, show, tensorBoard);
        tested = training.run(state);
        watchers.showTo(pictures, settings.epochs());
      }
      if (json.isAsked()) {
        JsonResult.print(result(path, tested));
      }
      return tested.isPresent() ? CommandLine.ExitCode.OK : Siamese.STOPPED;
    }
  }

  private static Map<String, Object> result(Path run, Optional<TestReport> tested) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("run", run.toString());
    result.put("finished", tested.isPresent());
    tested.ifPresent(report -> result.putAll(MetricsJson.of(report)));
    return result;
  }

  /** Whether the network that the user names is the one to train, as a file may tell its own. */
  private static boolean isTaken(SiameseNetwork named, Optional<StoredModel> source) {
    return source.isEmpty() || source.get().model().network().equals(named);
  }

  /** The options; where there is none, the settings that a checkpoint was trained with. */
  private TrainingSettings trainingSettings(
      Optional<BatchObjective> objective, Optional<Checkpoint> checkpoint, EarlierRun earlier) {
    boolean whole = objective.isPresent();
    int usualEpochs = whole ? TrainingSettings.IMAGE_EPOCHS : TrainingSettings.EPOCHS;
    int usualBatch = whole ? TrainingSettings.IMAGES : TrainingSettings.BATCH_SIZE;
    TrainingSettings planned =
        new TrainingSettings(
                epochs != null ? epochs : usualEpochs,
                batchSize != null ? batchSize : earlier.batchSize(whole).orElse(usualBatch),
                optimizer.optimizer(checkpoint.map(Checkpoint::optimizer)),
                supervision.margin(objective, earlier),
                seed)
            .withPatience(keeping.patience())
            .withSupervision(objective.map(Supervision::of).orElse(Supervision.GIVEN_PAIRS));
    schedule.require(planned.epochs());
    return planned;
  }

  /** How images are read for the network. */
  private ReadSettings reading(StartingNetwork starting, Optional<BatchObjective> objective) {
    return images.settings(
        data.settings()
            .withUnlabelled(data.unlabelled() || SupervisionOptions.needsNoLabels(objective)),
        starting.wantedShape(),
        starting.network().preparation().fit(),
        starting.ink());
  }
}
