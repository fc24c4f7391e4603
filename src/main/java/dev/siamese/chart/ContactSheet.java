package dev.siamese.chart;

import dev.siamese.data.LabeledImages;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The first images of each class in a row under the other classes', each with its name. */
public final class ContactSheet {
  /** The most images of a class that are drawn. */
  public static final int MOST_IMAGES = 12;

  private static final int MOST_CLASSES = 40;
  private static final int SIDE = 64;
  private static final int GAP = 4;
  private static final int MARGIN = 16;
  private static final int TITLE_HEIGHT = 36;
  private static final int NAME_WIDTH = 150;

  private final String title;
  private final LabeledImages images;
  private final Map<Integer, List<Integer>> rows = new LinkedHashMap<>();
  private final ImageTile tile;

  private ContactSheet(String title, LabeledImages images) {
    this.title = title;
    this.images = images;
    tile = new ImageTile(images, SIDE);
    IntStream.of(images.classes())
        .limit(MOST_CLASSES)
        .forEach(label -> rows.put(label, new ArrayList<>()));
    for (int image = 0; image < images.size(); image++) {
      List<Integer> row = rows.get(images.label(image));
      if (row != null && row.size() < MOST_IMAGES) {
        row.add(image);
      }
    }
  }

  /** Draws the sheet of some images, of at most 40 classes with 12 images each. */
  public static Picture of(String dataset, LabeledImages images) {
    ContactSheet sheet = new ContactSheet(dataset, images);
    return new Picture(sheet.width(), sheet.height(), sheet::draw);
  }

  private int width() {
    return 2 * MARGIN + NAME_WIDTH + MOST_IMAGES * (SIDE + GAP);
  }

  private int height() {
    return 2 * MARGIN + TITLE_HEIGHT + rows.size() * (SIDE + GAP);
  }

  private void draw(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width(), height());
    graphics.setColor(Color.BLACK);
    graphics.setFont(ChartStyle.TITLE_FONT);
    graphics.drawString(title, MARGIN, MARGIN + TITLE_HEIGHT / 2);
    int top = MARGIN + TITLE_HEIGHT;
    for (Map.Entry<Integer, List<Integer>> row : rows.entrySet()) {
      graphics.setColor(Color.BLACK);
      graphics.setFont(ChartStyle.TEXT_FONT);
      String name = images.classNames().name(row.getKey());
      graphics.drawString(
          ChartStyle.shortened(graphics, name, NAME_WIDTH - GAP), MARGIN, top + SIDE / 2 + 5);
      int left = MARGIN + NAME_WIDTH;
      for (int image : row.getValue()) {
        tile.draw(graphics, image, left, top);
        left += SIDE + GAP;
      }
      top += SIDE + GAP;
    }
  }
}
