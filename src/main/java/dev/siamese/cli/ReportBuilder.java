package dev.siamese.cli;

import dev.siamese.chart.ImageSheet;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.Preparation;
import dev.siamese.evaluation.AcceptRate;
import dev.siamese.evaluation.ClassConfusion;
import dev.siamese.evaluation.ClassVerification;
import dev.siamese.evaluation.Interval;
import dev.siamese.evaluation.RetrievalMetrics;
import dev.siamese.evaluation.VerificationIntervals;
import dev.siamese.evaluation.VerificationMetrics;
import dev.siamese.evaluation.WorstPairs;
import dev.siamese.report.ReportContent;
import dev.siamese.report.ReportContent.Entry;
import dev.siamese.report.ReportContent.Figure;
import dev.siamese.training.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Makes of a test what a page shows. */
final class ReportBuilder {
  private static final int PAIRS = 8;
  private static final int EXAMPLES = 6;
  private static final int ROOM = 84;
  private static final int MAPPED = 400;
  private static final int MAP_ROOM = 28;
  private static final int MAP_COLUMNS = 20;

  private final TestReport report;
  private final LabeledImages images;
  private final Pairs pairs;

  ReportBuilder(TestReport report) {
    this.report = report;
    images = report.set().pairs().images();
    pairs = report.set().pairs().pairs();
  }

  /**
   * The page's content.
   *
   * @param settings by name; maps within them are told by their own names
   * @param history of the training, if there was one
   * @param ofBatches whether it learned from whole batches
   * @param preparation of pictures for the network
   */
  ReportContent content(
      Map<String, Object> settings,
      Optional<History> history,
      boolean ofBatches,
      Preparation preparation) {
    WorstPairs worst = WorstPairs.of(report.outputs(), report.threshold(), PAIRS);
    List<Integer> first = IntStream.range(0, Math.min(PAIRS, pairs.size())).boxed().toList();
    List<Entry> prepared =
        List.of(
            new Entry("size", images.shape().toString()),
            new Entry("values of pixels", preparation.values().text()),
            new Entry("pictures", preparation.inWords()));
    return new ReportContent(
        report.set().dataset(),
        "%,d test pairs, %s".formatted(pairs.size(), report.set().origin()),
        entries("", settings),
        history,
        ofBatches,
        figures(),
        report.outputs(),
        report.threshold(),
        report.rocBand(),
        report.verification().reliability(),
        List.of(
            section("Predictions", first),
            section("Worst errors: different, taken for same", worst.falseAccepts()),
            section("Worst errors: same, taken for different", worst.falseRejects())),
        classes(),
        confusion(),
        report.embedded().map(this::map),
        prepared,
        IntStream.range(0, Math.min(EXAMPLES, images.size()))
            .mapToObj(image -> ImageSheet.png(images, image, ROOM))
            .toList());
  }

