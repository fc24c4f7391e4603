package dev.siamese.data;

import java.io.IOException;

/**
 * Makes of a photographed or drawn character what MNIST would have made of it: bright ink without
 * paper, its longer side 20 pixels, its strokes as wide as MNIST's, its centre of mass in the
 * middle of 28×28 pixels.
 *
 * @see <a href="http://yann.lecun.com/exdb/mnist/">How MNIST was made</a>
 */
final class Handwriting {
  private static final int SIDE = 28;
  private static final int BOX = 20;

  /** Where MNIST's centres of mass lie, counted from the middle of the first pixel. */
  private static final double CENTRE = 14;

  /** The longer side of what is looked at. */
  private static final int WORKING_SIDE = 480;

  /** The longer side of ink as it is redrawn. */
  private static final int CANVAS_BOX = 8 * BOX;

  private static final int CANVAS_MARGIN = 32;

  /** The share of full strength from which on a pixel is ink. */
  private static final double EDGE = 0.5;

  /** The widths of strokes that are kept, in MNIST's pixels: most of MNIST's are between them. */
  private static final double THINNEST = 2.3;

  private static final double WIDEST = 3.2;

  /** The ground of an image that is as MNIST's are is at most this bright. */
  private static final int BLACK = 16;

  /** The least share of such ground in the border: what is large may reach it nearly everywhere. */
  private static final double BLACK_SHARE = 0.04;

  private static final int INKED = 50;

  private Handwriting() {}

  /** Whether an opaque picture of 28×28 is one of MNIST, or as if it were. */
  static boolean isReady(DecodedPicture picture) {
    return picture.grey().darkBorder(BLACK) >= BLACK_SHARE;
  }

  /** Whether an image of 28×28 is sized and centred as MNIST's are, or nearly so. */
  static boolean isCentred(DecodedPicture image) {
    if (image.border() > BLACK) {
      return false;
    }
    int[] rows = {SIDE, 0};
    int[] columns = {SIDE, 0};
    for (int i = 0; i < image.values().length; i++) {
      if ((image.values()[i] & 0xFF) > INKED) {
        rows[0] = Math.min(rows[0], i / SIDE);
        rows[1] = Math.max(rows[1], i / SIDE + 1);
        columns[0] = Math.min(columns[0], i % SIDE);
        columns[1] = Math.max(columns[1], i % SIDE + 1);
      }
    }
    int longer = Math.max(rows[1] - rows[0], columns[1] - columns[0]);
    Centre centre = Centre.of(image.values(), SIDE);
    return Math.abs(longer - BOX) <= 2
        && Math.abs(centre.row - CENTRE) <= 1.5
        && Math.abs(centre.column - CENTRE) <= 1.5;
  }

  /** Where the centre of mass lies, counted from the middle of the first pixel. */
  private record Centre(double row, double column) {
    static Centre of(byte[] image, int width) {
      double mass = 0;
      double down = 0;
      double across = 0;
      for (int i = 0; i < image.length; i++) {
        int value = image[i] & 0xFF;
        mass += value;
        down += value * (double) (i / width);
        across += value * (double) (i % width);
      }
      return new Centre(down / mass, across / mass);
    }
  }

  /**
   * Prepares a picture.
   *
   * @param ground what it is painted on, or {@link Ground#READY} to find that out
   * @return the image and what its ink was painted on
   * @throws IOException when there is no ink
   */
  static Prepared prepare(DecodedPicture picture, Ground ground) throws IOException {
    DecodedPicture opaque =
        reduced(picture.opacity().isPresent() ? picture.over(picture.ground()) : picture);
    InkMap map = InkMap.of(opaque, ground);
    double full = map.full();
    Strokes strokes = Strokes.of(map, Math.max(map.faintest(), EDGE * full));
    if (strokes.isEmpty()) {
      throw new IOException("expected ink, found a blank picture");
    }
    return new Prepared(centred(redrawn(map, strokes, full)), map.ground());
  }

