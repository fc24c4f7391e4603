package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Outcome;
import dev.siamese.cli.ForeignModels.Answer;
import dev.siamese.data.Dataset;
import dev.siamese.data.IdxFixture;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.network.OutputKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of Keras that compare embeddings in their own ways, as files and as exports. */
class ForeignHeadsIT {
  @TempDir static Path fixed;
  private static ForeignModels models;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void make() throws IOException {
    models = ForeignModels.make("heads", fixed);
    Dataset digits = SyntheticDigits.dataset(3, 100, 60);
    data = fixed.resolve("data");
    IdxFixture.writeFolder(data, digits.train(), digits.test(), "");
  }

  @ParameterizedTest
  @CsvSource({
    "euclidean, DISTANCE, ''",
    "cosine,    DISTANCE, hardly differ at 0..1",
    "manhattan, DISTANCE, ''",
    "squared,   DISTANCE, ''",
    "unit,      DISTANCE, ''",
    "tanh,      DISTANCE, '0.5 is not this model''s scale: different pictures have distances of'",
    "scaled,    DISTANCE, ''",
    "small,     DISTANCE, '0.5 is not this model''s scale: different pictures have distances of'",
    "colour,    DISTANCE, ''",
    "sigmoid,   SIMILARITY, ''",
    "alike,     SIMILARITY, '0.5 is not this model''s scale: different pictures have similarities'",
    "inverse,   SIMILARITY, ''",
  })
  void aFileAndItsExportSayWhatKerasSays(String name, OutputKind kind, String notice)
      throws IOException {
    Answer answer = models.answers().get(name);
    Path converted = folder.resolve("converted");
    Console.succeed("convert", models.model(name + ".keras"), converted);
    for (Path model : List.of(models.model(name + ".keras"), models.model(name), converted)) {
      String told =
          ForeignModels.assertSays(
              kind, answer.different(), models.compare(model, models.second()));
      boolean ours = model.equals(converted);
      ForeignModels.assertNotice(ours && !notice.contains("scale") ? "" : notice, model, told);
      ForeignModels.assertSays(kind, answer.same(), models.compare(model, models.first()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"euclidean", "cosine", "small", "sigmoid", "alike"})
  void evaluateFindsAThresholdOfTheModelsScale(String name) throws IOException {
    List<JsonObject> found = new ArrayList<>();
    for (String form : List.of(".keras", "")) {
      Path out = folder.resolve("out" + form);
      String printed =
          Console.succeed("evaluate", models.model(name + form), "--data", data, "--out", out)
              .output();
      assertTrue(printed.endsWith(", the most accurate on the validation pairs\n"), printed);
      found.add(
          JsonParser.parseString(Files.readString(out.resolve("metrics.json")))
              .getAsJsonObject()
              .getAsJsonObject("test"));
    }
    for (String figure : List.of("accuracy", "accuracy_at_threshold", "roc_auc", "eer")) {
      assertEquals(
          found.get(0).get(figure).getAsDouble(), found.get(1).get(figure).getAsDouble(), 0.0101);
    }
    assertEquals(found.get(0).get("output"), found.get(1).get("output"));
    // Whatever the weights are, equal shapes are more alike than different ones.
    assertTrue(found.get(0).get("roc_auc").getAsDouble() > 0.53, found::toString);
  }

  @Test
  void aLambdaIsTakenForTheDistanceThatIsNamed() {
    Path file = models.model("lambda_manhattan.keras");
    Answer answer = models.answers().get("lambda_manhattan");
    assertEquals(
        "",
        ForeignModels.assertSays(
            OutputKind.DISTANCE,
            answer.different(),
            models.compare(file, models.second(), "--distance", "manhattan")));
    // Its export is run, whatever it holds.
    assertEquals(
        "",
        ForeignModels.assertSays(
            OutputKind.DISTANCE,
            answer.different(),
            models.compare(models.model("lambda_manhattan"), models.second())));
    String assumed = models.compare(file, models.second()).remarks();
    ForeignModels.assertNotice(
        "Not read, but taken for the euclidean distance: the code of Lambda \"lambda\"",
        file,
        assumed);
    ForeignModels.assertSays(
        OutputKind.DISTANCE,
        models.answers().get("lambda_euclidean").different(),
        models.compare(models.model("lambda_euclidean.keras"), models.second()));
  }

  @ParameterizedTest
  @CsvSource({"euclidean, 2", "squared-euclidean, 2", "manhattan, 1", "cosine, 0"})
  void aTwinIsComparedByTheDistanceThatIsNamed(String distance, int power) {
    float[][] embeddings = models.answers().get("twin").embeddings();
    double sum = 0;
    double dot = 0;
    for (int i = 0; i < embeddings[0].length; i++) {
      sum += Math.pow(Math.abs(embeddings[0][i] - embeddings[1][i]), power);
      dot += embeddings[0][i] * embeddings[1][i];
    }
    double expected =
        switch (distance) {
          case "euclidean" -> Math.sqrt(sum);
          case "cosine" -> 1 - dot / norm(embeddings[0]) / norm(embeddings[1]);
          default -> sum;
        };
    Outcome outcome =
        models.compare(models.model("twin.keras"), models.second(), "--distance", distance);
    String told = ForeignModels.assertSays(OutputKind.DISTANCE, expected, outcome);
    assertTrue(told.isEmpty() || told.contains("scale") || told.contains("hardly"), told);
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  @Test
  void aTwinAloneIsToldToBeOne() {
    double expected = models.answers().get("twin").different();
    Path file = models.model("twin.keras");
    ForeignModels.assertNotice(
        "It is a twin alone, whose embeddings are compared by their Euclidean distance"
            + " (--distance says otherwise)",
        file,
        ForeignModels.assertSays(
            OutputKind.DISTANCE, expected, models.compare(file, models.second())));
    Path export = models.model("twin");
    ForeignModels.assertNotice(
        "No signature of two images: distances are the Euclidean ones of the embeddings",
        export,
        ForeignModels.assertSays(
            OutputKind.DISTANCE, expected, models.compare(export, models.second())));
    Console.run("compare", export, models.first(), models.second(), "--distance", "cosine")
        .assertFailed(1, "expected the Euclidean distance", "found cosine", "convert", export);
    Console.run("search", export, models.first(), "--in", models.second(), "--distance", "cosine")
        .assertFailed(1, "expected the Euclidean distance", "found cosine", "convert", export);
    Console.run("compare", file, models.first(), models.second(), "--output", "similarity")
        .assertFailed(1, "expected two images", "twin", file);
  }

  @Test
  void embedsWhatKerasEmbeds() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Files.copy(models.first(), pictures.resolve("a.png"));
    Files.copy(models.second(), pictures.resolve("b.png"));
    float[][] expected = models.answers().get("twin").embeddings();
    Path csv = folder.resolve("e.csv");
    for (String name : List.of("twin.keras", "twin")) {
      Console.succeed("embed", models.model(name), pictures, "--out", csv);
      List<String> rows = Files.readAllLines(csv);
      for (int image = 0; image < 2; image++) {
        String[] cells = rows.get(1 + image).split(",");
        float[] found = new float[expected[image].length];
        for (int i = 0; i < found.length; i++) {
          found[i] = Float.parseFloat(cells[1 + i]);
        }
        assertArrayEquals(expected[image], found, 2e-5f, name);
      }
    }
    Console.run("embed", models.model("unit"), pictures, "--out", csv)
        .assertFailed(1, "one image to its embedding", "found neither", models.model("unit"));
  }

  @Test
  void outputsThatTellNothingAreAsked() {
    Path file = models.model("collapsed.keras");
    String told = models.compare(file, models.second()).remarks();
    List<String> lines = told.lines().toList();
    assertEquals(2, lines.size(), told);
    ForeignModels.assertNotice(
        "Its outputs do not tell what they are: taken for a distance (--output says otherwise)",
        file,
        lines.get(0) + "\n");
    ForeignModels.assertNotice(
        "Its distances hardly differ at 0..1, nor at other", file, lines.get(1) + "\n");
    for (OutputKind kind : OutputKind.values()) {
      Outcome outcome = models.compare(file, models.second(), "--output", kind.text());
      assertTrue(outcome.output().contains(": " + kind.text() + " 0.0003, "), outcome::toString);
      assertEquals(1, outcome.remarks().lines().count(), outcome.remarks());
    }
  }

  @Test
  void aThresholdThatIsGivenOrStoredIsNotQuestioned() throws IOException {
    Path small = models.model("small.keras");
    assertEquals("", models.compare(small, models.second(), "--threshold", "0.5").remarks());
    Path converted = folder.resolve("c.keras");
    Console.succeed("convert", small, converted);
    ForeignModels.assertNotice(
        "0.5 is not", converted, models.compare(converted, models.second()).remarks());
  }

  @Test
  void trainsWithTheLossOfWhatIsTold() throws IOException {
    for (String name : List.of("unit", "sigmoid")) {
      Path out = folder.resolve(name);
      Object[] command = {
        "train",
        "--from",
        models.model(name + ".keras"),
        "--data",
        data,
        "--epochs",
        "2",
        "--out",
        out
      };
      Console.succeed(command);
      String[] last = Files.readAllLines(out.resolve("history.csv")).get(2).split(",");
      String[] first = Files.readAllLines(out.resolve("history.csv")).get(1).split(",");
      assertTrue(
          Double.parseDouble(last[1]) < Double.parseDouble(first[1]),
          "%s: %s %s".formatted(name, first[1], last[1]));
      assertEquals(
          name.equals("unit") ? "distance" : "similarity",
          JsonParser.parseString(Files.readString(out.resolve("config.json")))
              .getAsJsonObject()
              .get("output")
              .getAsString());
    }
    Console.run(
            "train",
            "--from",
            models.model("alike.keras"),
            "--data",
            data,
            "--out",
            folder.resolve("no"))
        .assertFailed(1, "expected a similarity of 0 to 1, as a sigmoid gives");
    assertTrue(Files.notExists(folder.resolve("no")));
  }
}
