package dev.siamese.cli;

import dev.siamese.data.ClassNames;
import dev.siamese.evaluation.AcceptRate;
import dev.siamese.evaluation.Confusion;
import dev.siamese.evaluation.Interval;
import dev.siamese.evaluation.LinearProbe;
import dev.siamese.evaluation.RetrievalMetrics;
import dev.siamese.evaluation.Verification;
import dev.siamese.evaluation.VerificationIntervals;
import dev.siamese.evaluation.VerificationMetrics;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The figures of a test, in lines for the user. */
final class TestText {
  private static final String LINE = "  %-23s %s%n";

  private final StringBuilder text = new StringBuilder();
  private final Optional<VerificationIntervals> intervals;

  private TestText(Optional<VerificationIntervals> intervals) {
    this.intervals = intervals;
  }

  static String of(TestReport report) {
    TestText text = new TestText(report.verification().intervals());
    text.verification(report.verification());
    report
        .embedded()
        .flatMap(EmbeddedImages::retrieval)
        .ifPresent(metrics -> text.retrieval(metrics, report.set().classNames()));
    report.embedded().flatMap(EmbeddedImages::probe).ifPresent(text::probe);
    return text.text.toString();
  }

  private void verification(Verification verification) {
    VerificationMetrics metrics = verification.metrics();
    text.append(String.format(Locale.ROOT, "Test pairs: %,d%n", metrics.pairs()));
    line("output", metrics.kind().text());
    line(
        "loss",
        metrics.loss().isPresent()
            ? figure(metrics.loss().getAsDouble(), all -> all.loss().orElseThrow())
            : "none, as similarities outside of 0 to 1 have no cross-entropy");
    line("accuracy at 0.5", figure(metrics.accuracy(), VerificationIntervals::accuracy));
    line(
        "accuracy at threshold",
        String.format(
            Locale.ROOT,
            "%s (%.3f)",
            figure(metrics.accuracyAtThreshold(), VerificationIntervals::accuracyAtThreshold),
            metrics.threshold()));
    line("ROC-AUC", figure(metrics.rocAuc(), VerificationIntervals::rocAuc));
    line(
        "equal error rate",
        figure(metrics.equalErrorRate(), VerificationIntervals::equalErrorRate));
    for (int rate = 0; rate < verification.acceptRates().size(); rate++) {
      acceptRate(verification, rate);
    }
    Confusion confusion = verification.confusion();
    line(
        "same pairs",
        String.format(
            Locale.ROOT,
            "%,d accepted, %,d rejected",
            confusion.truePositives(),
            confusion.falseNegatives()));
    line(
        "different pairs",
        String.format(
            Locale.ROOT,
            "%,d accepted, %,d rejected",
            confusion.falsePositives(),
            confusion.trueNegatives()));
    text.append(
        intervals.isPresent()
            ? "  [ ] 95 % intervals, by a bootstrap over images\n"
            : "  no intervals, as there are too few images\n");
  }

  private void acceptRate(Verification verification, int position) {
    AcceptRate rate = verification.acceptRates().get(position);
    String name = String.format(Locale.ROOT, "TAR at FAR %s %%", percent(rate.falseAcceptRate()));
    if (rate.enough()) {
      line(name, figure(rate.trueAcceptRate(), all -> all.acceptRates().get(position)));
    } else {
      Confusion confusion = verification.confusion();
      line(
          name,
          String.format(
              Locale.ROOT,
              "needs %,d different pairs, found %,d",
              rate.neededPairs(),
              confusion.falsePositives() + confusion.trueNegatives()));
    }
  }

  /** A share in per cent, without needless decimals. */
  static String percent(double share) {
    return Double.toString(Math.round(share * 1e8) / 1e6).replaceFirst("\\.0$", "");
  }

  private void retrieval(RetrievalMetrics metrics, ClassNames names) {
    text.append(
        String.format(
            Locale.ROOT,
            "Nearest images, by Euclidean distance of embeddings: %,d queries%n",
            metrics.queries()));
    if (metrics.alone() > 0) {
      line("left out", metrics.alone() + " that are alone in their class");
    }
    line("precision@1", String.format(Locale.ROOT, "%.4f", metrics.precisionAt1()));
    line("R-precision", String.format(Locale.ROOT, "%.4f", metrics.rPrecision()));
    line("MAP@R", String.format(Locale.ROOT, "%.4f", metrics.meanAveragePrecisionAtR()));
    RetrievalMetrics.OfClass worst =
        metrics.classes().stream()
            .min(Comparator.comparingDouble(RetrievalMetrics.OfClass::precisionAt1))
            .orElseThrow();
    line(
        "worst class",
        String.format(
            Locale.ROOT, "%s, precision@1 %.4f", names.name(worst.label()), worst.precisionAt1()));
  }

  private void probe(LinearProbe probe) {
    text.append(
        String.format(
            Locale.ROOT,
            "Linear probe, a softmax regression on the embeddings of %,d training images:%n",
            probe.trained()));
    line("accuracy", String.format(Locale.ROOT, "%.4f", probe.accuracy()));
  }

  private String figure(double value, Function<VerificationIntervals, Interval> which) {
    return String.format(Locale.ROOT, "%.4f", value)
        + intervals
            .map(which)
            .map(found -> String.format(Locale.ROOT, " [%.4f, %.4f]", found.low(), found.high()))
            .orElse("");
  }

  private void line(String name, String value) {
    text.append(String.format(Locale.ROOT, LINE, name, value));
  }
}
