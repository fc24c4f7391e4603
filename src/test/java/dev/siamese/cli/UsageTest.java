package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands that take a MODEL refuse before they look for it. */
class UsageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "evaluate --threshold NaN, threshold that is finite",
    "evaluate --threshold -Infinity, threshold that is finite",
    "evaluate --margin 0, margin above 0",
    "evaluate --margin NaN, margin above 0",
    "evaluate --svg, expected --out beside --svg",
    "evaluate --log-far, expected --out beside --log-far",
    "compare a.png b.png --threshold NaN, threshold that is finite",
    "compare a.png, IMAGE",
    "embed a.png --out e.txt, '.npy, .csv or .tsv'",
    "embed a.png, --out",
    "embed a.png --out e.csv --precision float16, --precision",
    "convert, TARGET",
    "summary --colour, --colour",
  })
  void refusesWrongUsage(String command, String words) {
    List<String> parts = List.of(command.split(" "));
    Object[] arguments =
        Stream.concat(
                Stream.of(parts.get(0), folder.resolve("no-model.keras")), parts.stream().skip(1))
            .toArray();
    Console.run(arguments).assertFailed(2, words, "siamese " + parts.get(0) + " --help");
  }

  /** What would be drawn or split is not, so that the user would be told figures of other pairs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--held-out=3",
        "--whole",
        "--augment=digits",
        "--unlabelled",
        "--seed=0",
        "--split-seed=1",
        "--data-dir=.",
        "--transpose",
        "--no-transpose",
        "--data=synthetic",
      })
  void evaluateRefusesWhatMeansNothingBesidePairsOfFiles(String option) throws IOException {
    Path model = folder.resolve("no-model.keras");
    String name = option.replaceFirst("=.*", "").replace("--no-", "--");
    Path files = Files.writeString(folder.resolve("files.csv"), "a.png,b.png,1\na.png,c.png,0\n");
    Console.run("evaluate", model, "--pairs", files, option).assertFailed(2, name, files);
    Path numbers = Files.writeString(folder.resolve("numbers.csv"), "0,1,1\n0,2,0\n");
    Console.run("evaluate", model, "--pairs", numbers, option).assertFailed(1, model);
    Console.run("evaluate", model, "--pairs", files, "--data", folder).assertFailed(1, model);
  }

  @ParameterizedTest
  @CsvSource({
    "1, kept, found files in",
    "1, kept.keras, expected a file to write",
    "1, file, found the file",
    "1, missing/c.keras, expected a folder to write c.keras into",
    "2, c.tflite, 'expected a name in .keras, .h5, .hdf5 or .weights.h5'",
  })
  void convertRefusesATargetBeforeItReads(int exitCode, String name, String words)
      throws IOException {
    Files.createDirectory(folder.resolve("kept.keras"));
    Files.createDirectory(folder.resolve("kept"));
    Files.writeString(folder.resolve("kept").resolve("notes"), "mine");
    Files.writeString(folder.resolve("file"), "mine");
    Map<Path, String> before = ModelFixture.content(folder);
    Path target = folder.resolve(name);
    Console.run("convert", folder.resolve("no-model"), target)
        .assertFailed(exitCode, words, folder.resolve(name.split("/")[0]));
    assertEquals(before, ModelFixture.content(folder));
  }
}
