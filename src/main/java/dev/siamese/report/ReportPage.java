package dev.siamese.report;

import com.google.gson.Gson;
import dev.siamese.data.AtomicFile;
import dev.siamese.evaluation.Confusion;
import dev.siamese.evaluation.RocCurve;
import dev.siamese.network.OutputKind;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page that shows everything of a run or an evaluation, without needing anything else. */
public final class ReportPage {
  private static final String TEMPLATE = "report.jte";

  private final ReportContent content;
  private final ThresholdSteps steps;

  private ReportPage(ReportContent content) {
    this.content = content;
    steps = ThresholdSteps.of(content.outputs(), content.threshold());
  }

  /**
   * Writes the page; a file that exists is replaced in one step.
   *
   * @throws IOException when it cannot be written
   */
  public static void write(Path file, ReportContent content) throws IOException {
    byte[] page = html(content).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(page));
  }

  /** The page as text. */
  static String html(ReportContent content) {
    TemplateEngine engine =
        TemplateEngine.createPrecompiled(
            null,
            ContentType.Html,
            ReportPage.class.getClassLoader(),
            ReportPage.class.getPackageName());
    StringOutput output = new StringOutput();
    engine.render(TEMPLATE, new ReportPage(content), output);
    return output.toString();
  }

  ReportContent content() {
    return content;
  }

  /** The style, a file of the program. */
  String style() {
    return resource("report.css");
  }

  /** The script, a file of the program. */
  String script() {
    return resource("report.js");
  }

  /** What the script needs, as JSON that no name can end, as it holds no angle bracket. */
  String data() {
    Map<String, Object> data = new LinkedHashMap<>();
    PlotArea area = histogram().area();
    data.put("thresholds", steps.steps().stream().mapToDouble(Confusion::threshold).toArray());
    data.put("x", steps.steps().stream().mapToDouble(at -> area.x(at.threshold())).toArray());
    data.put("accepted", steps.steps().stream().mapToInt(Confusion::truePositives).toArray());
    data.put("mistaken", steps.steps().stream().mapToInt(Confusion::falsePositives).toArray());
    data.put("same", chosen().truePositives() + chosen().falseNegatives());
    data.put("different", chosen().falsePositives() + chosen().trueNegatives());
    content
        .map()
        .ifPresent(
            map -> {
              data.put("names", map.names());
              data.put("columns", map.spriteColumns());
              data.put("tile", List.of(map.tileWidth(), map.tileHeight()));
            });
    return new Gson().toJson(data);
  }

  /** The pairs told right and wrong at the report's own threshold. */
  Confusion chosen() {
    return steps.steps().get(steps.chosen());
  }

  int chosenStep() {
    return steps.chosen();
  }

  int lastStep() {
    return steps.steps().size() - 1;
  }

  Plots.Histogram histogram() {
    return Plots.histogram(content.outputs(), content.threshold());
  }

  Plots.Lines roc() {
    return Plots.roc(RocCurve.of(content.outputs()), content.rocBand());
  }

  Plots.Lines reliability() {
    return Plots.reliability(content.reliability());
  }

  Plots.Lines losses() {
    return Plots.losses(content.history().orElseThrow().epochs());
  }

  Plots.Lines active() {
    return Plots.active(content.history().orElseThrow().epochs());
  }

  Plots.Lines hardness() {
    return Plots.hardness(content.history().orElseThrow().epochs());
  }

  PlotArea mapArea() {
    return Plots.map(content.map().orElseThrow().points());
  }

  /** Whether a threshold is an upper limit, that of a distance. */
  boolean isDistance() {
    return content.outputs().kind() == OutputKind.DISTANCE;
  }

  String outputName() {
    return content.outputs().kind().text();
  }

  static String png(byte[] png) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }

  static String decimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  static String count(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Per cent, or a dash where there is nothing to take a share of. */
  static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** How deep the colour of a share is, so that small ones show and text on it can be read. */
  static long depth(double share) {
    return Double.isNaN(share) ? 0 : Math.round(75 * Math.sqrt(share));
  }

  /** The colour of one of some classes, around the circle. */
  static long hue(int group, int groups) {
    return Math.round(360.0 * group / Math.max(1, groups));
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("expected the program's own " + name, e);
    }
  }
}
