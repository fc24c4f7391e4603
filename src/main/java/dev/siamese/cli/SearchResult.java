package dev.siamese.cli;

import dev.siamese.chart.NeighbourStrip;
import dev.siamese.chart.NeighbourStrip.Tile;
import dev.siamese.chart.Picture;
import dev.siamese.chart.Thumbnail;
import dev.siamese.data.ImageCollection;
import dev.siamese.model.PairModel;
import dev.siamese.search.Neighbour;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a search found, and what the model says of it.
 *
 * @param query the picture
 * @param neighbours the nearest first
 * @param outputs the model's distance or similarity of each from the query
 * @param threshold where the same class begins
 */
record SearchResult(
    ImageCollection query, List<Neighbour> neighbours, float[] outputs, Threshold threshold) {
  private static final String ELLIPSIS = "…";
  private static final int WIDEST_NAME = 60;

  /** Asks the model about what was found. */
  static SearchResult of(
      ImageCollection query,
      List<Neighbour> neighbours,
      float[] embedding,
      PairModel model,
      Threshold threshold) {
    float[][] found =
        neighbours.stream().map(each -> each.entry().embedding()).toArray(float[][]::new);
    float[][] asked = Collections.nCopies(found.length, embedding).toArray(float[][]::new);
    return new SearchResult(query, neighbours, model.compare(asked, found), threshold);
  }

  private boolean isSame(int place) {
    return threshold.kind().isSame(outputs[place], threshold.value());
  }

  private String verdict(int place) {
    return isSame(place) ? "same" : "different";
  }

  /**
   * Lines for the user.
   *
   * @param searched how many pictures were searched
   */
  String table(int searched) {
    boolean labeled = neighbours.stream().anyMatch(each -> each.entry().label().isPresent());
    int width = "name".length();
    int classWidth = "class".length();
    for (Neighbour each : neighbours) {
      width = Math.max(width, shown(each.entry().name()).length());
      classWidth = Math.max(classWidth, shown(label(each)).length());
    }
    StringBuilder table = new StringBuilder();
    String kind = threshold.kind().text();
    String row =
        "%4s  %-" + width + "s  " + (labeled ? "%-" + classWidth + "s  " : "%s") + "%s  %s\n";
    table.append(row.formatted("", "name", labeled ? "class" : "", kind, ""));
    for (int place = 0; place < neighbours.size(); place++) {
      Neighbour each = neighbours.get(place);
      String value = String.format(Locale.ROOT, "%" + kind.length() + ".4f", outputs[place]);
      table.append(
          row.formatted(
              place + 1, shown(each.entry().name()), shown(label(each)), value, verdict(place)));
    }
    table.append(
        String.format(
            Locale.ROOT,
            "Nearest of %,d pictures. Threshold: %.4f, %s\n",
            searched,
            threshold.value(),
            threshold.origin()));
    return table.toString().replaceAll(" +\n", "\n");
  }

  private static String label(Neighbour neighbour) {
    return neighbour.entry().label().orElse("");
  }

  /** A name in one line of a terminal. */
  private static String shown(String name) {
    String line = name.replaceAll("\\p{Cntrl}", "�");
    int kept = WIDEST_NAME / 2;
    return line.length() <= WIDEST_NAME
        ? line
        : line.substring(0, kept - 1) + ELLIPSIS + line.substring(line.length() - kept);
  }

  /** The same for a program. */
  Map<String, Object> json(int searched) {
    List<Map<String, Object>> found = new ArrayList<>();
    for (int place = 0; place < neighbours.size(); place++) {
      Neighbour each = neighbours.get(place);
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("name", each.entry().name());
      each.entry().label().ifPresent(label -> members.put("class", label));
      members.put(threshold.kind().text(), outputs[place]);
      members.put("same", isSame(place));
      found.add(members);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("query", query.names().get(0));
    result.put("searched", searched);
    result.put("output", threshold.kind().text());
    result.put("threshold", threshold.value());
    result.put("threshold_origin", threshold.origin());
    result.put("neighbours", found);
    return result;
  }

  /** The query and what was found, side by side. */
  Picture picture() throws IOException {
    List<Tile> tiles = new ArrayList<>();
    tiles.add(
        new Tile(
            Optional.of(Thumbnail.of(query.images(), 0)),
            List.of(shown(query.names().get(0)), "searched for"),
            Optional.empty()));
    for (int place = 0; place < neighbours.size(); place++) {
      Neighbour each = neighbours.get(place);
      Optional<byte[]> png = each.entry().picture();
      Optional<BufferedImage> picture =
          png.isPresent() ? Optional.of(Thumbnail.read(png.get())) : Optional.empty();
      List<String> lines = new ArrayList<>();
      lines.add(shown(each.entry().name()));
      each.entry().label().ifPresent(label -> lines.add("class " + shown(label)));
      lines.add(String.format(Locale.ROOT, "%s %.4f", threshold.kind().text(), outputs[place]));
      lines.add(verdict(place));
      tiles.add(new Tile(picture, lines, Optional.of(isSame(place))));
    }
    return NeighbourStrip.of(tiles);
  }
}
