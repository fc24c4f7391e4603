package dev.siamese.cli;

import dev.siamese.augmentation.Augmentation;
import dev.siamese.chart.ContactSheet;
import dev.siamese.data.Dataset;
import dev.siamese.data.DatasetSurvey;
import dev.siamese.data.Fit;
import dev.siamese.data.Ink;
import dev.siamese.data.PictureSurvey;
import dev.siamese.data.ReadSettings;
import dev.siamese.data.SplitSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siamese data}. */
@Command(name = "data", description = "Tells what a data set holds, and what is wrong with it.")
final class DataCommand implements Callable<Integer> {
  private static final int MOST_CLASSES = 20;
  private static final int MOST_FORMS = 8;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "INPUT",
      description = "The data set, in place of --data.")
  private String input;

  @Mixin private DataOptions data;

  @Mixin private ImageOptions images;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description = "Draw a sheet of pictures of each class into this file.")
  private Path out;

  @Option(
      names = "--augment",
      paramLabel = "digits|photos",
      description =
          "Draw what this augmentation of train makes of some pictures instead, into --out or else"
              + " augmented-<name>.png.")
  private String augment;

  @Mixin private JsonResult json;

  @Override
  public Integer call() throws IOException {
    ReadSettings reading =
        Usage.checked(
            spec, () -> images.settings(data.settings(), Optional.empty(), Fit.PAD, Ink.AUTO));
    Optional<Augmentation> augmentation =
        Usage.checked(spec, () -> Optional.ofNullable(augment).map(Augmentation::of));
    SplitSettings split = Usage.checked(spec, () -> data.split(SplitSettings.reference()));
    if (input != null) {
      data.setInput(input);
    }
    Dataset dataset = data.load(0, reading);
    DatasetSurvey survey = DatasetSurvey.of(dataset, split);
    if (json.isAsked()) {
      JsonResult.print(json(dataset, survey));
    } else {
      System.out.print(text(dataset, survey));
    }
    if (augmentation.isPresent()) {
      Path file = out != null ? out : Path.of("augmented-%s.png".formatted(augment));
      new Pictures(false).write(file, AugmentationSheet.of(dataset, augmentation.get()));
      System.err.printf("What --augment %s makes of pictures: %s%n", augment, file);
    } else if (out != null) {
      new Pictures(false).write(out, ContactSheet.of(dataset.name(), dataset.train()));
    }
    return CommandLine.ExitCode.OK;
  }

  private static Map<String, Object> json(Dataset dataset, DatasetSurvey survey) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", dataset.name());
    told.put("origin", dataset.origin());
    told.put("image_shape", dataset.shape().toString());
    told.put("labelled", dataset.labelled());
    told.put("images", survey.classes());
    if (dataset.pictures().isPresent()) {
      told.put("sizes", dataset.pictures().get().sizes());
      told.put("formats", dataset.pictures().get().formats());
    }
    told.put("problems", survey.problems());
    return told;
  }

  private static String text(Dataset dataset, DatasetSurvey survey) {
    StringBuilder text =
        new StringBuilder("%s, from %s%n".formatted(dataset.name(), dataset.origin()));
    survey
        .classes()
        .forEach(
            (part, classes) ->
                text.append(
                    dataset.labelled()
                        ? part(part, classes)
                        : "  %s: %,d images without labels%n"
                            .formatted(part, classes.get(Dataset.UNLABELLED))));
    dataset.pictures().ifPresent(pictures -> text.append(pictures(pictures)));
    text.append("  images become %s%n".formatted(dataset.shape()));
    if (survey.problems().isEmpty()) {
      text.append("Nothing is wrong with it.%n".formatted());
    } else {
      text.append("Remarks:%n".formatted());
      survey.problems().forEach(problem -> text.append("  %s%n".formatted(problem)));
    }
    return text.toString();
  }

  private static String part(String part, Map<String, Integer> classes) {
    List<Integer> sizes = classes.values().stream().sorted().toList();
    String counts =
        classes.entrySet().stream()
            .limit(MOST_CLASSES)
            .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "  %s: %,d images of %,d classes, %,d to %,d in each%n    %s%s%n",
        part,
        sizes.stream().mapToInt(Integer::intValue).sum(),
        sizes.size(),
        sizes.get(0),
        sizes.get(sizes.size() - 1),
        counts,
        sizes.size() > MOST_CLASSES ? ", …" : "");
  }

  private static String pictures(PictureSurvey pictures) {
    return "  sizes: %s%n  formats: %s%n"
        .formatted(most(pictures.sizes()), most(pictures.formats()));
  }

  private static String most(Map<String, Integer> counts) {
    return counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MOST_FORMS)
            .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "))
        + (counts.size() > MOST_FORMS ? ", and %d more".formatted(counts.size() - MOST_FORMS) : "");
  }
}
