package dev.siamese.cli;

import dev.siamese.data.ImageCollection;
import dev.siamese.data.Pairs;
import dev.siamese.evaluation.ContrastiveMetrics;
import dev.siamese.exchange.LoadedModel;
import dev.siamese.exchange.ModelStore;
import dev.siamese.model.SessionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siamese compare}. */
@Command(name = "compare", description = "Tells whether two pictures show the same class.")
final class CompareCommand implements Callable<Integer> {
  private static final Threshold UNCALIBRATED =
      new Threshold(ContrastiveMetrics.DEFAULT_THRESHOLD, "the default");

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = ModelHelp.MODEL)
  private Path model;

  @Parameters(index = "1", paramLabel = "IMAGE", description = "A picture file.")
  private Path first;

  @Parameters(index = "2", paramLabel = "IMAGE", description = "Another one.")
  private Path second;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description =
          "Distance below which the pictures are taken for the same class. Default: the model's"
              + " own, else 0.5.")
  private Double threshold;

  @Override
  public Integer call() throws IOException {
    Optional<Threshold> given = Usage.checked(spec, () -> Threshold.given(threshold));
    ImageCollection pictures = ImageCollection.ofFiles(List.of(first, second));
    Pairs pair = new Pairs(new int[] {0}, new int[] {1}, new byte[] {Pairs.DIFFERENT});
    try (LoadedModel loaded = ModelStore.load(model, SessionSettings.defaults())) {
      float distance = loaded.model().distances(pictures.images(), pair)[0];
      Threshold limit = given.or(() -> Threshold.of(loaded)).orElse(UNCALIBRATED);
      System.out.printf(
          Locale.ROOT,
          "%s: distance %.4f, threshold %.4f (%s)%n",
          distance < limit.distance() ? "same" : "different",
          distance,
          limit.distance(),
          limit.origin());
    }
    return CommandLine.ExitCode.OK;
  }
}
