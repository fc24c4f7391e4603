package dev.siamese.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The connected parts of ink that make a character, without specks and what reaches in from the
 * border.
 *
 * @param top first row with ink
 * @param left first column with ink
 * @param bottom the row behind the last
 * @param right the column behind the last
 * @param kept whether a pixel belongs to them: (height, width) of the map
 */
record Strokes(int top, int left, int bottom, int right, boolean[] kept) {
  private static final double SPECK = 0.04;

  /** Of the heaviest part: what is lighter is a speck beside ink that reaches the border. */
  private static final double LEAST_INSIDE = 0.005;

  private static final int LEAST_PIXELS = 12;

  private record Part(List<Integer> pixels, double mass, boolean atBorder) {}

  /**
   * Finds them.
   *
   * @param limit the strength from which on a pixel is ink
   * @return strokes without pixels where there are none
   */
  static Strokes of(InkMap map, double limit) {
    List<Part> parts = parts(map, limit);
    double inside =
        parts.stream().filter(part -> !part.atBorder).mapToDouble(Part::mass).max().orElse(0);
    double any = parts.stream().mapToDouble(Part::mass).max().orElse(0);
    boolean free = inside > LEAST_INSIDE * any;
    double main = free ? inside : any;
    boolean[] kept = new boolean[map.strength().length];
    int top = map.height();
    int left = map.width();
    int bottom = 0;
    int right = 0;
    for (Part part : parts) {
      if (free && part.atBorder || part.mass < SPECK * main || part.pixels.size() < LEAST_PIXELS) {
        continue;
      }
      for (int pixel : part.pixels) {
        kept[pixel] = true;
        top = Math.min(top, pixel / map.width());
        bottom = Math.max(bottom, pixel / map.width() + 1);
        left = Math.min(left, pixel % map.width());
        right = Math.max(right, pixel % map.width() + 1);
      }
    }
    return new Strokes(top, left, bottom, right, kept);
  }

  private static List<Part> parts(InkMap map, double limit) {
    int width = map.width();
    int height = map.height();
    boolean[] seen = new boolean[height * width];
    int[] stack = new int[height * width];
    List<Part> parts = new ArrayList<>();
    for (int start = 0; start < seen.length; start++) {
      if (seen[start] || map.strength()[start] <= limit) {
        continue;
      }
      int size = 0;
      stack[size++] = start;
      seen[start] = true;
      List<Integer> pixels = new ArrayList<>();
      double mass = 0;
      boolean atBorder = false;
      while (size > 0) {
        int pixel = stack[--size];
        int y = pixel / width;
        int x = pixel % width;
        pixels.add(pixel);
        mass += map.strength()[pixel];
        atBorder |= y == 0 || x == 0 || y == height - 1 || x == width - 1;
        for (int row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
          for (int column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
            int next = row * width + column;
            if (!seen[next] && map.strength()[next] > limit) {
              seen[next] = true;
              stack[size++] = next;
            }
          }
        }
      }
      parts.add(new Part(pixels, mass, atBorder));
    }
    return parts;
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return bottom <= top;
  }

  /** Rows with ink. */
  int height() {
    return bottom - top;
  }

  /** Columns with ink. */
  int width() {
    return right - left;
  }
}
