package dev.siamese.cli;

import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.model.ModelSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code siamese summary}. */
@Command(name = "summary", description = "Lists the layers of a model and what is stored with it.")
final class SummaryCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = ModelHelp.MODEL)
  private Path path;

  @Override
  public Integer call() throws IOException {
    StoredModel model = ModelStore.read(path);
    System.out.println(ModelSummary.of(model.weights().architecture()));
    model
        .threshold()
        .ifPresent(distance -> System.out.printf(Locale.ROOT, "Threshold: %.4f%n", distance));
    model
        .checkpoint()
        .ifPresent(
            checkpoint ->
                System.out.printf(
                    Locale.ROOT,
                    "Optimizer: Adam after %,d steps at a learning rate of %s%n",
                    checkpoint.state().step(),
                    checkpoint.adam().learningRate()));
    return CommandLine.ExitCode.OK;
  }
}
