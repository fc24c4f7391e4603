package dev.siamese.cli;

import dev.siamese.chart.ConfusionChart;
import dev.siamese.chart.EmbeddingMap;
import dev.siamese.chart.ErrorGrid;
import dev.siamese.chart.OutputHistogram;
import dev.siamese.chart.PairGrid;
import dev.siamese.chart.RocChart;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.evaluation.ClassConfusion;
import dev.siamese.evaluation.LinearProbe;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.evaluation.RocCurve;
import dev.siamese.evaluation.Verification;
import dev.siamese.evaluation.VerificationIntervals;
import dev.siamese.evaluation.WorstPairs;
import dev.siamese.model.PairModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How good a model is on test images.
 *
 * @param set the images and pairs
 * @param outputs what the model says of the pairs
 * @param limit where the same class begins
 * @param verification what the outputs amount to
 * @param embedded what the embeddings tell, where the model has them
 * @param confusion which class is taken for which, where there are classes
 */
record TestReport(
    TestSet set,
    PairOutputs outputs,
    Threshold limit,
    Verification verification,
    Optional<EmbeddedImages> embedded,
    Optional<ClassConfusion> confusion) {
  private static final int MOST_CLASSES = 20;

  /** What a model says of pairs. */
  static PairOutputs outputs(PairModel model, PairedImages pairs) {
    float[] distances = model.compare(pairs.images(), pairs.pairs());
    return new PairOutputs(model.output(), distances, pairs.pairs().labels());
  }

  /** Asks a model for everything. */
  static TestReport of(TestSet set, PairModel model, double margin, Threshold limit) {
    return of(set, model, Optional.empty(), margin, limit);
  }

  /**
   * Asks a model for everything.
   *
   * @param probed images, of classes that it did not learn from, to learn them from its embeddings
   */
  static TestReport of(
      TestSet set,
      PairModel model,
      Optional<LabeledImages> probed,
      double margin,
      Threshold limit) {
    float[][] embeddings;
    try {
      embeddings = model.embed(set.pairs().images());
    } catch (UnsupportedOperationException e) {
      System.err.println(
          "There are no figures of retrieval and no map of embeddings: this model only compares.");
      return of(set, outputs(model, set.pairs()), Optional.empty(), margin, limit);
    }
    return of(
        set,
        outputs(model, set.pairs(), embeddings),
        Optional.of(
            new EmbeddedImages(
                embeddings, set, probed.map(images -> probe(model, images, embeddings, set)))),
        margin,
        limit);
  }

  private static LinearProbe probe(
      PairModel model, LabeledImages learned, float[][] embeddings, TestSet set) {
    return LinearProbe.of(
        model.embed(learned), learned.labels(), embeddings, set.pairs().images().labels());
  }

  /** The same as of the images, which are not embedded once more where that is not needed. */
  private static PairOutputs outputs(PairModel model, PairedImages images, float[][] embeddings) {
    Pairs pairs = images.pairs();
    try {
      float[] distances =
          model.compare(at(embeddings, pairs.first()), at(embeddings, pairs.second()));
      return new PairOutputs(model.output(), distances, pairs.labels());
    } catch (UnsupportedOperationException e) {
      return outputs(model, images); // It compares images only.
    }
  }

  private static float[][] at(float[][] embeddings, int[] images) {
    return Arrays.stream(images).mapToObj(image -> embeddings[image]).toArray(float[][]::new);
  }

  static TestReport of(
      TestSet set,
      PairOutputs outputs,
      Optional<EmbeddedImages> embedded,
      double margin,
      Threshold limit) {
    Verification verification =
        Verification.of(outputs, set.pairs().pairs(), set.labels(), margin, limit.value());
    Optional<ClassConfusion> confusion =
        set.labels()
            .map(
                labels ->
                    ClassConfusion.of(
                        outputs, set.pairs().pairs(), labels, limit.value(), MOST_CLASSES));
    return new TestReport(set, outputs, limit, verification, embedded, confusion);
  }

  double threshold() {
    return limit.value();
  }

  /** The curve of these pairs. */
  RocCurve roc() {
    return RocCurve.of(outputs);
  }

  /** The band around it, without points where there are no intervals. */
  List<VerificationIntervals.BandPoint> rocBand() {
    return verification.intervals().map(VerificationIntervals::roc).orElse(List.of());
  }

  /** Writes metrics.json and the pictures. */
  void write(RunFolder folder, Pictures pictures, boolean logarithmicRoc) throws IOException {
    folder.writeMetrics(MetricsJson.of(this));
    String dataset = set.dataset();
    PairedImages pairs = set.pairs();
    pictures.write(
        folder.testPredictions(),
        PairGrid.of(dataset + ": test pairs", pairs.images(), pairs.pairs(), outputs, threshold()));
    pictures.write(folder.distances(), OutputHistogram.of(dataset, outputs, threshold()));
    pictures.write(
        folder.roc(), RocChart.of(dataset, roc(), threshold(), rocBand(), logarithmicRoc));
    pictures.write(
        folder.errors(),
        ErrorGrid.of(
            dataset,
            pairs.images(),
            pairs.pairs(),
            outputs,
            WorstPairs.of(outputs, threshold(), ErrorGrid.COLUMNS),
            set.imageNames()));
    if (set.hasClasses()) {
      pictures.write(
          folder.confusion(),
          ConfusionChart.of(dataset, confusion.orElseThrow(), set.classNames()::name));
    }
    if (embedded.isPresent()) {
      int[] labels = Arrays.stream(embedded.get().mapped()).map(pairs.images()::label).toArray();
      pictures.write(
          folder.embeddingMap(),
          EmbeddingMap.of(dataset, embedded.get().map(), labels, set.classNames()::name));
    }
  }
}
