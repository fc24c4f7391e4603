package dev.siamese.cli;

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
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siamese plot}. */
@Command(name = "plot", description = "Draws the loss curves of runs over each other.")
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
    Picture picture = LossChart.of(histories);
    if (out == null) {
      PictureWindow.show("Loss", picture);
    } else if (name.endsWith(".svg")) {
      picture.writeSvg(out);
    } else {
      picture.writePng(out);
    }
    return CommandLine.ExitCode.OK;
  }

  private String requirePicture(String name) {
    if (!name.isEmpty() && !name.endsWith(".png") && !name.endsWith(".svg")) {
      throw new IllegalArgumentException("expected a name in .png or .svg, found " + out);
    }
    return name;
  }
}
