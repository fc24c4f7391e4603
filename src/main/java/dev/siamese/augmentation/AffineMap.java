package dev.siamese.augmentation;

/**
 * Where each place of a changed image comes from, in pixels from the centre: x to the right and y
 * downwards. Each change is added to those before it, as if the image had been changed by one after
 * the other.
 */
final class AffineMap {
  /** The source's x is {@code xx · x + xy · y + x0}, its y is {@code yx · x + yy · y + y0}. */
  private double xx;

  private double xy;
  private double x0;
  private double yx;
  private double yy;
  private double y0;

  AffineMap() {
    reset();
  }

  /** Forgets all changes. */
  void reset() {
    xx = 1;
    xy = 0;
    x0 = 0;
    yx = 0;
    yy = 1;
    y0 = 0;
  }

  /** Moves the image to the right and down. */
  void shift(double across, double down) {
    x0 -= xx * across + xy * down;
    y0 -= yx * across + yy * down;
  }

  /** Turns the image clockwise around the centre. */
  void rotate(double radians) {
    // Strict: Math.sin may differ in its last bit from machine to machine.
    double sine = StrictMath.sin(radians);
    double cosine = StrictMath.cos(radians);
    multiply(cosine, sine, -sine, cosine);
  }

  /** Makes the image wider and higher by these factors, and mirrors it by negative ones. */
  void scale(double across, double down) {
    multiply(1 / across, 0, 0, 1 / down);
  }

  /** Moves rows below the centre to the right by so much of their distance, those above left. */
  void shear(double slope) {
    multiply(1, -slope, 0, 1);
  }

  /** Adds a change, given by what undoes it: x comes from {@code a · x + b · y}, and so on. */
  private void multiply(double a, double b, double c, double d) {
    double wasXx = xx;
    double wasYx = yx;
    xx = wasXx * a + xy * c;
    xy = wasXx * b + xy * d;
    yx = wasYx * a + yy * c;
    yy = wasYx * b + yy * d;
  }

  /** Whether everything stays where it is. */
  boolean isIdentity() {
    return xx == 1 && xy == 0 && x0 == 0 && yx == 0 && yy == 1 && y0 == 0;
  }

  /** Where a place comes from, across. */
  double sourceX(double x, double y) {
    return xx * x + xy * y + x0;
  }

  /** Where a place comes from, down. */
  double sourceY(double x, double y) {
    return yx * x + yy * y + y0;
  }

  /** How far apart neighbours in a row come from, across. */
  double stepX() {
    return xx;
  }

  /** How far apart neighbours in a row come from, down. */
  double stepY() {
    return yx;
  }
}
