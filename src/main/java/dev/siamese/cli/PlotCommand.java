package dev.siamese.cli;

import dev.siamese.chart.LearningChart;
import dev.siamese.chart.LossChart;
import dev.siamese.chart.Picture;
import dev.siamese.chart.PictureWindow;
import dev.siamese.training.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siamese plot}. */
@Command(
    name = "plot",
    description =
        "Draws the loss curves of runs over each other; below those of one run alone, what its miner"
            + " found, where it learned from whole batches.")
final class PlotCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "A run folder, or its history.csv.")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The picture to write, .png or .svg. Default: a window.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    String name = out == null ? "" : out.toString().toLowerCase(Locale.ROOT);
    Usage.checked(spec, () -> requirePicture(name));
    if (out == null) {
      Surroundings.useDisplay();
    }
    Map<String, History> histories = new LinkedHashMap<>();
    for (Path run : runs) {
      Path file = Files.isDirectory(run) ? new RunFolder(run).history() : run;
      histories.put(run.toString(), HistoryFile.read(file));
    }
    Picture picture = picture(histories);
    if (out == null) {
      PictureWindow.show("Loss", picture);
    } else if (name.endsWith(".svg")) {
      picture.writeSvg(out);
    } else {
      picture.writePng(out);
    }
    return CommandLine.ExitCode.OK;
  }

  private Picture picture(Map<String, History> histories) throws IOException {
    return runs.size() == 1 && isOfBatches(runs.get(0))
        ? LearningChart.of(runs.get(0).toString(), histories.get(runs.get(0).toString()))
        : LossChart.of(histories);
  }

  /** Whether a run learned from whole batches, by the settings beside its history. */
  private static boolean isOfBatches(Path run) throws IOException {
    Path folder = Files.isDirectory(run) ? run : run.toAbsolutePath().getParent();
    Path config = new RunFolder(folder).config();
    return Files.exists(config)
        && EarlierRun.of(Optional.of(Files.readString(config)), config.toString())
            .objective()
            .isPresent();
  }

  private String requirePicture(String name) {
    if (!name.isEmpty() && !name.endsWith(".png") && !name.endsWith(".svg")) {
      throw new IllegalArgumentException("expected a name in .png or .svg, found " + out);
    }
    return name;
  }
}
