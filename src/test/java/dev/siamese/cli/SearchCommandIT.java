package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.SiameseModel;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModels;
import dev.siamese.search.IndexDescription;
import dev.siamese.search.LuceneIndex;
import dev.siamese.search.LuceneReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code siamese search} and {@code siamese index}. */
class SearchCommandIT {
  private static final double THRESHOLD = 0.02;
  private static final int PICTURES = 12;

  @TempDir static Path folder;
  private static Path model;
  private static Path pictures;
  private static Path query;
  @TempDir Path scratch;

  @BeforeAll
  static void writePictures() throws IOException {
    model = folder.resolve("model.keras");
    ModelStore.write(model, StoredModels.SMALL.full(3).withThreshold(THRESHOLD));
    LabeledImages digits = SyntheticDigits.dataset(1, 10, 20).test();
    pictures = Files.createDirectory(folder.resolve("pictures"));
    for (int i = 0; i < PICTURES; i++) {
      ModelFixture.picture(pictures.resolve("digit %d.png".formatted(i)), digits, i);
    }
    query = ModelFixture.picture(folder.resolve("query.png"), digits, 15);
  }

  private static JsonObject json(Object... arguments) {
    return JsonParser.parseString(Console.succeed(arguments).output()).getAsJsonObject();
  }

  private static List<String> names(JsonObject result) {
    List<String> names = new ArrayList<>();
    result
        .getAsJsonArray("neighbours")
        .forEach(each -> names.add(each.getAsJsonObject().get("name").getAsString()));
    return names;
  }

  private Path index() {
    Path index = scratch.resolve("index");
    Console.succeed("index", model, pictures, "--out", index);
    return index;
  }

