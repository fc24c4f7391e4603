package dev.siamese.cli;

import dev.siamese.data.ImageCollection;
import dev.siamese.exchange.EmbeddingFile;
import dev.siamese.exchange.LoadedModel;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SessionSettings.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

/** {@code siamese embed}. */
@Command(name = "embed", description = "Writes the embeddings of pictures to a file.")
final class EmbedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = ModelHelp.MODEL)
  private Path model;

  @Parameters(
      index = "1",
      paramLabel = "INPUT",
      description =
          "A picture, a folder of pictures or of class folders, or images in another form that"
              + " --data of train takes; labels may be missing.")
  private Path input;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "The file to write: .npy for numpy, .csv for a table with names and labels, .tsv for"
              + " TensorBoard's Embedding Projector, with metadata and a sprite beside it.")
  private Path out;

  @Mixin private InputOptions reading;

  @Mixin private ModelOptions options;

  @Mixin private PrecisionOption precision;

  @Mixin private JsonResult json;

  @Override
  public Integer call() throws IOException {
    EmbeddingFile file = Usage.checked(spec, () -> EmbeddingFile.named(out));
    ModelHints hints = Usage.checked(spec, options::hints);
    Precision asked = precision.given().orElse(Precision.FLOAT32);
    PrecisionOption.warn(asked);
    SessionSettings settings = SessionSettings.defaults().withPrecision(asked);
    try (LoadedModel loaded = ModelStore.loadToEmbed(model, hints, settings)) {
      loaded.notices().forEach(System.err::println);
      ImageCollection pictures =
          ImageCollection.read(
              input, reading.settings().withPreparation(loaded.preparation()), System.err::println);
      ModelHelp.assumed(loaded, model).ifPresent(System.err::println);
      float[][] embeddings = loaded.model().embed(pictures.images());
      file.write(pictures, embeddings);
      if (file.isForProjector()) {
        ProjectorFiles.write(file, pictures, out);
      }
      print(embeddings.length, embeddings[0].length);
    }
    return CommandLine.ExitCode.OK;
  }

  private void print(int count, int size) {
    if (json.isAsked()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("embeddings", count);
      result.put("size", size);
      result.put("file", out.toString());
      JsonResult.print(result);
    } else {
      System.out.printf(Locale.ROOT, "%,d embeddings of %d values in %s%n", count, size, out);
    }
  }
}
