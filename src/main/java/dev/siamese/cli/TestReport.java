package dev.siamese.cli;

import dev.siamese.chart.DistanceHistogram;
import dev.siamese.chart.PairGrid;
import dev.siamese.chart.RocChart;
import dev.siamese.data.PairedImages;
import dev.siamese.evaluation.ContrastiveMetrics;
import dev.siamese.evaluation.RocCurve;
import dev.siamese.evaluation.VerificationMetrics;
import java.io.IOException;
import java.util.Locale;

/**
 * How well a model verifies test pairs.
 *
 * @param dataset the name of the data set
 * @param test the pairs
 * @param distances one a pair, by the model: (n)
 * @param metrics what the distances amount to
 */
record TestReport(
    String dataset, PairedImages test, float[] distances, VerificationMetrics metrics) {

  static TestReport of(
      String dataset, PairedImages test, float[] distances, double margin, double threshold) {
    return new TestReport(
        dataset,
        test,
        distances,
        VerificationMetrics.of(distances, test.pairs().labels(), margin, threshold));
  }

  void print() {
    System.out.printf(
        Locale.ROOT,
        """
        Test pairs: %,d
          loss                    %.4f
          accuracy at 0.5         %.4f
          accuracy at threshold   %.4f (%.3f)
          ROC-AUC                 %.4f
          equal error rate        %.4f
        """,
        metrics.pairs(),
        metrics.loss(),
        metrics.accuracy(),
        metrics.accuracyAtThreshold(),
        metrics.threshold(),
        metrics.rocAuc(),
        metrics.equalErrorRate());
  }

  void write(RunFolder folder, Pictures pictures) throws IOException {
    byte[] labels = test.pairs().labels();
    folder.writeMetrics(metrics);
    pictures.write(
        folder.testPredictions(),
        PairGrid.of(
            dataset + ": test pairs",
            test.images(),
            test.pairs(),
            distances,
            ContrastiveMetrics.DEFAULT_THRESHOLD));
    pictures.write(
        folder.distances(), DistanceHistogram.of(dataset, distances, labels, metrics.threshold()));
    pictures.write(
        folder.roc(), RocChart.of(dataset, RocCurve.of(distances, labels), metrics.threshold()));
  }
}
