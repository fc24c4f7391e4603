package dev.siamese.data;

import java.util.List;

/**
 * The ways a digit is written: strokes through points of the unit square, x to the right and y
 * down.
 */
final class DigitStrokes {

  /**
   * A line that the pen draws without being lifted.
   *
   * @param curved whether it bends smoothly through its points or runs straight between them
   * @param points x and y in turns
   */
  record Stroke(boolean curved, double... points) {
    int size() {
      return points.length / 2;
    }
  }

  private static final List<List<List<Stroke>>> WAYS =
      List.of(
          List.of(
              List.of(
                  curve(
                      .5, 0, .16, .17, .06, .5, .17, .84, .5, 1, .83, .84, .94, .5, .84, .17, .5,
                      0)),
              List.of(
                  curve(
                      .62, .04, .25, .1, .08, .5, .2, .9, .55, 1, .88, .8, .92, .4, .72, .08, .4,
                      .06))),
          List.of(
              List.of(line(.5, 0, .5, 1)),
              List.of(line(.24, .24, .54, 0, .54, 1)),
              List.of(line(.26, .22, .52, 0, .52, 1), line(.22, 1, .82, 1))),
          List.of(
              List.of(
                  curve(.1, .26, .3, .03, .68, .03, .85, .27, .62, .58, .08, 1),
                  line(.08, 1, .94, 1)),
              List.of(
                  curve(
                      .12, .2, .42, 0, .78, .12, .74, .44, .38, .84, .12, .96, .2, .76, .5, .86,
                      .94, .98))),
          List.of(
              List.of(
                  curve(.12, .13, .45, 0, .8, .13, .76, .38, .4, .48),
                  curve(.4, .48, .8, .55, .88, .8, .52, 1, .1, .88)),
              List.of(
                  line(.12, .02, .86, .02, .44, .4),
                  curve(.44, .4, .84, .5, .88, .8, .5, 1, .08, .9))),
          List.of(
              List.of(line(.7, 1, .7, 0, .06, .66, .96, .66)),
              List.of(line(.18, .02, .1, .54, .9, .5), line(.76, .06, .68, 1))),
          List.of(
              List.of(
                  line(.86, 0, .22, .02, .16, .44),
                  curve(.16, .44, .5, .34, .84, .52, .82, .84, .46, 1, .08, .9)),
              List.of(curve(.84, .04, .3, .04, .2, .42, .6, .44, .86, .7, .6, .98, .1, .94))),
          List.of(
              List.of(
                  curve(
                      .76, .02, .36, .22, .1, .64, .24, .95, .64, .98, .86, .74, .62, .5, .16,
                      .66)),
              List.of(
                  line(.5, 0, .16, .6), curve(.16, .6, .14, .9, .5, 1, .82, .8, .6, .56, .16, .7))),
          List.of(
              List.of(line(.06, .05, .9, .05, .4, 1)),
              List.of(line(.08, .06, .88, .03, .42, 1), line(.26, .5, .8, .46)),
              List.of(line(.1, .24, .1, .04), curve(.1, .04, .5, .1, .9, .03, .64, .42, .5, 1))),
          List.of(
              List.of(
                  curve(
                      .5, .47, .18, .28, .3, .03, .7, .03, .82, .28, .5, .47, .14, .73, .3, 1, .7,
                      1, .86, .73, .5, .47)),
              List.of(
                  curve(
                      .82, .14, .5, 0, .2, .2, .5, .46, .84, .76, .5, 1, .16, .78, .5, .48, .84,
                      .14))),
          List.of(
              List.of(
                  curve(.84, .26, .54, 0, .16, .2, .22, .48, .6, .52, .84, .26),
                  curve(.84, .26, .82, .62, .58, 1)),
              List.of(curve(.84, .1, .4, .02, .14, .3, .4, .5, .8, .3), line(.84, .08, .78, 1))));

  private DigitStrokes() {}

  /** The ways to write a digit of 0 to 9, each a list of strokes. */
  static List<List<Stroke>> of(int digit) {
    return WAYS.get(digit);
  }

  private static Stroke curve(double... points) {
    return new Stroke(true, points);
  }

  private static Stroke line(double... points) {
    return new Stroke(false, points);
  }
}
