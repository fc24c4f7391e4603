package dev.siamese.cli;

import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.Notice;
import dev.siamese.exchange.StoredModel;
import dev.siamese.keras.TrainingRemarks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siamese convert}. */
@Command(name = "convert", description = "Writes a model in another form, every weight bit kept.")
final class ConvertCommand implements Callable<Integer> {
  /** The form that has room for how a model is trained. */
  private static final String KERAS = ".keras";

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = ModelHelp.MODEL)
  private Path model;

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description =
          "What to write, by its name: NAME.keras, NAME.weights.h5, else a SavedModel folder.")
  private Path target;

  @Mixin private ModelOptions options;

  @Override
  public Integer call() throws IOException {
    Usage.checked(spec, () -> ModelStore.requireWritable(target));
    StoredModel stored = ModelStore.read(model, Usage.checked(spec, options::hints));
    stored.notices().forEach(System.err::println);
    if (target.toString().endsWith(KERAS)) {
      Notice.about(model, notKept(stored.remarks())).forEach(System.err::println);
    }
    ModelStore.write(target, stored);
    System.out.println("Written to " + target);
    return CommandLine.ExitCode.OK;
  }

  /** What a file that tells of training has not from the one before. */
  private static List<String> notKept(TrainingRemarks remarks) {
    List<String> lines = new ArrayList<>(remarks.leftOut());
    remarks.loss().ifPresent(loss -> lines.add("the loss \"%s\" is not kept".formatted(loss)));
    return lines;
  }
}
