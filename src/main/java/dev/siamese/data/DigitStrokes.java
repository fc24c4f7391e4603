package dev.siamese.data;

import java.util.Arrays;
import java.util.List;

/** The ways a digit is written, as strokes of a pen. */
final class DigitStrokes {

  /**
   * A line that the pen draws without being lifted.
   *
   * @param curved whether it bends smoothly through its points or runs straight between them
   * @param points x (to the right) and y (down) in turns, in the unit square
   */
  record Stroke(boolean curved, double[] points) {
    int size() {
      return points.length / 2;
    }
  }

  /** For each digit its ways, each a row of strokes through points (x,y) in hundredths. */
  private static final List<List<List<Stroke>>> WAYS =
      List.of(
          ways(
              "curve 50,0 16,17 6,50 17,84 50,100 83,84 94,50 84,17 50,0",
              "curve 62,4 25,10 8,50 20,90 55,100 88,80 92,40 72,8 40,6"),
          ways(
              "line 50,0 50,100",
              "line 24,24 54,0 54,100",
              "line 26,22 52,0 52,100 | line 22,100 82,100"),
          ways(
              "curve 10,26 30,3 68,3 85,27 62,58 8,100 | line 8,100 94,100",
              "curve 12,20 42,0 78,12 74,44 38,84 12,96 20,76 50,86 94,98"),
          ways(
              "curve 12,13 45,0 80,13 76,38 40,48 | curve 40,48 80,55 88,80 52,100 10,88",
              "line 12,2 86,2 44,40 | curve 44,40 84,50 88,80 50,100 8,90"),
          ways("line 70,100 70,0 6,66 96,66", "line 18,2 10,54 90,50 | line 76,6 68,100"),
          ways(
              "line 86,0 22,2 16,44 | curve 16,44 50,34 84,52 82,84 46,100 8,90",
              "curve 84,4 30,4 20,42 60,44 86,70 60,98 10,94"),
          ways(
              "curve 76,2 36,22 10,64 24,95 64,98 86,74 62,50 16,66",
              "line 50,0 16,60 | curve 16,60 14,90 50,100 82,80 60,56 16,70"),
          ways(
              "line 6,5 90,5 40,100",
              "line 8,6 88,3 42,100 | line 26,50 80,46",
              "line 10,24 10,4 | curve 10,4 50,10 90,3 64,42 50,100"),
          ways(
              "curve 50,47 18,28 30,3 70,3 82,28 50,47 14,73 30,100 70,100 86,73 50,47",
              "curve 82,14 50,0 20,20 50,46 84,76 50,100 16,78 50,48 84,14"),
          ways(
              "curve 84,26 54,0 16,20 22,48 60,52 84,26 | curve 84,26 82,62 58,100",
              "curve 84,10 40,2 14,30 40,50 80,30 | line 84,8 78,100"));

  private DigitStrokes() {}

  /** The ways to write a digit of 0 to 9, each a list of strokes. */
  static List<List<Stroke>> of(int digit) {
    return WAYS.get(digit);
  }

  private static List<List<Stroke>> ways(String... ways) {
    return Arrays.stream(ways)
        .map(way -> Arrays.stream(way.split(" \\| ")).map(DigitStrokes::stroke).toList())
        .toList();
  }

  private static Stroke stroke(String text) {
    String[] words = text.split("[ ,]");
    double[] points =
        Arrays.stream(words).skip(1).mapToDouble(word -> Integer.parseInt(word) / 100.0).toArray();
    return new Stroke(words[0].equals("curve"), points);
  }
}
