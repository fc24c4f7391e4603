package dev.siamese.cli;

import dev.siamese.data.Dataset;
import dev.siamese.data.PairedImages;
import dev.siamese.data.RandomStream;
import dev.siamese.data.Split;
import dev.siamese.data.SplitSettings;
import dev.siamese.evaluation.ContrastiveMetrics;
import dev.siamese.evaluation.ThresholdCalibration;
import dev.siamese.exchange.LoadedModel;
import dev.siamese.exchange.ModelStore;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SiameseModel;
import dev.siamese.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
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
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = ModelHelp.MODEL)
  private Path model;

  @Mixin private DataOptions data;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description =
          "Distance below which a pair is taken for the same class. Default: the model's own, else"
              + " the best on the validation pairs.")
  private Double threshold;

  @Option(
      names = "--margin",
      paramLabel = "X",
      description = "Margin of the loss. Default: ${DEFAULT-VALUE}.")
  private double margin = TrainingSettings.MARGIN;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Fixes which pairs are drawn. Default: ${DEFAULT-VALUE}.")
  private long seed = 0;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "A new or empty folder for metrics.json and the pictures. Default: none.")
  private Path out;

  @Option(names = "--svg", description = Pictures.SVG_HELP)
  private boolean svg;

  @Override
  public Integer call() throws IOException {
    Optional<Threshold> given = Usage.checked(spec, () -> Threshold.given(threshold));
    Usage.checked(spec, () -> ContrastiveMetrics.requireMargin(margin));
    if (out != null) {
      RunFolder.requireUsable(out);
    }
    try (LoadedModel loaded = ModelStore.load(model, SessionSettings.defaults())) {
      Dataset dataset = data.load(seed);
      Split split = Split.of(dataset, SplitSettings.reference());
      Threshold chosen =
          given.or(() -> Threshold.of(loaded)).orElseGet(() -> calibrate(loaded.model(), split));
      PairedImages test = PairedImages.draw(split.test(), RandomStream.TEST_PAIRS, seed);
      float[] distances = loaded.model().distances(test.images(), test.pairs());
      TestReport report = TestReport.of(dataset.name(), test, distances, margin, chosen.distance());
      report.print();
      System.out.printf(Locale.ROOT, "Threshold: %.4f, %s%n", chosen.distance(), chosen.origin());
      if (out != null) {
        report.write(RunFolder.create(out), new Pictures(svg));
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private Threshold calibrate(SiameseModel model, Split split) {
    PairedImages validation =
        PairedImages.draw(split.validation(), RandomStream.VALIDATION_PAIRS, seed);
    float[] distances = model.distances(validation.images(), validation.pairs());
    return new Threshold(
        ThresholdCalibration.mostAccurate(distances, validation.pairs().labels()),
        "the most accurate on the validation pairs");
  }
}
