package dev.siamese.cli;

import dev.siamese.data.Preparation;
import dev.siamese.data.ValueRange;
import dev.siamese.exchange.Checkpoint;
import dev.siamese.exchange.LoadedModel;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.model.Images;
import dev.siamese.model.PairModel;
import dev.siamese.model.Plan;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.LearningRate;
import dev.siamese.network.NetworkSummary;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.savedmodel.SavedModelReader;
import dev.siamese.savedmodel.UnclearModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siamese summary}. */
@Command(name = "summary", description = "Lists the layers of a model and what is stored with it.")
final class SummaryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = ModelHelp.MODEL + " Default: the network of --network, untrained.")
  private Path path;

  @Mixin private ModelOptions options;

  @Option(
      names = "--plan",
      description = "Show how training and inference compute the twin, step by step.")
  private boolean plan;

  @Mixin private JsonResult json;

  @Override
  public Integer call() throws IOException {
    ModelHints hints = Usage.checked(spec, options::hints);
    if (path == null) {
      Usage.checked(spec, () -> requireNetwork(hints));
      SiameseNetwork network = hints.network().orElseThrow();
      print(
          network,
          Preparation.of(
              Images.shape(network.image()), hints.values().orElse(ValueRange.ZERO_TO_ONE)));
    } else if (SavedModelReader.isSavedModel(path)) {
      printSavedModel(hints);
    } else {
      print(ModelStore.read(path, hints));
    }
    return CommandLine.ExitCode.OK;
  }

  private static ModelHints requireNetwork(ModelHints hints) {
    if (hints.network().isEmpty()) {
      throw new IllegalArgumentException("expected a MODEL or --network, found neither");
    }
    return hints;
  }

  /** What is there is listed, even where it cannot be used. */
  private void printSavedModel(ModelHints hints) throws IOException {
    List<String> content = SavedModelReader.describe(path);
    try (LoadedModel loaded = ModelStore.load(path, hints, SessionSettings.defaults())) {
      loaded.notices().forEach(System.err::println);
      printLayers(loaded, hints);
    } catch (UnclearModelException e) {
      if (json.isAsked() || content.isEmpty()) {
        throw e;
      }
      System.out.println("Cannot be used as it stands: " + Messages.of(e));
    }
    if (!json.isAsked()) {
      content.forEach(System.out::println);
    }
  }

  /** It may run though its weights cannot be told. */
  private void printLayers(LoadedModel loaded, ModelHints hints) {
    try {
      print(ModelStore.read(path, hints));
    } catch (IOException e) {
      PairModel model = loaded.model();
      if (json.isAsked()) {
        JsonResult.print(SummaryJson.ends(loaded.preparation(), model.output()));
        return;
      }
      System.out.println("Layers: unknown, " + Messages.of(e));
      Preparation preparation = loaded.preparation();
      boolean areAssumed =
          hints.values().isEmpty() && preparation.values() == ValueRange.ZERO_TO_ONE;
      printEnds(
          preparation,
          preparation.values().text() + (areAssumed ? " (assumed; --values says otherwise)" : ""),
          loaded.model().output());
    }
  }

  private void print(StoredModel stored) {
    stored.notices().forEach(System.err::println);
    if (json.isAsked()) {
      JsonResult.print(SummaryJson.of(stored, plan));
      return;
    }
    print(stored.model().network(), stored.model().preparation());
    stored
        .threshold()
        .ifPresent(value -> System.out.printf(Locale.ROOT, "Threshold: %.4f%n", value));
    stored
        .checkpoint()
        .ifPresent(
            checkpoint ->
                System.out.printf(
                    Locale.ROOT,
                    "Optimizer: %s after %,d steps at a learning rate of %s%s%n",
                    checkpoint.optimizer().className(),
                    checkpoint.state().step(),
                    (float) rate(checkpoint).at(checkpoint.state().step()),
                    rate(checkpoint) instanceof LearningRate.Constant
                        ? ""
                        : ", by " + rate(checkpoint).getClass().getSimpleName()));
  }

  private static LearningRate rate(Checkpoint checkpoint) {
    return checkpoint.optimizer().common().learningRate();
  }

  private void print(SiameseNetwork network, Preparation preparation) {
    if (json.isAsked()) {
      JsonResult.print(SummaryJson.of(network, preparation, plan));
      return;
    }
    System.out.println(NetworkSummary.of(network.network()));
    printEnds(preparation, preparation.values().text(), network.output());
    if (plan) {
      System.out.println("Plan of the twin:");
      Plan.of(network.twin()).describe().forEach(line -> System.out.println("  " + line));
    }
  }

  private static void printEnds(Preparation preparation, String values, OutputKind output) {
    System.out.printf(
        "Images: %s, pixels as %s%nPictures: %s%nOutput: %s%n",
        preparation.shape(), values, preparation.inWords(), output.text());
  }
}