  private static List<Entry> entries(String prefix, Map<?, ?> settings) {
    List<Entry> entries = new ArrayList<>();
    settings.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> inner) {
            entries.addAll(entries(prefix + name + " ", inner));
          } else {
            entries.add(new Entry(prefix + name, value == null ? "none" : value.toString()));
          }
        });
    return entries;
  }

  private List<Figure> figures() {
    VerificationMetrics metrics = report.verification().metrics();
    List<Figure> figures = new ArrayList<>();
    metrics
        .loss()
        .ifPresent(loss -> figures.add(figure("loss", loss, all -> all.loss().orElseThrow())));
    figures.add(figure("accuracy at 0.5", metrics.accuracy(), VerificationIntervals::accuracy));
    figures.add(
        figure(
            "accuracy at the threshold",
            metrics.accuracyAtThreshold(),
            VerificationIntervals::accuracyAtThreshold));
    figures.add(figure("ROC-AUC", metrics.rocAuc(), VerificationIntervals::rocAuc));
    figures.add(
        figure(
            "equal error rate", metrics.equalErrorRate(), VerificationIntervals::equalErrorRate));
    List<AcceptRate> rates = report.verification().acceptRates();
    for (int i = 0; i < rates.size(); i++) {
      int position = i;
      AcceptRate rate = rates.get(i);
      String name = "TAR at FAR %s %%".formatted(TestText.percent(rate.falseAcceptRate()));
      figures.add(
          rate.enough()
              ? figure(name, rate.trueAcceptRate(), all -> all.acceptRates().get(position))
              : new Figure(
                  name,
                  "–",
                  String.format(Locale.ROOT, "needs %,d different pairs", rate.neededPairs())));
    }
    report.embedded().flatMap(EmbeddedImages::retrieval).ifPresent(all -> retrieval(all, figures));
    report
        .embedded()
        .flatMap(EmbeddedImages::probe)
        .map(probe -> new Figure("accuracy of a linear probe", decimals(probe.accuracy()), ""))
        .ifPresent(figures::add);
    return figures;
  }

  private static void retrieval(RetrievalMetrics metrics, List<Figure> figures) {
    figures.add(new Figure("precision@1", decimals(metrics.precisionAt1()), ""));
    figures.add(new Figure("R-precision", decimals(metrics.rPrecision()), ""));
    figures.add(new Figure("MAP@R", decimals(metrics.meanAveragePrecisionAtR()), ""));
  }

  private Figure figure(
      String name, double value, Function<VerificationIntervals, Interval> which) {
    String interval =
        report
            .verification()
            .intervals()
            .map(which)
            .map(found -> decimals(found.low()) + " to " + decimals(found.high()))
            .orElse("");
    return new Figure(name, decimals(value), interval);
  }

  private static String decimals(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }

  private ReportContent.PairSection section(String heading, List<Integer> shown) {
    return new ReportContent.PairSection(heading, shown.stream().map(this::pair).toList());
  }

  private ReportContent.PairPicture pair(int pair) {
    float output = report.outputs().values()[pair];
    boolean same = report.outputs().kind().isSame(output, report.threshold());
    return new ReportContent.PairPicture(
        ImageSheet.png(images, pairs.first()[pair], ROOM),
        ImageSheet.png(images, pairs.second()[pair], ROOM),
        String.format(
            Locale.ROOT,
            "%s, %s %.3f",
            same ? "same" : "different",
            report.outputs().kind().text(),
            output),
        List.of(
            report.set().imageNames().apply(pairs.first()[pair]),
            report.set().imageNames().apply(pairs.second()[pair])),
        same == (pairs.labels()[pair] == Pairs.SAME));
  }

  private ReportContent.Table classes() {
    List<List<String>> rows = new ArrayList<>();
    for (ClassVerification one : report.verification().classes()) {
      List<String> row = new ArrayList<>();
      row.add(report.set().classNames().name(one.label()));
      row.add(decimals(one.confusion().accuracy()));
      row.add(decimals(one.confusion().trueAcceptRate()));
      row.add(decimals(one.confusion().falseAcceptRate()));
      Optional<RetrievalMetrics.OfClass> nearest = nearest(one.label());
      row.add(nearest.map(found -> decimals(found.precisionAt1())).orElse("–"));
      row.add(nearest.map(found -> decimals(found.rPrecision())).orElse("–"));
      row.add(nearest.map(found -> decimals(found.meanAveragePrecisionAtR())).orElse("–"));
      rows.add(row);
    }
    return new ReportContent.Table(
        List.of(
            "class",
            "accuracy",
            "true accepts",
            "false accepts",
            "precision@1",
            "R-precision",
            "MAP@R"),
        rows);
  }

  private Optional<RetrievalMetrics.OfClass> nearest(int label) {
    return report
        .embedded()
        .flatMap(EmbeddedImages::retrieval)
        .flatMap(all -> all.classes().stream().filter(found -> found.label() == label).findFirst());
  }

  private ReportContent.ShareTable confusion() {
    if (report.confusion().isEmpty()) {
      return new ReportContent.ShareTable(List.of(), new double[0][0], "");
    }
    ClassConfusion confusion = report.confusion().get();
    int shown = confusion.labels().length;
    double[][] shares = new double[shown][shown];
    for (int row = 0; row < shown; row++) {
      for (int column = 0; column < shown; column++) {
        shares[row][column] = confusion.share(row, column);
      }
    }
    String note =
        shown < confusion.classes()
            ? "Shown are the %d of %d classes most confused.".formatted(shown, confusion.classes())
            : "";
    return new ReportContent.ShareTable(
        Arrays.stream(confusion.labels()).mapToObj(report.set().classNames()::name).toList(),
        shares,
        note);
  }

  private ReportContent.ImageMap map(EmbeddedImages embedded) {
    int[] places = EmbeddedImages.sample(embedded.mapped().length, MAPPED);
    int[] positions = Arrays.stream(places).map(place -> embedded.mapped()[place]).toArray();
    int[] labels = Arrays.stream(positions).map(images::label).toArray();
    int[] classes = Arrays.stream(labels).distinct().sorted().toArray();
    ImageSheet sheet = ImageSheet.of(images, positions, MAP_ROOM, MAP_COLUMNS);
    return new ReportContent.ImageMap(
        Arrays.stream(places)
            .mapToObj(place -> embedded.map().points()[place])
            .toArray(float[][]::new),
        Arrays.stream(labels).map(label -> Arrays.binarySearch(classes, label)).toArray(),
        report.set().hasClasses()
            ? Arrays.stream(classes).mapToObj(report.set().classNames()::name).toList()
            : List.of(),
        Arrays.stream(positions).mapToObj(report.set().imageNames()).toList(),
        sheet.png(),
        sheet.columns(),
        sheet.tileWidth(),
        sheet.tileHeight());
  }
}
