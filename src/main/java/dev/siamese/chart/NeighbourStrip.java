package dev.siamese.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/** A picture and those that are nearest to it, side by side, each above what is said of it. */
public final class NeighbourStrip {
  private static final int MARGIN = 16;
  private static final int GAP = 14;
  private static final int SIDE = 140;
  private static final int LINE_HEIGHT = 19;
  private static final int MOST_COLUMNS = 10;
  private static final int FRAME = 4;

  private static final Color QUERY = new Color(0x57606a);

  private final List<Tile> tiles;
  private final int lines;

  /**
   * One of the pictures.
   *
   * @param picture empty where it is not known
   * @param lines what is said of it; what is too long is cut
   * @param same whether it counts as the same class, which colours its frame
   */
  public record Tile(Optional<BufferedImage> picture, List<String> lines, Optional<Boolean> same) {
    /** Copies the lines. */
    public Tile {
      lines = List.copyOf(lines);
    }
  }

  private NeighbourStrip(List<Tile> tiles) {
    this.tiles = tiles;
    lines = tiles.stream().mapToInt(tile -> tile.lines.size()).max().orElseThrow();
  }

  /**
   * Draws pictures in their order, ten in a row.
   *
   * @param tiles what was asked for first, then its neighbours
   * @throws IllegalArgumentException when there are none
   */
  public static Picture of(List<Tile> tiles) {
    if (tiles.isEmpty()) {
      throw new IllegalArgumentException("expected at least one picture, found none");
    }
    NeighbourStrip strip = new NeighbourStrip(List.copyOf(tiles));
    int columns = Math.min(MOST_COLUMNS, tiles.size());
    int rows = (tiles.size() + MOST_COLUMNS - 1) / MOST_COLUMNS;
    return new Picture(
        2 * MARGIN + columns * SIDE + (columns - 1) * GAP,
        2 * MARGIN + rows * strip.rowHeight() - GAP,
        strip::draw);
  }

  private int rowHeight() {
    return SIDE + lines * LINE_HEIGHT + 2 * GAP;
  }

  private void draw(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, Short.MAX_VALUE, Short.MAX_VALUE);
    graphics.setFont(ChartStyle.TEXT_FONT);
    for (int i = 0; i < tiles.size(); i++) {
      int left = MARGIN + i % MOST_COLUMNS * (SIDE + GAP);
      int top = MARGIN + i / MOST_COLUMNS * rowHeight();
      draw(graphics, tiles.get(i), left, top);
    }
  }

  private static void draw(Graphics2D graphics, Tile tile, int left, int top) {
    tile.picture.ifPresent(picture -> drawPicture(graphics, picture, left, top));
    graphics.setColor(
        tile.same.map(same -> same ? ChartStyle.GREEN : ChartStyle.RED).orElse(QUERY));
    graphics.setStroke(new BasicStroke(FRAME));
    graphics.drawRect(left + FRAME / 2, top + FRAME / 2, SIDE - FRAME, SIDE - FRAME);
    int baseline = top + SIDE + LINE_HEIGHT;
    for (String line : tile.lines) {
      graphics.setColor(Color.BLACK);
      graphics.drawString(cut(line, graphics.getFontMetrics()), left, baseline);
      baseline += LINE_HEIGHT;
    }
  }

  /** As large as fits into the frame, its pixels kept as squares. */
  private static void drawPicture(Graphics2D graphics, BufferedImage picture, int left, int top) {
    double room = SIDE - 2.0 * FRAME;
    double scale = room / Math.max(picture.getWidth(), picture.getHeight());
    int width = (int) Math.round(picture.getWidth() * scale);
    int height = (int) Math.round(picture.getHeight() * scale);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    graphics.drawImage(
        picture, left + (SIDE - width) / 2, top + (SIDE - height) / 2, width, height, null);
  }

  private static String cut(String line, FontMetrics metrics) {
    if (metrics.stringWidth(line) <= SIDE) {
      return line;
    }
    int length = line.length();
    while (length > 0 && metrics.stringWidth(line.substring(0, length) + "…") > SIDE) {
      length--;
    }
    return line.substring(0, length) + "…";
  }
}
