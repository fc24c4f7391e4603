package dev.siamese.cli;

import dev.siamese.data.ClassNames;
import dev.siamese.evaluation.AcceptRate;
import dev.siamese.evaluation.ClassVerification;
import dev.siamese.evaluation.Confusion;
import dev.siamese.evaluation.Interval;
import dev.siamese.evaluation.LinearProbe;
import dev.siamese.evaluation.RetrievalMetrics;
import dev.siamese.evaluation.Verification;
import dev.siamese.evaluation.VerificationIntervals;
import dev.siamese.evaluation.VerificationMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What metrics.json says of a test: names and figures, without those that there are none of. */
final class MetricsJson {
  private MetricsJson() {}

  /** Everything of a test. */
  static Map<String, Object> of(TestReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", report.set().dataset());
    data.put("origin", report.set().origin());
    data.put("test_images", report.set().pairs().images().size());
    json.put("data", data);
    ClassNames names = report.set().classNames();
    json.put("test", test(report, names));
    report
        .embedded()
        .flatMap(EmbeddedImages::retrieval)
        .ifPresent(retrieval -> json.put("retrieval", retrieval(retrieval, names)));
    report
        .embedded()
        .flatMap(EmbeddedImages::probe)
        .ifPresent(probe -> json.put("linear_probe", probe(probe)));
    return json;
  }

  private static Map<String, Object> probe(LinearProbe probe) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("train_images", probe.trained());
    json.put("test_images", probe.tested());
    json.put("accuracy", probe.accuracy());
    return json;
  }

  private static Map<String, Object> test(TestReport report, ClassNames names) {
    Verification verification = report.verification();
    VerificationMetrics metrics = verification.metrics();
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("output", metrics.kind().text());
    test.put("pairs", metrics.pairs());
    metrics.loss().ifPresent(loss -> test.put("loss", loss));
    test.put("accuracy", metrics.accuracy());
    test.put("threshold", metrics.threshold());
    test.put("threshold_origin", report.limit().origin());
    test.put("accuracy_at_threshold", metrics.accuracyAtThreshold());
    test.put("roc_auc", metrics.rocAuc());
    test.put("eer", metrics.equalErrorRate());
    test.put("confusion", confusion(verification.confusion()));
    List<Object> rates = new ArrayList<>();
    for (int i = 0; i < verification.acceptRates().size(); i++) {
      rates.add(acceptRate(verification, i));
    }
    test.put("tar_at_far", rates);
    verification.intervals().ifPresent(all -> test.put("intervals_95", intervals(all)));
    Map<String, Object> reliability = new LinkedHashMap<>();
    reliability.put(
        "expected_calibration_error", verification.reliability().expectedCalibrationError());
    reliability.put(
        "bins",
        verification.reliability().bins().stream()
            .map(
                bin ->
                    new TreeMap<>(
                        Map.of(
                            "pairs",
                            bin.pairs(),
                            "mean_score",
                            bin.meanScore(),
                            "share_same",
                            bin.shareSame())))
            .toList());
    test.put("reliability", reliability);
    if (!verification.classes().isEmpty()) {
      test.put(
          "classes",
          verification.classes().stream().map(figures -> ofClass(figures, names)).toList());
    }
    return test;
  }

  private static Map<String, Object> confusion(Confusion confusion) {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("true_positives", confusion.truePositives());
    counts.put("false_negatives", confusion.falseNegatives());
    counts.put("false_positives", confusion.falsePositives());
    counts.put("true_negatives", confusion.trueNegatives());
    return counts;
  }

  private static Map<String, Object> acceptRate(Verification verification, int position) {
    AcceptRate rate = verification.acceptRates().get(position);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("far", rate.falseAcceptRate());
    if (rate.enough()) {
      json.put("tar", rate.trueAcceptRate());
      verification
          .intervals()
          .ifPresent(all -> json.put("interval_95", pair(all.acceptRates().get(position))));
    } else {
      json.put("needs_different_pairs", rate.neededPairs());
    }
    return json;
  }

  private static Map<String, Object> intervals(VerificationIntervals intervals) {
    Map<String, Object> json = new LinkedHashMap<>();
    intervals.loss().ifPresent(loss -> json.put("loss", pair(loss)));
    json.put("accuracy", pair(intervals.accuracy()));
    json.put("accuracy_at_threshold", pair(intervals.accuracyAtThreshold()));
    json.put("roc_auc", pair(intervals.rocAuc()));
    json.put("eer", pair(intervals.equalErrorRate()));
    return json;
  }

  private static List<Double> pair(Interval interval) {
    return List.of(interval.low(), interval.high());
  }

  private static Map<String, Object> ofClass(ClassVerification figures, ClassNames names) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("class", names.name(figures.label()));
    json.put("accuracy", figures.confusion().accuracy());
    json.putAll(confusion(figures.confusion()));
    return json;
  }

  private static Map<String, Object> retrieval(RetrievalMetrics metrics, ClassNames names) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("distance", "euclidean");
    json.put("queries", metrics.queries());
    json.put("alone_in_class", metrics.alone());
    json.put("precision_at_1", metrics.precisionAt1());
    json.put("r_precision", metrics.rPrecision());
    json.put("map_at_r", metrics.meanAveragePrecisionAtR());
    List<Object> classes = new ArrayList<>();
    for (RetrievalMetrics.OfClass figures : metrics.classes()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("class", names.name(figures.label()));
      one.put("queries", figures.queries());
      one.put("precision_at_1", figures.precisionAt1());
      one.put("r_precision", figures.rPrecision());
      one.put("map_at_r", figures.meanAveragePrecisionAtR());
      classes.add(one);
    }
    json.put("classes", classes);
    return json;
  }
}
