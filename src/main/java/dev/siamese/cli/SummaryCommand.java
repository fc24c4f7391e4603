package dev.siamese.cli;

import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.SavedModelReader;
import dev.siamese.exchange.StoredModel;
import dev.siamese.model.ModelSummary;
import dev.siamese.model.SessionSettings;
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
    if (SavedModelReader.isSavedModel(path)) {
      printSavedModel(SavedModelReader.open(path));
    } else {
      print(ModelStore.read(path));
    }
    return CommandLine.ExitCode.OK;
  }

  /** It may run though its weights cannot be told. */
  private void printSavedModel(SavedModelReader model) throws IOException {
    ModelStore.load(path, SessionSettings.defaults()).close();
    try {
      print(ModelStore.read(path));
    } catch (IOException e) {
      System.out.println("Layers: unknown, " + Messages.of(e));
    }
    System.out.println("Signatures:");
    model.signatures().forEach(signature -> System.out.println("  " + signature));
  }

  private static void print(StoredModel model) {
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
                    (float) checkpoint.adam().learningRate()));
  }
}
