package dev.siamese.data;

/** A small grey picture that round-tipped, anti-aliased lines are drawn on. */
final class StrokeCanvas {
  private final float[] ink;
  private final int size;

  /** An empty (black) square of {@code size} × {@code size} pixels. */
  StrokeCanvas(int size) {
    this.ink = new float[size * size];
    this.size = size;
  }

  /**
   * Draws a straight line; a pixel's ink falls from 1 to 0 within one pixel at the line's edge.
   *
   * @param radius half the line's thickness in pixels
   */
  void line(double fromX, double fromY, double toX, double toY, double radius) {
    double reach = radius + 0.5;
    int left = inside(Math.min(fromX, toX) - reach);
    int right = inside(Math.max(fromX, toX) + reach);
    int top = inside(Math.min(fromY, toY) - reach);
    int bottom = inside(Math.max(fromY, toY) + reach);
    double deltaX = toX - fromX;
    double deltaY = toY - fromY;
    double squaredLength = Math.max(deltaX * deltaX + deltaY * deltaY, 1e-12);
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double x = column - fromX;
        double y = row - fromY;
        double along = Math.max(0, Math.min(1, (x * deltaX + y * deltaY) / squaredLength));
        x -= along * deltaX;
        y -= along * deltaY;
        double coverage = Math.min(1, reach - Math.sqrt(x * x + y * y));
        int pixel = row * size + column;
        ink[pixel] = (float) Math.max(ink[pixel], coverage);
      }
    }
  }

  /** The ink of a pixel, row after row, 0 to 1. */
  float ink(int pixel) {
    return ink[pixel];
  }

  private int inside(double coordinate) {
    return (int) Math.max(0, Math.min(size - 1, Math.round(coordinate)));
  }
}
