package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.model.PairModel;
import dev.siamese.network.OutputKind;
import dev.siamese.network.TensorShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReportTest {
  private static final Pairs PAIRS =
      new Pairs(new int[] {0, 1, 2, 3}, new int[4], new byte[] {1, 1, 0, 0});

  @TempDir private Path folder;

  @Test
  void saysWhatDistancesAmountTo() {
    assertEquals(
        """
        Test pairs: 4
          output                  distance
          loss                    0.1055
          accuracy at 0.5         0.5000
          accuracy at threshold   0.7500 (0.300)
          ROC-AUC                 0.7500
          equal error rate        0.5000
          TAR at FAR 1 %          needs 1,000 different pairs, found 2
          TAR at FAR 0.1 %        needs 10,000 different pairs, found 2
          TAR at FAR 0.01 %       needs 100,000 different pairs, found 2
          same pairs              1 accepted, 1 rejected
          different pairs         0 accepted, 2 rejected
          no intervals, as there are too few images
        """,
        TestText.of(report(OutputKind.DISTANCE, new float[] {0.25f, 0.625f, 0.375f, 1f}, 0.3)));
  }

  @Test
  void saysWhatSimilaritiesAmountTo() throws IOException {
    TestReport report =
        report(OutputKind.SIMILARITY, new float[] {0.75f, 0.375f, 0.625f, 0.125f}, 0.7);
    assertEquals(
        """
        Test pairs: 4
          output                  similarity
          loss                    0.5957
          accuracy at 0.5         0.5000
          accuracy at threshold   0.7500 (0.700)
          ROC-AUC                 0.7500
          equal error rate        0.5000
          TAR at FAR 1 %          needs 1,000 different pairs, found 2
          TAR at FAR 0.1 %        needs 10,000 different pairs, found 2
          TAR at FAR 0.01 %       needs 100,000 different pairs, found 2
          same pairs              1 accepted, 1 rejected
          different pairs         0 accepted, 2 rejected
          no intervals, as there are too few images
        """,
        TestText.of(report));
    JsonObject test = metrics(report);
    assertEquals("similarity", test.get("output").getAsString());
    assertEquals(0.5957, test.get("loss").getAsDouble(), 0.00005);
    assertEquals(0.7, test.get("threshold").getAsDouble());
    assertEquals("tried", test.get("threshold_origin").getAsString());
    assertTrue(picture("distances").contains(">similarity</text>"));
    assertTrue(picture("roc").contains(">threshold 0.700: FPR 0.000, TPR 0.500</text>"));
    // At the threshold, 0.7, only the first is called same; at 0.5 the third would be, too.
    assertEquals(2, picture("test-predictions").split("Prediction: 1").length);
  }

  @Test
  void saysThatThereIsNoLossOfSimilaritiesThatAreNoProbabilities() throws IOException {
    TestReport report = report(OutputKind.SIMILARITY, new float[] {3, -1, 0.6f, -2}, -1.5);
    String reason = "  loss                    none, as similarities outside of 0 to 1 have no";
    assertTrue(TestText.of(report).contains(reason), () -> TestText.of(report));
    List<String> names = List.copyOf(metrics(report).keySet());
    assertEquals(
        List.of(
            "output",
            "pairs",
            "accuracy",
            "threshold",
            "threshold_origin",
            "accuracy_at_threshold",
            "roc_auc",
            "eer"),
        names.subList(0, 8));
  }

  @Test
  void countsDistancesThatRoundingTookBelowZeroAsZero() {
    PairModel model =
        new PairModel() {
          @Override
          public OutputKind output() {
            return OutputKind.DISTANCE;
          }

          @Override
          public TensorShape image() {
            return TensorShape.of(28, 28, 1);
          }

          @Override
          public float[][] embed(LabeledImages images) {
            throw new UnsupportedOperationException();
          }

          @Override
          public float[] compare(LabeledImages images, Pairs pairs) {
            return new float[] {-2.4e-7f, 0.25f, -0f, 1};
          }

          @Override
          public float[] compare(float[][] first, float[][] second) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void close() {}
        };
    LabeledImages images = new LabeledImages(new byte[4 * 28 * 28], new int[4], 28, 28);
    PairOutputs outputs = TestReport.outputs(model, new PairedImages(images, PAIRS));
    String first = Threshold.uncalibrated(outputs.kind()).verdict(outputs.values()[0]);
    assertEquals("same: distance 0.0000, threshold 0.5000 (the default)", first);
    assertEquals(1, outputs.values()[3]);
  }

  private JsonObject metrics(TestReport report) throws IOException {
    RunFolder run = new RunFolder(folder);
    report.write(run, new Pictures(true), false);
    return JsonParser.parseString(Files.readString(run.metrics()))
        .getAsJsonObject()
        .getAsJsonObject("test");
  }

  private String picture(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".svg"));
  }

  private static TestReport report(OutputKind kind, float[] values, double threshold) {
    LabeledImages images = new LabeledImages(new byte[4 * 28 * 28], new int[4], 28, 28);
    PairOutputs outputs = new PairOutputs(kind, values, PAIRS.labels());
    TestSet set = TestSet.of("digits", "drawn", new PairedImages(images, PAIRS));
    return TestReport.of(
        set, outputs, Optional.empty(), 1, new Threshold(kind, threshold, "tried"));
  }
}
