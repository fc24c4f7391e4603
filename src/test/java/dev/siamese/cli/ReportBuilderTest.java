package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.Preparation;
import dev.siamese.data.ValueRange;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.network.OutputKind;
import dev.siamese.report.ReportContent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportBuilderTest {
  private static final float[][] EMBEDDINGS = {{0}, {1}, {3}, {2.1f}, {11}, {12}};
  private static final int[] LABELS = {0, 0, 0, 1, 1, 1};

  /** R is 2: nearest to 0 are 1 and 2.1, to 1 are 0 and 2.1, and to 3 are 2.1 and 1. */
  @Test
  void tellsOfEachClassHowWellItIsFound() {
    ReportContent.Table classes = content().classes();
    assertEquals(
        List.of("precision@1", "R-precision", "MAP@R"),
        classes.columns().subList(4, classes.columns().size()));
    List<String> first = classes.rows().get(0);
    // The means of 1, 1, 0; of ½, ½, ½; and of ½, ½, ½ · ½.
    assertEquals(List.of("0.6667", "0.5000", "0.4167"), first.subList(4, first.size()));
  }

  private static ReportContent content() {
    Pairs pairs = new Pairs(new int[] {0, 3}, new int[] {1, 0}, new byte[] {1, 0});
    LabeledImages images = new LabeledImages(new byte[6 * 28 * 28], LABELS, 28, 28);
    TestSet set = TestSet.of("digits", "drawn", new PairedImages(images, pairs));
    PairOutputs outputs =
        new PairOutputs(OutputKind.DISTANCE, new float[] {0.1f, 0.9f}, pairs.labels());
    TestReport report =
        TestReport.of(
            set,
            outputs,
            Optional.of(new EmbeddedImages(EMBEDDINGS, set, Optional.empty())),
            1,
            Threshold.uncalibrated(OutputKind.DISTANCE));
    return new ReportBuilder(report)
        .content(
            Map.of(),
            Optional.empty(),
            false,
            Preparation.of(ImageShape.MNIST, ValueRange.ZERO_TO_ONE));
  }
}
