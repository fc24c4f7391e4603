package dev.siamese.cli;

import dev.siamese.data.Dataset;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
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
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SiameseModel;
import dev.siamese.network.OutputKind;
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
    Usage.checked(spec, () -> PairMetrics.requireMargin(margin));
    if (out != null) {
      RunFolder.requireUsable(out);
    }
    // What would be one of a similarity may still be none of a distance.
    Usage.checked(spec, () -> Threshold.given(OutputKind.SIMILARITY, threshold));
    ModelHints hints = Usage.checked(spec, options::hints);
    try (LoadedModel loaded = ModelStore.load(model, hints, SessionSettings.defaults())) {
      loaded.notices().forEach(System.err::println);
      OutputKind kind = loaded.model().output();
      Optional<Threshold> given = Usage.checked(spec, () -> Threshold.given(kind, threshold));
      ImageShape shape = Images.shape(loaded.model().image());
      ReadSettings reading = data.settings().withPreparation(loaded.preparation());
      Dataset dataset = data.load(seed, reading);
      Split split = Split.of(dataset, SplitSettings.reference().withSeed(data.splitSeed()));
      split.notices().forEach(System.err::println);
      Threshold chosen =
          given
              .or(() -> Threshold.of(kind, loaded))
              .orElseGet(() -> calibrate(loaded.model(), split.validation().fitted(shape)));
      PairedImages test =
          PairedImages.draw(split.test().fitted(shape), RandomStream.TEST_PAIRS, seed);
      PairOutputs outputs = TestReport.outputs(loaded.model(), test);
      TestReport report = TestReport.of(dataset.name(), test, outputs, margin, chosen.value());
      System.out.print(report.text());
      System.out.printf(Locale.ROOT, "Threshold: %.4f, %s%n", chosen.value(), chosen.origin());
      if (out != null) {
        report.write(RunFolder.create(out), new Pictures(svg));
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private Threshold calibrate(SiameseModel model, LabeledImages images) {
    PairedImages validation = PairedImages.draw(images, RandomStream.VALIDATION_PAIRS, seed);
    PairOutputs outputs = TestReport.outputs(model, validation);
    return new Threshold(
        outputs.kind(),
        ThresholdCalibration.mostAccurate(outputs),
        "the most accurate on the validation pairs");
  }
}
