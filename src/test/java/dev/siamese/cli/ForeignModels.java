package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import dev.siamese.Outcome;
import dev.siamese.Python;
import dev.siamese.data.ImageCollection;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Preparation;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.data.ValueRange;
import dev.siamese.network.OutputKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Models that Keras made and saved in a folder, and what it says of two pictures in it.
 *
 * @param answers by name of a model
 */
record ForeignModels(Path folder, Map<String, Answer> answers) {

  private static final String DEFAULT = ", threshold 0.5000 (the default)\n";

  /**
   * What Keras says of the pictures.
   *
   * @param same of the first with itself
   * @param different of both
   * @param embeddings of both; null where the model does not tell them
   */
  record Answer(double same, double different, float[][] embeddings) {}

  /** Has a group of src/test/python/foreign_models.py made. */
  static ForeignModels make(String group, Path folder) throws IOException {
    LabeledImages digits = SyntheticDigits.dataset(4, 10, 20).test();
    Path first = ModelFixture.picture(folder.resolve("a.png"), digits, 1);
    Path second = ModelFixture.picture(folder.resolve("b.png"), digits, 8);
    for (ImageShape shape : List.of(ImageShape.MNIST, new ImageShape(32, 32, 3))) {
      byte[] pixels = new byte[2 * shape.pixels()];
      ImageCollection.ofFiles(List.of(first, second), Preparation.of(shape, ValueRange.ZERO_TO_ONE))
          .images()
          .copyPixels(0, 2, pixels);
      String name = "%dx%dx%d.bin".formatted(shape.height(), shape.width(), shape.channels());
      Files.write(folder.resolve(name), pixels);
    }
    Python.run("src/test/python/foreign_models.py", group, folder.toString());
    return new ForeignModels(
        folder,
        new Gson()
            .fromJson(
                Files.readString(folder.resolve("answers.json")),
                new TypeToken<Map<String, Answer>>() {}.getType()));
  }

  Path first() {
    return folder.resolve("a.png");
  }

  Path second() {
    return folder.resolve("b.png");
  }

  /** A file or a folder with a model. */
  Path model(String name) {
    return folder.resolve(name);
  }

  /** Compares the first picture with another one. */
  Outcome compare(Path model, Path second, Object... options) {
    List<Object> command = new ArrayList<>(List.of("compare", model, first(), second));
    command.addAll(Arrays.asList(options));
    return Console.succeed(command.toArray());
  }

  /** Checks what compare printed, at the default threshold, and returns what it told besides. */
  static String assertSays(OutputKind kind, double expected, Outcome outcome) {
    String verdict = kind.isSame(expected, 0.5) ? "same" : "different";
    String start = "%s: %s ".formatted(verdict, kind.text());
    String output = outcome.output();
    assertTrue(output.startsWith(start) && output.endsWith(DEFAULT), output);
    String number = output.substring(start.length(), output.length() - DEFAULT.length());
    assertEquals(expected, Double.parseDouble(number), 0.00006 + 1e-5 * expected);
    return outcome.remarks();
  }

  /**
   * Checks that what was told is one sentence, which has these words and names the model once.
   *
   * @param words if empty, nothing must have been told
   */
  static void assertNotice(String words, Path model, String told) {
    if (words.isEmpty()) {
      assertEquals("", told);
      return;
    }
    assertEquals(1, told.lines().count(), told);
    assertTrue(told.contains(words), told);
    assertTrue(told.strip().matches("[A-Z0-9].*[^.]\\."), told);
    assertEquals(2, told.split(Pattern.quote(model.toString()), -1).length, told);
  }
}