  /** What compare says of the query and each picture, is the oracle. */
  @Test
  void findsWhatCompareSaysIsNearest() throws IOException {
    JsonObject found = json("search", model, query, "--in", pictures, "-k", 5, "--json");
    try (SiameseModel asked = SiameseModel.load(model)) {
      List<Path> files = new ArrayList<>();
      for (int i = 0; i < PICTURES; i++) {
        files.add(pictures.resolve("digit %d.png".formatted(i)));
      }
      Comparator<Path> byDistance =
          Comparator.comparingDouble(
              file -> {
                try {
                  return asked.compare(query, file).value();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      files.sort(byDistance);
      JsonArray neighbours = found.getAsJsonArray("neighbours");
      assertEquals(5, neighbours.size());
      boolean[] verdicts = {false, false};
      for (int place = 0; place < 5; place++) {
        JsonObject neighbour = neighbours.get(place).getAsJsonObject();
        double distance = asked.compare(query, files.get(place)).value();
        assertEquals(
            files.get(place).getFileName().toString(), neighbour.get("name").getAsString());
        assertEquals(distance, neighbour.get("distance").getAsDouble(), 1e-6);
        assertEquals(distance < THRESHOLD, neighbour.get("same").getAsBoolean());
        verdicts[neighbour.get("same").getAsBoolean() ? 1 : 0] = true;
      }
      assertTrue(verdicts[0] && verdicts[1], "one verdict only: " + neighbours);
    }
    assertEquals(PICTURES, found.get("searched").getAsInt());
    assertEquals(THRESHOLD, found.get("threshold").getAsDouble());
    assertEquals("stored with the model", found.get("threshold_origin").getAsString());
  }

  @Test
  void anIndexFindsTheSame() {
    JsonObject inFolder = json("search", model, query, "--in", pictures, "-k", 7, "--json");
    JsonObject inIndex = json("search", model, query, "--in", index(), "-k", 7, "--json");
    assertEquals(names(inFolder), names(inIndex));
    for (int place = 0; place < 7; place++) {
      assertEquals(distance(inFolder, place), distance(inIndex, place), 1e-6);
    }
  }

  private static double distance(JsonObject result, int place) {
    JsonElement neighbour = result.getAsJsonArray("neighbours").get(place);
    return neighbour.getAsJsonObject().get("distance").getAsDouble();
  }

  @Test
  void picturesAreAddedReplacedAndRemoved() throws IOException {
    Path index = index();
    Path more = Files.createDirectory(scratch.resolve("more"));
    Files.copy(query, more.resolve("the same.png"));
    Files.copy(query, more.resolve("digit 0.png"));
    Console.run("index", model, more, "--out", index).assertFailed(1, "--add", index);
    JsonObject added = json("index", model, more, "--out", index, "--add", "--json");
    assertEquals(1, added.get("added").getAsInt());
    assertEquals(1, added.get("replaced").getAsInt());
    assertEquals(PICTURES + 1, added.get("size").getAsInt());
    assertEquals(
        "0 pictures added, 2 replaced. %d pictures in %s%n".formatted(PICTURES + 1, index),
        Console.succeed("index", model, more, "--out", index, "--add").output());
    Path none = scratch.resolve("none");
    Console.run("index", model, more, "--out", none, "--add").assertFailed(1, "add to", none);
    assertFalse(Files.exists(none));
    JsonObject found = json("search", model, query, "--in", index, "-k", 2, "--json");
    assertEquals(List.of("digit 0.png", "the same.png"), names(found));
    assertEquals(0, distance(found, 1));

    JsonObject removed =
        json("index", "--out", index, "--remove", "digit 0.png", "--remove=the same.png", "--json");
    assertEquals(2, removed.get("removed").getAsInt());
    assertEquals(PICTURES - 1, removed.get("size").getAsInt());
    assertFalse(
        names(json("search", model, query, "--in", index, "-k", 20, "--json"))
            .contains("the same.png"));
    Console.run("index", "--out", index, "--remove", "digit 0.png")
        .assertFailed(1, "digit 0.png", index);
    assertEquals(
        "%d pictures in %s, which is whole%n".formatted(PICTURES - 1, index),
        Console.succeed("index", "--out", index, "--check").output());
  }

  @Test
  void refusesTheIndexOfAnotherModel() throws IOException {
    Path other = scratch.resolve("other.keras");
    ModelStore.write(other, StoredModels.SMALL.full(4));
    Path index = index();
    Console.run("search", other, query, "--in", index)
        .assertFailed(1, "expected an index of the model", index);
    // Before any work: the pictures are not looked at.
    Console.run("index", other, scratch.resolve("none"), "--out", index, "--add")
        .assertFailed(1, "expected an index of the model", index);
    Path savedModel = scratch.resolve("savedmodel");
    Console.succeed("convert", model, savedModel);
    Console.succeed("search", savedModel, query, "--in", index);
  }

  @Test
  void fillsAnIndexThatWasStoppedWhileItWasEmpty() throws IOException {
    Path index = index();
    IndexDescription description;
    try (LuceneReader reader = LuceneReader.open(index)) {
      description = reader.description();
    }
    Path stopped = scratch.resolve("stopped");
    LuceneIndex.open(stopped, description).close();
    Console.succeed("index", model, pictures, "--out", stopped);
    Console.run("index", model, pictures, "--out", stopped).assertFailed(1, "--add", stopped);
  }

  @Test
  void tellsPeopleInATable() {
    String table = Console.succeed("search", model, query, "--in", pictures, "-k", 3).output();
    List<String> lines = table.lines().toList();
    assertEquals(5, lines.size(), table);
    assertTrue(lines.get(0).matches(" +name +distance"), table);
    for (int place = 1; place <= 3; place++) {
      assertTrue(
          lines
              .get(place)
              .matches(" +%d  digit \\d+\\.png +\\d\\.\\d{4}  (same|different)".formatted(place)),
          table);
    }
    assertEquals("Nearest of 12 pictures. Threshold: 0.0200, stored with the model", lines.get(4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pictures", "index"})
  void drawsWhatItFound(String where) throws IOException {
    Path place = where.equals("index") ? index() : pictures;
    Path strip = scratch.resolve("strip.png");
    Console.succeed("search", model, query, "--in", place, "-k", 4, "--out", strip);
    // The query and four neighbours: 5 of 140 pixels, 4 gaps, 2 margins.
    assertEquals(5 * 140 + 4 * 14 + 2 * 16, ImageIO.read(strip.toFile()).getWidth());
  }
}