  private static DecodedPicture reduced(DecodedPicture picture) {
    double step = (double) Math.max(picture.height(), picture.width()) / WORKING_SIDE;
    if (step <= 1) {
      return picture.plain();
    }
    int rows = (int) Math.max(1, Math.round(picture.height() / step));
    int columns = (int) Math.max(1, Math.round(picture.width() / step));
    return picture
        .resampled(rows, columns, Fit.STRETCH, Resampling.Enlargement.BILINEAR, 0)
        .plain();
  }

  /** Ink of MNIST's width in a box of 20×20 pixels. */
  private static byte[] redrawn(InkMap map, Strokes strokes, double full) {
    double scale = (double) CANVAS_BOX / Math.max(strokes.height(), strokes.width());
    int height = (int) Math.round(strokes.height() * scale) + 2 * CANVAS_MARGIN;
    int width = (int) Math.round(strokes.width() * scale) + 2 * CANVAS_MARGIN;
    boolean[] inked = new boolean[height * width];
    for (int y = 0; y < height; y++) {
      double row = strokes.top() + (y + 0.5 - CANVAS_MARGIN) / scale - 0.5;
      for (int x = 0; x < width; x++) {
        double column = strokes.left() + (x + 0.5 - CANVAS_MARGIN) / scale - 0.5;
        inked[y * width + x] = strength(map, strokes, row, column) > EDGE * full;
      }
    }
    float[] distances = DistanceField.signed(inked, height, width);
    double stroke = strokeWidth(distances);
    double wanted = Math.max(THINNEST, Math.min(WIDEST, stroke * BOX / CANVAS_BOX));
    // So that the strokes are this wide after the box, which grows with them, is 20 pixels large.
    double grown = (wanted * CANVAS_BOX / BOX - stroke) / (2 * (1 - wanted / BOX));
    grown = Math.min(grown, CANVAS_MARGIN - 2);
    byte[] drawn = new byte[height * width];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, 0.5 + grown - distances[i])));
    }
    return boxed(drawn, height, width, grown);
  }

  /** Four times the mean distance from the edge: in a strip, distances are spread evenly. */
  private static double strokeWidth(float[] distances) {
    double sum = 0;
    int count = 0;
    for (float distance : distances) {
      if (distance < 0) {
        sum -= distance;
        count++;
      }
    }
    return count == 0 ? 1 : 4 * sum / count;
  }

  /** Interpolated between pixels; what is no stroke has none. */
  private static double strength(InkMap map, Strokes strokes, double row, double column) {
    int y = (int) Math.floor(row);
    int x = (int) Math.floor(column);
    double sum = 0;
    boolean near = false;
    for (int dy = 0; dy <= 1; dy++) {
      for (int dx = 0; dx <= 1; dx++) {
        int py = Math.max(0, Math.min(map.height() - 1, y + dy));
        int px = Math.max(0, Math.min(map.width() - 1, x + dx));
        int at = py * map.width() + px;
        near |= strokes.kept()[at];
        double share = (dy == 0 ? 1 - row + y : row - y) * (dx == 0 ? 1 - column + x : column - x);
        sum += share * map.strength()[at];
      }
    }
    return near ? sum : 0;
  }

  private static byte[] boxed(byte[] drawn, int height, int width, double grown) {
    double margin = CANVAS_MARGIN - grown;
    double longer = Math.max(height, width) - 2 * margin;
    double step = longer / BOX;
    byte[] box = new byte[BOX * BOX];
    new Resampling(height, width, new ImageShape(BOX, BOX, 1), step).apply(drawn, 0, 0, box, 0);
    return box;
  }

  private static byte[] centred(byte[] box) {
    Centre centre = Centre.of(box, BOX);
    int rows = shift(centre.row);
    int columns = shift(centre.column);
    byte[] image = new byte[SIDE * SIDE];
    for (int y = 0; y < BOX; y++) {
      System.arraycopy(box, y * BOX, image, (y + rows) * SIDE + columns, BOX);
    }
    return image;
  }

  /** Whole pixels, as MNIST's makers did, and never out of the image. */
  private static int shift(double centre) {
    return (int) Math.max(0, Math.min(SIDE - BOX, Math.round(CENTRE - centre)));
  }
}
