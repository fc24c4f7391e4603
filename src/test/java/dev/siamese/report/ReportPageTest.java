package dev.siamese.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.chart.ImageSheet;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.evaluation.Confusion;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.evaluation.Verification;
import dev.siamese.network.OutputKind;
import dev.siamese.training.EpochResult;
import dev.siamese.training.History;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final String ATTACK = "</script><script>alert(1)</script>\"'<img src=x onerror=y>";

  @Test
  void whateverNamesHoldIsText() {
    String html = page(28, 1, ATTACK);
    assertEquals(2, html.split("<script", -1).length - 1, "the page's own scripts alone");
    assertFalse(html.contains("<img src=x"), "a name became an element");
    assertTrue(html.contains("&lt;/script&gt;&lt;script&gt;alert(1)"), "the name is not shown");
    JsonObject data = data(html);
    assertEquals(ATTACK, data.getAsJsonArray("names").get(0).getAsString());
  }

  @Test
  void asksNothingOfTheNetwork() {
    String html = page(28, 1, "a");
    assertFalse(html.contains("http://") || html.contains("https://"), "an address");
    assertFalse(html.contains("@import") || html.contains("<link"), "another file");
    assertTrue(html.contains("default-src 'none'"), "the browser forbids it");
  }

  @Test
  void isSmallEvenWithPicturesOfNoise() {
    int bytes = page(512, 3, "a").getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < 3_000_000, bytes + " bytes");
  }

  @Test
  void theSliderCountsWhatAThresholdDoes() {
    PairOutputs outputs = outputs();
    JsonObject data = data(page(28, 1, "a"));
    JsonArray thresholds = data.getAsJsonArray("thresholds");
    assertTrue(thresholds.size() > 100, "steps " + thresholds.size());
    boolean chosen = false;
    for (int step = 0; step < thresholds.size(); step++) {
      Confusion expected = Confusion.of(outputs, thresholds.get(step).getAsDouble());
      assertEquals(expected.truePositives(), data.getAsJsonArray("accepted").get(step).getAsInt());
      assertEquals(expected.falsePositives(), data.getAsJsonArray("mistaken").get(step).getAsInt());
      chosen |= expected.threshold() == 0.4;
    }
    assertTrue(chosen, "the report's own threshold is one of them");
  }

  private static JsonObject data(String html) {
    String before = "<script type=\"application/json\" id=\"data\">";
    int from = html.indexOf(before) + before.length();
    return JsonParser.parseString(html.substring(from, html.indexOf("</script>", from)))
        .getAsJsonObject();
  }

  private static PairOutputs outputs() {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[300];
    byte[] labels = new byte[300];
    for (int pair = 0; pair < 300; pair++) {
      labels[pair] = (byte) (pair % 2);
      values[pair] = (float) (random.nextDouble() * (pair % 2 == 1 ? 0.6 : 1.2));
    }
    return new PairOutputs(OutputKind.DISTANCE, values, labels);
  }

  static String page(int size, int channels, String name) {
    SplittableRandom random = new SplittableRandom(2);
    byte[] pixels = new byte[12 * size * size * channels];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt();
    }
    LabeledImages images =
        new LabeledImages(pixels, new int[12], new ImageShape(size, size, channels));
    PairOutputs outputs = outputs();
    Pairs pairs = new Pairs(new int[300], new int[300], outputs.labels());
    Verification found = Verification.of(outputs, pairs, Optional.empty(), 1, 0.4);
    List<ReportContent.PairPicture> pictures = new ArrayList<>();
    for (int pair = 0; pair < 8; pair++) {
      pictures.add(
          new ReportContent.PairPicture(
              ImageSheet.png(images, pair, 84),
              ImageSheet.png(images, pair + 1, 84),
              "same, distance 0.1",
              List.of(name, name),
              pair % 2 == 0));
    }
    int[] mapped = IntStream.range(0, 400).map(image -> image % 12).toArray();
    ImageSheet sheet = ImageSheet.of(images, mapped, 28, 20);
    float[][] points = new float[400][2];
    for (float[] point : points) {
      point[0] = (float) random.nextDouble();
      point[1] = (float) random.nextDouble();
    }
    ReportContent.PairSection section = new ReportContent.PairSection(name, pictures);
    History history =
        new History(
            List.of(
                new EpochResult(1, 0.3, 0.7, 0.2, 0.8, 0, 0, 1, 100),
                new EpochResult(2, 0.2, 0.8, 0.1, 0.9, 0, 0, 1, 100)));
    return ReportPage.html(
        new ReportContent(
            name,
            name,
            List.of(new ReportContent.Entry(name, name)),
            Optional.of(history),
            true,
            List.of(new ReportContent.Figure("ROC-AUC", "0.9", "0.8 to 1.0")),
            outputs,
            0.4,
            found.intervals().map(all -> all.roc()).orElse(List.of()),
            found.reliability(),
            List.of(section, section, section),
            new ReportContent.Table(List.of("class"), List.of(List.of(name))),
            new ReportContent.ShareTable(
                List.of(name, "b"), new double[][] {{1, 0.1}, {0.1, Double.NaN}}, name),
            Optional.of(
                new ReportContent.ImageMap(
                    points,
                    new int[400],
                    List.of(name),
                    Collections.nCopies(400, name),
                    sheet.png(),
                    sheet.columns(),
                    sheet.tileWidth(),
                    sheet.tileHeight())),
            List.of(new ReportContent.Entry("size", "28 x 28")),
            List.of(ImageSheet.png(images, 0, 84))));
  }
}
