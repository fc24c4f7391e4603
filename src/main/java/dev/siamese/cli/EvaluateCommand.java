package dev.siamese.cli;

import dev.siamese.augmentation.Augmentation;
import dev.siamese.data.Dataset;
import dev.siamese.data.Environment;
import dev.siamese.data.ImageShape;
import dev.siamese.data.PairedImages;
import dev.siamese.data.RandomStream;
import dev.siamese.data.ReadSettings;
import dev.siamese.data.Split;
import dev.siamese.data.SplitSettings;
import dev.siamese.evaluation.PairMetrics;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.evaluation.ThresholdCalibration;
import dev.siamese.exchange.LoadedModel;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.model.Images;
import dev.siamese.model.PairModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.OutputKind;
import dev.siamese.report.ReportPage;
import dev.siamese.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siamese evaluate}. */
@Command(
    name = "evaluate",
    description = "Measures how well a model verifies the test pairs of a data set.")
final class EvaluateCommand implements Callable<Integer> {
  /** What is compared in about a second. */
  private static final int MANY_PAIRS = 2_000;

  private static final String THESE_PAIRS =
      "the most accurate on these very pairs, which flatters the accuracy";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = ModelHelp.MODEL)
  private Path model;

  @Mixin private ModelOptions options;

  @Mixin private DataOptions data;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description =
          "Distance below which, or similarity above which, a pair is taken for the same class."
              + " Default: the model's own, else the best on the validation pairs.")
  private Double threshold;

  @Option(
      names = "--margin",
      paramLabel = "X",
      description = "Margin of the loss. Default: that which the model was trained with, else 1.0.")
  private Double margin;

  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      description =
          "The pairs to test: a line each of two names and 1 for same or 0 for different, or the"
              + " pairs.txt of Labeled Faces in the Wild. The names are files, from the folder of"
              + " --data or else of FILE on, or numbers of test images. Default: drawn ones.")
  private Path pairs;

  @Option(
      names = "--whole",
      description =
          "Test on all images of the data set, for a model that was not trained on any of them."
              + " Default: on its test part, else on those that a training leaves for that.")
  private boolean whole;

  @Option(
      names = "--augment",
      paramLabel = "digits|photos",
      description =
          "Without labels: what makes two views of each picture, to be told from those of others."
              + " Default: digits where the model's images are handwriting, else photos.")
  private String augment;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Fixes which pairs are drawn. Default: ${DEFAULT-VALUE}.")
  private long seed = 0;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "A new or empty folder for report.html, metrics.json and the pictures. Default: none.")
  private Path out;

  @Option(
      names = "--log-far",
      description = "Draw the false positive rates of roc.png by their logarithm.")
  private boolean logarithmicRoc;

  @Mixin private JsonResult json;

  @Option(names = "--svg", description = Pictures.SVG_HELP)
  private boolean svg;

  @Override
  public Integer call() throws IOException {
    if (margin != null) {
      Usage.checked(spec, () -> PairMetrics.requireMargin(margin));
    }
    SplitSettings split = Usage.checked(spec, this::split);
    Optional<Augmentation> views =
        Usage.checked(spec, () -> Optional.ofNullable(augment).map(Augmentation::of));
    Optional<PairFile> given = pairs == null ? Optional.empty() : Optional.of(PairFile.read(pairs));
    Usage.checked(spec, () -> requireOfUse(given));
    if (out != null) {
      RunFolder.requireUsable(out);
    }
    // What would be one of a similarity may still be none of a distance.
    Usage.checked(spec, () -> Threshold.given(OutputKind.SIMILARITY, threshold));
    ModelHints hints = Usage.checked(spec, options::hints);
    try (LoadedModel loaded = ModelStore.load(model, hints, SessionSettings.defaults())) {
      loaded.notices().forEach(System.err::println);
      OutputKind kind = loaded.model().output();
      Optional<Threshold> asked = Usage.checked(spec, () -> Threshold.given(kind, threshold));
      double marginOfLoss = margin != null ? margin : marginOf(loaded);
      Tested tested = tested(loaded, given, split, views);
      if (given.isPresent()) {
        GivenPairs.remark(tested.set.pairs().pairs()).ifPresent(System.err::println);
      }
      Threshold chosen =
          asked
              .or(() -> Threshold.of(kind, loaded))
              .orElseGet(() -> calibrate(loaded.model(), tested));
      announce(tested.set.pairs(), "test");
      TestReport report = TestReport.of(tested.set, loaded.model(), marginOfLoss, chosen);
      print(report);
      if (out != null) {
        write(
            report,
            loaded,
            Map.of(
                "model",
                model,
                "threshold",
                chosen.origin(),
                "margin",
                marginOfLoss,
                "seed",
                seed));
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private SplitSettings split() {
    SplitSettings split = data.split(SplitSettings.reference());
    if (whole && !split.heldOut().isEmpty()) {
      throw new IllegalArgumentException("expected --whole or --held-out, found both");
    }
    return split;
  }

  /** Checks that no option is given that would change nothing. */
  private Void requireOfUse(Optional<PairFile> given) {
    for (String option : List.of("--svg", "--log-far")) {
      if (out == null && isGiven(option)) {
        throw new IllegalArgumentException("expected --out beside " + option + ", found none");
      }
    }
    if (given.isPresent() && !GivenPairs.areNumbers(given.get())) {
      for (String option : GivenPairs.OF_DATA_SETS) {
        if (isGiven(option)) {
          throw new IllegalArgumentException(
              "expected no %s beside pairs of files, found it and names of files in %s"
                  .formatted(option, pairs));
        }
      }
      if (isGiven("--data") && data.folder().isEmpty()) {
        throw new IllegalArgumentException(
            "expected --data to be the folder of the files that %s names, found none"
                .formatted(pairs));
      }
    }
    return null;
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private void write(TestReport report, LoadedModel loaded, Map<String, Object> settings)
      throws IOException {
    RunFolder folder = RunFolder.create(out);
    report.write(folder, new Pictures(svg), logarithmicRoc);
    ReportPage.write(
        folder.report(),
        new ReportBuilder(report)
            .content(new TreeMap<>(settings), Optional.empty(), false, loaded.preparation()));
  }

  private void print(TestReport report) {
    if (json.isAsked()) {
      JsonResult.print(MetricsJson.of(report));
    } else {
      System.out.printf("Data: %s, %s%n", report.set().dataset(), report.set().origin());
      System.out.print(TestText.of(report));
      Threshold limit = report.limit();
      System.out.printf(Locale.ROOT, "Threshold: %.4f, %s%n", limit.value(), limit.origin());
    }
  }

  /** What the model was trained with, as its run or its checkpoint tells. */
  private double marginOf(LoadedModel loaded) throws IOException {
    String config = loaded.attachments().get("config.json");
    return EarlierRun.of(Optional.ofNullable(config), model.toString())
        .margin()
        .orElse(TrainingSettings.MARGIN);
  }

  /**
   * What to test on.
   *
   * @param set the test pairs
   * @param validation pairs that may choose a threshold
   * @param origin what a threshold chosen by them is, in words for the user
   */
  private record Tested(TestSet set, PairedImages validation, String origin) {}

  private Tested tested(
      LoadedModel loaded,
      Optional<PairFile> given,
      SplitSettings split,
      Optional<Augmentation> views)
      throws IOException {
    ImageShape shape = Images.shape(loaded.model().image());
    if (given.isPresent() && !GivenPairs.areNumbers(given.get())) {
      ModelHelp.assumed(loaded, model).ifPresent(System.err::println);
      Path folder = data.folder().orElse(pairs.toAbsolutePath().getParent());
      TestSet set = GivenPairs.ofFiles(given.get(), pairs, folder, loaded.preparation());
      return new Tested(set, set.pairs(), THESE_PAIRS);
    }
    ReadSettings reading = data.settings().withPreparation(loaded.preparation());
    Dataset dataset = data.load(seed, reading);
    if (dataset.pictures().isPresent()) {
      ModelHelp.assumed(loaded, model).ifPresent(System.err::println);
    }
    Augmentation ofViews = views.orElseGet(() -> Augmentation.suitedTo(loaded.preparation().ink()));
    if (!dataset.labelled()) {
      System.err.printf(
          "%s has no labels: two views of each picture, by --augment %s, are the same.%n",
          dataset.name(), ofViews.name());
    } else if (views.isPresent()) {
      System.err.printf("--augment is not needed: %s has labels.%n", dataset.name());
    }
    ComparedImages images = new ComparedImages(dataset, shape, ofViews, seed);
    Tested drawn = whole ? ofWhole(images) : ofSplit(images, split);
    return given.isPresent()
        ? new Tested(
            GivenPairs.ofNumbers(given.get(), pairs, drawn.set), drawn.validation, drawn.origin)
        : drawn;
  }

  private static Tested ofSplit(ComparedImages images, SplitSettings settings) {
    Split split = Split.of(images.dataset(), settings);
    split.notices().forEach(System.err::println);
    if (images.dataset().testPart().isEmpty()) {
      System.err.println("For a model that was not trained on any of them, --whole tests on all.");
    }
    return new Tested(
        images.test(split.test()),
        images.pairs(split.validation(), RandomStream.VALIDATION_PAIRS),
        Threshold.VALIDATION_PAIRS);
  }

  private static Tested ofWhole(ComparedImages images) throws IOException {
    TestSet set = images.test(images.dataset().whole(Environment.system()));
    return new Tested(set, set.pairs(), THESE_PAIRS);
  }

  private static Threshold calibrate(PairModel model, Tested tested) {
    announce(tested.validation, "validation");
    PairOutputs outputs = TestReport.outputs(model, tested.validation);
    return new Threshold(outputs.kind(), ThresholdCalibration.mostAccurate(outputs), tested.origin);
  }

  /** Says what takes the time, where it takes some. */
  private static void announce(PairedImages pairs, String name) {
    if (pairs.pairs().size() >= MANY_PAIRS) {
      System.err.printf(Locale.ROOT, "Comparing %,d %s pairs.%n", pairs.pairs().size(), name);
    }
  }
}
