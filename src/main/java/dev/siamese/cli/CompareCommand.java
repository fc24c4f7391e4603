package dev.siamese.cli;

import dev.siamese.chart.InputSheet;
import dev.siamese.data.ImageCollection;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.exchange.LoadedModel;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.OutputKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siamese compare}. */
@Command(name = "compare", description = "Tells whether two pictures show the same class.")
final class CompareCommand implements Callable<Integer> {
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
          "Distance below which, or similarity above which, the pictures are taken for the same"
              + " class. Default: the model's own, else 0.5.")
  private Double threshold;

  @Option(
      names = "--show-input",
      paramLabel = "FILE",
      description = "A PNG file to write, with what the network saw of the two pictures.")
  private Path showInput;

  @Mixin private ModelOptions options;

  @Mixin private JsonResult json;

  @Override
  public Integer call() throws IOException {
    // What would be one of a similarity may still be none of a distance.
    Usage.checked(spec, () -> Threshold.given(OutputKind.SIMILARITY, threshold));
    ModelHints hints = Usage.checked(spec, options::hints);
    Pairs pair = new Pairs(new int[] {0}, new int[] {1}, new byte[] {Pairs.DIFFERENT});
    try (LoadedModel loaded = ModelStore.load(model, hints, SessionSettings.defaults())) {
      loaded.notices().forEach(System.err::println);
      OutputKind kind = loaded.model().output();
      Optional<Threshold> given = Usage.checked(spec, () -> Threshold.given(kind, threshold));
      ImageCollection pictures =
          ImageCollection.ofFiles(List.of(first, second), loaded.preparation());
      ModelHelp.assumed(loaded, model).ifPresent(System.err::println);
      if (showInput != null) {
        InputSheet.write(showInput, pictures.images());
      }
      PairedImages pictured = new PairedImages(pictures.images(), pair);
      float output = TestReport.outputs(loaded.model(), pictured).values()[0];
      Threshold limit =
          given.or(() -> Threshold.of(kind, loaded)).orElseGet(() -> uncalibrated(loaded));
      if (json.isAsked()) {
        JsonResult.print(limit.json(output));
      } else {
        System.out.println(limit.verdict(output));
      }
    }
    return CommandLine.ExitCode.OK;
  }

  /** For want of a better one; on another scale than the model's it says nothing. */
  private Threshold uncalibrated(LoadedModel loaded) {
    Threshold limit = Threshold.uncalibrated(loaded.model().output());
    limit
        .remark(loaded.model())
        .map(remark -> "%s, in %s.".formatted(remark, model))
        .ifPresent(System.err::println);
    return limit;
  }
}
