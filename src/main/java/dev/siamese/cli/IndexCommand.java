package dev.siamese.cli;

import dev.siamese.data.ImageCollection;
import dev.siamese.exchange.LoadedModel;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.SearchableModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.search.IndexDescription;
import dev.siamese.search.LuceneIndex;
import dev.siamese.search.LuceneReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code siamese index}. */
@Command(
    name = "index",
    description = "Keeps the embeddings of pictures in a folder, in which search finds them fast.")
final class IndexCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODEL",
      description = ModelHelp.MODEL + " Needed to put pictures in.")
  private Path model;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "INPUT",
      description =
          "What to put in: a picture, a folder of pictures, or images in another form that siamese"
              + " embed takes.")
  private Path input;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "INDEX",
      description = "The folder of the index: new or empty, unless an option says what to do.")
  private Path out;

  @Option(
      names = "--add",
      description = "Add to an index; a picture replaces one of the same name.")
  private boolean add;

  @Option(
      names = "--remove",
      paramLabel = "NAME",
      description = "Remove the picture of this name. Can be given several times.")
  private List<String> removed = List.of();

  @Option(names = "--check", description = "Read all of the index, and say whether it is whole.")
  private boolean check;

  @Mixin private InputOptions reading;

  @Mixin private ModelOptions options;

  @Mixin private JsonResult json;

  @Override
  public Integer call() throws IOException {
    ModelHints hints = Usage.checked(spec, this::checkedOptions);
    if (input != null) {
      IndexFilling.require(out, add);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("index", out.toString());
    if (input != null) {
      IndexFilling filling = fill(hints);
      result.put("added", filling.added());
      result.put("replaced", filling.replaced());
    }
    if (!removed.isEmpty()) {
      result.put("removed", remove());
    }
    if (check) {
      LuceneReader.check(out);
      result.put("whole", true);
    }
    try (LuceneReader reader = LuceneReader.open(out)) {
      result.put("size", reader.size());
      result.put("model", reader.description().model());
    }
    if (json.isAsked()) {
      JsonResult.print(result);
    } else {
      System.out.println(text(result));
    }
    return CommandLine.ExitCode.OK;
  }

  private ModelHints checkedOptions() throws IOException {
    if (model != null && input == null) {
      throw new IllegalArgumentException("expected pictures to put in, found only a model");
    }
    if (input == null && (add || removed.isEmpty() && !check)) {
      throw new IllegalArgumentException(
          "expected MODEL and INPUT, --remove or --check, found none of them");
    }
    return options.hints();
  }

  private IndexFilling fill(ModelHints hints) throws IOException {
    try (SearchableModel searchable =
        ModelStore.loadToSearch(model, hints, SessionSettings.defaults())) {
      LoadedModel loaded = searchable.loaded();
      loaded.notices().forEach(System.err::println);
      NearestMetric nearest = NearestMetric.of(loaded.model());
      nearest.notice(model).ifPresent(System.err::println);
      IndexDescription description =
          new IndexDescription(searchable.checksum(model, hints), nearest.size(), nearest.metric());
      LuceneIndex.requireRoom(out, description);
      ImageCollection pictures =
          ImageCollection.read(
              input, reading.settings().withPreparation(loaded.preparation()), System.err::println);
      ModelHelp.assumed(loaded, model).ifPresent(System.err::println);
      return IndexFilling.fill(
          out, description, SearchPlace.entries(pictures, loaded.model(), true), add);
    }
  }

  private int remove() throws IOException {
    IndexDescription description;
    try (LuceneReader reader = LuceneReader.open(out)) {
      description = reader.description();
    }
    try (LuceneIndex index = LuceneIndex.open(out, description)) {
      for (String name : removed) {
        if (!index.remove(name)) {
          throw new IOException(
              "expected a picture named %s, found none in %s".formatted(name, out));
        }
      }
      index.commit();
    }
    return removed.size();
  }

  private static String text(Map<String, Object> result) {
    StringBuilder text = new StringBuilder();
    if (result.containsKey("added")) {
      text.append(
          String.format(
              Locale.ROOT,
              "%,d pictures added, %,d replaced. ",
              result.get("added"),
              result.get("replaced")));
    }
    if (result.containsKey("removed")) {
      text.append(String.format(Locale.ROOT, "%,d removed. ", result.get("removed")));
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "%,d pictures in %s%s",
                result.get("size"),
                result.get("index"),
                result.containsKey("whole") ? ", which is whole" : ""))
        .toString();
  }
}
