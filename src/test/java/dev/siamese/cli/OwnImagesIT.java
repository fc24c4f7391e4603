package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Outcome;
import dev.siamese.data.DataForms;
import dev.siamese.data.DataForms.Form;
import dev.siamese.data.Dataset;
import dev.siamese.data.DatasetSource;
import dev.siamese.data.Environment;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of a user's own pictures, from training to every other command. */
class OwnImagesIT {
  @TempDir Path folder;

  /**
   * Pictures of many classes, each of which has soft spots in places and colours of its own, which
   * shift a little from picture to picture.
   */
  private static LabeledImages spots(int classes, int perClass, ImageShape shape) {
    byte[] pixels = new byte[classes * perClass * shape.pixels()];
    int[] labels = new int[classes * perClass];
    SplittableRandom shifts = new SplittableRandom(1);
    int next = 0;
    for (int image = 0; image < labels.length; image++) {
      labels[image] = image / perClass;
      SplittableRandom own = new SplittableRandom(labels[image]);
      int spots = 5;
      double[][] places = new double[spots][];
      for (int spot = 0; spot < spots; spot++) {
        places[spot] =
            new double[] {
              own.nextDouble() + 0.05 * shifts.nextDouble(),
              own.nextDouble() + 0.05 * shifts.nextDouble(),
              0.05 + 0.15 * own.nextDouble(),
              own.nextDouble(),
              own.nextDouble(),
              own.nextDouble()
            };
      }
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          for (int channel = 0; channel < shape.channels(); channel++) {
            double light = 0.1 * shifts.nextDouble();
            for (double[] place : places) {
              double y = (double) row / shape.height() - place[0];
              double x = (double) column / shape.width() - place[1];
              light += place[3 + channel] * Math.exp(-(x * x + y * y) / (2 * place[2] * place[2]));
            }
            pixels[next++] = (byte) Math.round(255 * Math.min(1, light));
          }
        }
      }
    }
    return new LabeledImages(pixels, labels, shape);
  }

  private static void write(Path folder, LabeledImages images, String format) {
    for (int image = 0; image < images.size(); image++) {
      DataForms.picture(folder.resolve("s" + images.label(image)), image, images, format);
    }
  }

  private JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  @Test
  void facesOfFortyPeople() throws IOException {
    Path faces = folder.resolve("faces");
    write(faces, spots(40, 10, new ImageShape(112, 92, 1)), "pgm");
    Path run = folder.resolve("run");
    // A quarter of the pictures' pixels, for the time of it.
    Outcome trained =
        Console.succeed(
            "train",
            "--data",
            faces,
            "--image-size",
            "56x46",
            "--epochs",
            6,
            "--learning-rate",
            0.003,
            "--out",
            run);
    assertTrue(
        trained.output().contains("faces: 256 images to train, 64 to validate, 80 to test"),
        trained.output());
    JsonObject config = json(run.resolve("config.json"));
    assertEquals("56x46", config.get("size").getAsString());
    JsonArray classes = config.getAsJsonObject("data").getAsJsonArray("classes");
    assertEquals(40, classes.size());
    assertEquals("s1", classes.get(1).getAsString());
    double trainedArea = rocAuc(run);
    assertTrue(trainedArea >= 0.95, "ROC-AUC " + trainedArea);

    Path evaluated = folder.resolve("evaluated");
    Console.succeed("evaluate", run, "--data", faces, "--out", evaluated);
    assertEquals(trainedArea, rocAuc(evaluated), 1e-4);
    JsonObject ofClass =
        json(evaluated.resolve("metrics.json"))
            .getAsJsonObject("test")
            .getAsJsonArray("classes")
            .get(3)
            .getAsJsonObject();
    assertTrue(ofClass.get("class").getAsString().startsWith("s"), ofClass.toString());
    assertTrue(Files.readString(evaluated.resolve("report.html")).contains(">s39<"));
    JsonObject whole =
        JsonParser.parseString(
                Console.succeed("evaluate", run, "--data", faces, "--whole", "--json").output())
            .getAsJsonObject();
    assertEquals(400, whole.getAsJsonObject("data").get("test_images").getAsInt());
    assertEquals(800, whole.getAsJsonObject("test").get("pairs").getAsInt());

    Path table = folder.resolve("e.csv");
    Console.succeed("embed", run, faces, "--out", table);
    List<String> rows = Files.readAllLines(table);
    assertEquals(401, rows.size());
    assertTrue(rows.get(0).startsWith("name,label,e0,"), rows.get(0));
    assertTrue(rows.get(1).startsWith("s0/00000.pgm,s0,"), rows.get(1));

    Path first = faces.resolve("s3/00030.pgm");
    Path other = faces.resolve("s4/00040.pgm");
    Console.succeed("embed", run, faces, "--out", folder.resolve("e.tsv"));
    assertEquals("s0/00000.pgm\ts0", Files.readAllLines(folder.resolve("e-metadata.tsv")).get(1));
    JsonObject nearest =
        JsonParser.parseString(
                Console.succeed("search", run, first, "--in", faces, "-k", 1, "--json").output())
            .getAsJsonObject()
            .getAsJsonArray("neighbours")
            .get(0)
            .getAsJsonObject();
    assertEquals("s3/00030.pgm", nearest.get("name").getAsString());
    assertEquals("s3", nearest.get("class").getAsString());
    Console.succeed("compare", run, first, other);
    Path keras = folder.resolve("faces.keras");
    Console.succeed("convert", run, keras);
    assertTrue(
        Console.succeed("summary", keras).output().contains("Images: 56×46"), "in the summary");
  }

  private double rocAuc(Path run) throws IOException {
    return json(run.resolve("metrics.json")).getAsJsonObject("test").get("roc_auc").getAsDouble();
  }

  @Test
  void coloursInPartsAndASheetOfThem() throws IOException {
    Path photos = folder.resolve("photos");
    LabeledImages images = spots(8, 24, new ImageShape(64, 64, 3));
    for (int image = 0; image < images.size(); image++) {
      String part = image % 4 == 0 ? "test" : image % 4 == 1 ? "validation" : "train";
      Path place = photos.resolve(part).resolve("s" + images.label(image));
      DataForms.picture(place, image, images, "png");
    }
    Path sheet = folder.resolve("sheet.png");
    Outcome told = Console.succeed("data", photos, "--out", sheet);
    assertTrue(
        told.output().contains("training: 96 images of 8 classes, 12 to 12 in each"),
        told.output());
    assertTrue(told.output().contains("sizes: 64×64 192\n  formats: PNG 192\n"), told.output());
    assertTrue(told.output().contains("Nothing is wrong with it."), told.output());
    assertTrue(ImageIO.read(sheet.toFile()).getWidth() > 500);
    JsonObject json =
        JsonParser.parseString(Console.succeed("data", "--json", photos).output())
            .getAsJsonObject();
    assertEquals("64×64×3", json.get("image_shape").getAsString());
    assertEquals(6, json.getAsJsonObject("images").getAsJsonObject("test").get("s7").getAsInt());

    Path run = folder.resolve("run");
    Console.succeed(
        "train", "--data", photos, "--epochs", 8, "--learning-rate", 0.003, "--out", run);
    double area = rocAuc(run);
    assertTrue(area >= 0.95, "ROC-AUC " + area);
  }

  /** The first of MNIST's images where they are, else digits like them. */
  private static Dataset digits() throws IOException {
    String real = System.getenv("SIAMESE_DATA_DIR");
    if (real == null) {
      return SyntheticDigits.dataset(3, 200, 40);
    }
    Dataset mnist =
        DatasetSource.of(DatasetSource.MNIST, Path.of(real), Environment.system())
            .load(0, new DownloadProgress());
    return new Dataset("digits", "", mnist.train().range(0, 200), mnist.test().range(0, 40));
  }

  @Test
  void theSameImagesTrainTheSameInEveryForm() throws IOException {
    Dataset whole = digits();
    Weights expected = null;
    for (Form form : List.of(Form.NPZ, Form.PIXEL_TABLES, Form.IDX_PACKED, Form.LIST)) {
      Path run = folder.resolve("run-" + form);
      Path data = form.write(folder.resolve("digits-" + form), whole);
      Console.succeed("train", "--data", data, "--epochs", 1, "--out", run);
      Weights weights = ModelStore.read(run, ModelHints.NONE).model().weights();
      expected = expected == null ? weights : expected;
      assertEquals(expected, weights, form::toString);
    }
  }

  /** Two views of a picture are the same, and unlike those of others: a model of digits sees it. */
  @Test
  void picturesWithoutLabelsAreEvaluatedByTheirViews() {
    LabeledImages digits = SyntheticDigits.dataset(4, 40, 1).train();
    for (int image = 0; image < digits.size(); image++) {
      DataForms.picture(folder.resolve("flat"), image, digits, "png");
    }
    Outcome tested = evaluate("flat", "--unlabelled", "--augment", "digits");
    assertTrue(tested.errors().contains("two views of each picture, by --augment digits"));
    JsonObject result = JsonParser.parseString(tested.output()).getAsJsonObject();
    assertEquals(80, result.getAsJsonObject("data").get("test_images").getAsInt());
    JsonObject test = result.getAsJsonObject("test");
    assertEquals(160, test.get("pairs").getAsInt());
    double area = test.get("roc_auc").getAsDouble();
    assertTrue(area > 0.7 && area < 1, "ROC-AUC " + area);
    double unchanged =
        JsonParser.parseString(evaluate("flat", "--unlabelled", "--augment", "none").output())
            .getAsJsonObject()
            .getAsJsonObject("test")
            .get("roc_auc")
            .getAsDouble();
    assertEquals(1, unchanged, "each picture compared with itself");
  }

  private Outcome evaluate(String data, Object... options) {
    List<Object> command = new ArrayList<>(List.of("evaluate", "savedmodel", "--whole", "--json"));
    command.addAll(List.of("--data", folder.resolve(data)));
    command.addAll(List.of(options));
    return Console.succeed(command.toArray());
  }
}
