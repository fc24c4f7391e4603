package dev.siamese.cli;

import dev.siamese.data.ImageCollection;
import dev.siamese.exchange.LoadedModel;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.SearchableModel;
import dev.siamese.model.SessionSettings;
import dev.siamese.network.OutputKind;
import dev.siamese.search.IndexDescription;
import dev.siamese.search.LuceneReader;
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

/** {@code siamese search}. */
@Command(name = "search", description = "Finds the pictures that are most like a picture.")
final class SearchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = ModelHelp.MODEL)
  private Path model;

  @Parameters(index = "1", paramLabel = "QUERY", description = "A picture file.")
  private Path query;

  @Option(
      names = "--in",
      required = true,
      paramLabel = "FOLDER|FILE|INDEX",
      description =
          "Where to search: a folder of pictures, images in another form that siamese embed takes,"
              + " or what siamese index wrote.")
  private Path place;

  @Option(
      names = {"-k", "--count"},
      paramLabel = "N",
      description = "How many to find. Default: ${DEFAULT-VALUE}.")
  private int count = 5;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description =
          "Distance below which, or similarity above which, pictures are taken for the same class."
              + " Default: the model's own, else 0.5.")
  private Double threshold;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description = "Draw the picture and what was found. Default: no picture.")
  private Path out;

  @Mixin private InputOptions reading;

  @Mixin private ModelOptions options;

  @Mixin private JsonResult json;

  @Override
  public Integer call() throws IOException {
    Usage.checked(spec, this::checkedOptions);
    ModelHints hints = Usage.checked(spec, options::hints);
    boolean isIndex = LuceneReader.isIndex(place);
    try (SearchableModel searchable =
        ModelStore.loadToSearch(model, hints, SessionSettings.defaults())) {
      LoadedModel loaded = searchable.loaded();
      loaded.notices().forEach(System.err::println);
      OutputKind kind = loaded.model().output();
      Optional<Threshold> given = Usage.checked(spec, () -> Threshold.given(kind, threshold));
      Threshold limit =
          given.or(() -> Threshold.of(kind, loaded)).orElseGet(() -> Threshold.uncalibrated(kind));
      NearestMetric nearest = NearestMetric.of(loaded.model());
      nearest.notice(model).ifPresent(System.err::println);
      ModelHelp.assumed(loaded, model).ifPresent(System.err::println);
      ImageCollection asked = ImageCollection.ofFiles(List.of(query), loaded.preparation());
      float[] embedding = loaded.model().embed(asked.images())[0];
      try (SearchPlace searched =
          isIndex
              ? SearchPlace.index(
                  place,
                  new IndexDescription(
                      searchable.checksum(model, hints), nearest.size(), nearest.metric()))
              : SearchPlace.pictures(
                  ImageCollection.read(
                      place,
                      reading.settings().withPreparation(loaded.preparation()),
                      System.err::println),
                  loaded.model(),
                  nearest.metric(),
                  out != null)) {
        SearchResult result =
            SearchResult.of(
                asked, searched.nearest(embedding, count), embedding, loaded.model(), limit);
        if (json.isAsked()) {
          JsonResult.print(result.json(searched.size()));
        } else {
          System.out.print(result.table(searched.size()));
        }
        if (out != null) {
          new Pictures(false).write(out, result.picture());
        }
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private Void checkedOptions() {
    // What would be one of a similarity may still be none of a distance.
    Threshold.given(OutputKind.SIMILARITY, threshold);
    if (count < 1) {
      throw new IllegalArgumentException("expected -k of 1 or more, found " + count);
    }
    if (out != null && !out.toString().endsWith(".png")) {
      throw new IllegalArgumentException("expected a name in .png, found " + out);
    }
    return null;
  }
}
