package dev.siamese.cli;

import dev.siamese.chart.OutputHistogram;
import dev.siamese.chart.PairGrid;
import dev.siamese.chart.RocChart;
import dev.siamese.data.PairedImages;
import dev.siamese.evaluation.PairMetrics;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.evaluation.RocCurve;
import dev.siamese.evaluation.VerificationMetrics;
import dev.siamese.model.PairModel;
import java.io.IOException;
import java.util.Locale;

/**
 * How well a model verifies test pairs.
 *
 * @param dataset the name of the data set
 * @param test the pairs
 * @param outputs what the model says of them
 * @param metrics what the outputs amount to
 */
record TestReport(
    String dataset, PairedImages test, PairOutputs outputs, VerificationMetrics metrics) {

  /** What a model says of pairs. */
  static PairOutputs outputs(PairModel model, PairedImages pairs) {
    float[] distances = model.compare(pairs.images(), pairs.pairs());
    return new PairOutputs(model.output(), distances, pairs.pairs().labels());
  }

  static TestReport of(
      String dataset, PairedImages test, PairOutputs outputs, double margin, double threshold) {
    return new TestReport(
        dataset, test, outputs, VerificationMetrics.of(outputs, margin, threshold));
  }

  /** The figures, in lines for the user. */
  String text() {
    return String.format(
        Locale.ROOT,
        """
        Test pairs: %,d
          output                  %s
          loss                    %s
          accuracy at 0.5         %.4f
          accuracy at threshold   %.4f (%.3f)
          ROC-AUC                 %.4f
          equal error rate        %.4f
        """,
        metrics.pairs(),
        metrics.kind().text(),
        metrics.loss().isPresent()
            ? String.format(Locale.ROOT, "%.4f", metrics.loss().getAsDouble())
            : "none, as similarities outside of 0 to 1 have no cross-entropy",
        metrics.accuracy(),
        metrics.accuracyAtThreshold(),
        metrics.threshold(),
        metrics.rocAuc(),
        metrics.equalErrorRate());
  }

  void write(RunFolder folder, Pictures pictures) throws IOException {
    folder.writeMetrics(metrics);
    pictures.write(
        folder.testPredictions(),
        PairGrid.of(
            dataset + ": test pairs",
            test.images(),
            test.pairs(),
            outputs,
            PairMetrics.DEFAULT_THRESHOLD));
    pictures.write(folder.distances(), OutputHistogram.of(dataset, outputs, metrics.threshold()));
    pictures.write(folder.roc(), RocChart.of(dataset, RocCurve.of(outputs), metrics.threshold()));
  }
}
