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
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code siamese compare}. */
@Command(name = "compare", description = "Tells whether two pictures show the same class.")
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "MODEL", description = ModelHelp.MODEL)
  private Path model;

  @Parameters(index = "1..2", arity = "2", paramLabel = "IMAGE", description = "Two picture files.")
  private List<Path> images;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description =
          "Distance below which the pictures are taken for the same class. Default: the model's"
              + " own, else 0.5.")
  private Double threshold;

  @Override
  public Integer call() throws IOException {
    ImageCollection pictures = ImageCollection.ofFiles(images);
    Pairs pair = new Pairs(new int[] {0}, new int[] {1}, new byte[] {Pairs.DIFFERENT});
    try (LoadedModel loaded = ModelStore.load(model, SessionSettings.defaults())) {
      float distance = loaded.model().distances(pictures.images(), pair)[0];
      double limit =
          threshold != null
              ? threshold
              : loaded.threshold().orElse(ContrastiveMetrics.DEFAULT_THRESHOLD);
      System.out.printf(
          Locale.ROOT,
          "%s: distance %.4f, threshold %.4f%n",
          distance < limit ? "same" : "different",
          distance,
          limit);
    }
    return CommandLine.ExitCode.OK;
  }
}
