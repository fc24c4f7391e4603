package dev.siamese.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where values are drawn in a drawing of 600 × 340 units.
 *
 * @param fromX the value at the left end
 * @param toX the value at the right end
 * @param fromY the value at the lower end
 * @param toY the value at the upper end
 * @param wholeX whether only whole values of x are written
 */
record PlotArea(double fromX, double toX, double fromY, double toY, boolean wholeX) {
  static final int WIDTH = 600;
  static final int HEIGHT = 340;
  static final int LEFT = 58;
  static final int RIGHT = 588;
  static final int TOP = 10;
  static final int BOTTOM = 296;
  private static final int TICKS = 5;

  /** An area of values of any kind. */
  PlotArea(double fromX, double toX, double fromY, double toY) {
    this(fromX, toX, fromY, toY, false);
  }

  /** A value that is written at an axis. */
  record Tick(double at, String text) {}

  double x(double value) {
    return LEFT + (value - fromX) / (toX - fromX) * (RIGHT - LEFT);
  }

  double y(double value) {
    return BOTTOM - (value - fromY) / (toY - fromY) * (BOTTOM - TOP);
  }

  List<Tick> ticksX() {
    return ticks(fromX, toX, wholeX ? 1 : 0).stream()
        .map(value -> new Tick(x(value), text(value)))
        .toList();
  }

  List<Tick> ticksY() {
    return ticks(fromY, toY, 0).stream().map(value -> new Tick(y(value), text(value))).toList();
  }

  /** Round values within an axis: 1, 2 or 5 times a power of ten apart. */
  private static List<Double> ticks(double from, double to, double leastStep) {
    double step = Math.pow(10, Math.floor(Math.log10((to - from) / TICKS)));
    for (double factor : new double[] {1, 2, 5, 10}) {
      if ((to - from) / (step * factor) <= TICKS) {
        step *= factor;
        break;
      }
    }
    step = Math.max(step, leastStep);
    List<Double> ticks = new ArrayList<>();
    for (long at = (long) Math.ceil(from / step - 1e-9); at * step <= to + 1e-9 * step; at++) {
      ticks.add(at * step);
    }
    return ticks;
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.4f", value).replaceFirst("\\.?0+$", "");
  }

  /** The path of an SVG line through points of (x, y). */
  String line(List<double[]> points) {
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(path.isEmpty() ? 'M' : 'L').append(at(point[0], point[1]));
    }
    return path.toString();
  }

  private String at(double x, double y) {
    return number(x(x)) + "," + number(y(y));
  }

  /** A coordinate, to a tenth. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
