package dev.siamese.report;

import dev.siamese.evaluation.PairOutputs;
import dev.siamese.evaluation.Reliability;
import dev.siamese.evaluation.VerificationIntervals.BandPoint;
import dev.siamese.training.History;
import java.util.List;
import java.util.Optional;

/**
 * What a page shows.
 *
 * @param title its heading
 * @param subtitle what is measured, on which data
 * @param settings of the training or the evaluation, by name
 * @param history of the training, where there was one
 * @param ofBatches whether it learned from whole batches, so that there is mining to show
 * @param figures the metrics
 * @param outputs what the model says of the test pairs
 * @param threshold where pairs begin to count as same
 * @param rocBand where the ROC curve of other images would lie
 * @param reliability of the score
 * @param sections pairs to look at, under their headings
 * @param classes figures by class; its rows are empty where there are no classes
 * @param confusion which class is taken for which; its rows are empty where there are no classes
 * @param map where the embeddings lie, where the model tells them
 * @param preparation what is done to pictures, by name
 * @param examples test images as the network sees them, as PNG
 */
public record ReportContent(
    String title,
    String subtitle,
    List<Entry> settings,
    Optional<History> history,
    boolean ofBatches,
    List<Figure> figures,
    PairOutputs outputs,
    double threshold,
    List<BandPoint> rocBand,
    Reliability reliability,
    List<PairSection> sections,
    Table classes,
    ShareTable confusion,
    Optional<ImageMap> map,
    List<Entry> preparation,
    List<byte[]> examples) {

  /** A name and what it stands for. */
  public record Entry(String name, String value) {}

  /**
   * A metric.
   *
   * @param name of it
   * @param value of it, or why there is none
   * @param interval where it lies with 95 %, empty where that is unknown
   */
  public record Figure(String name, String value, String interval) {}

  /**
   * Pairs under a heading.
   *
   * @param heading of them
   * @param pairs that are shown
   */
  public record PairSection(String heading, List<PairPicture> pairs) {}

  /**
   * Two images and what is said of them.
   *
   * @param first as PNG
   * @param second as PNG
   * @param caption what the model says
   * @param names of both images
   * @param right whether the model is right
   */
  public record PairPicture(
      byte[] first, byte[] second, String caption, List<String> names, boolean right) {}

  /** Rows of as many cells as there are columns. */
  public record Table(List<String> columns, List<List<String>> rows) {}

  /**
   * Shares of pairs by two classes.
   *
   * @param names of the classes
   * @param shares NaN where there are no pairs: (k, k)
   * @param note what is left out, or nothing
   */
  public record ShareTable(List<String> names, double[][] shares, String note) {}

  /**
   * Images at their places.
   *
   * @param points (n, 2)
   * @param groups the class of each, a number from 0: (n)
   * @param groupNames what the classes are called
   * @param names of the images
   * @param sprite all images in one PNG, row after row
   * @param spriteColumns how many are in a row of it
   * @param tileWidth pixels of one of them
   * @param tileHeight pixels of one of them
   */
  public record ImageMap(
      float[][] points,
      int[] groups,
      List<String> groupNames,
      List<String> names,
      byte[] sprite,
      int spriteColumns,
      int tileWidth,
      int tileHeight) {}
}
