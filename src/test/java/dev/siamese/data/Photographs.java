package dev.siamese.data;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Handwritten digits as people photograph them, drawn for tests and for the documentation. */
public enum Photographs {
  /** A blue pen on grey paper in uneven light. */
  BLUE_PEN(new Color(205, 203, 198), new Color(30, 50, 140), 0.05, 0.6, 0.35, 7),
  /** A hard pencil. */
  PENCIL(new Color(205, 203, 198), new Color(125, 125, 130), 0.015, 0.6, 0.3, 5),
  /** Chalk. */
  BLACKBOARD(new Color(40, 60, 50), new Color(230, 230, 225), 0.06, 0.55, 0.3, 7),
  /** Far away and off the middle. */
  SMALL(new Color(215, 210, 200), new Color(40, 40, 45), 0.012, 0.2, 0.3, 7),
  /** A felt pen on white. */
  MARKER(new Color(240, 240, 238), new Color(25, 25, 30), 0.12, 0.6, 0.1, 3),
  /** Red ink on yellow paper. */
  YELLOW_PAPER(new Color(235, 215, 120), new Color(190, 30, 40), 0.04, 0.5, 0.4, 4);

  private static final int HEIGHT = 480;
  private static final int WIDTH = 360;
  private static final int STEPS = 16;

  private final Color paper;
  private final Color ink;
  private final double pen;
  private final double size;
  private final double shade;
  private final double noise;

  Photographs(Color paper, Color ink, double pen, double size, double shade, double noise) {
    this.paper = paper;
    this.ink = ink;
    this.pen = pen;
    this.size = size;
    this.shade = shade;
    this.noise = noise;
  }

  /** A digit, written the usual way by a hand that the seed fixes. */
  public BufferedImage draw(int digit, long seed) {
    SplittableRandom random = new SplittableRandom(seed * 1_000 + digit * 10L + ordinal());
    double height = HEIGHT * size * (0.9 + 0.2 * random.nextDouble());
    double width = height * (0.55 + 0.15 * random.nextDouble());
    double away = size < 0.4 ? 0.4 : 0.1;
    AffineTransform hand =
        AffineTransform.getTranslateInstance(
            WIDTH * (0.5 + away * (random.nextDouble() - 0.5)),
            HEIGHT * (0.5 + away * (random.nextDouble() - 0.5)));
    hand.rotate(0.25 * (random.nextDouble() - 0.5));
    hand.shear(-0.2 * random.nextDouble(), 0);
    hand.scale(width, height);
    hand.translate(-0.5, -0.5);

    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(paper);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setColor(ink);
    graphics.setStroke(
        new BasicStroke(
            (float) Math.max(2, HEIGHT * pen * (0.8 + 0.4 * random.nextDouble())),
            BasicStroke.CAP_ROUND,
            BasicStroke.JOIN_ROUND));
    for (DigitStrokes.Stroke stroke : DigitStrokes.of(digit).get(0)) {
      graphics.draw(hand.createTransformedShape(path(stroke, random)));
    }
    graphics.dispose();
    light(image, random);
    return image;
  }

  /** As {@link PictureFile} would read it. */
  DecodedPicture picture(int digit, long seed) {
    return picture(draw(digit, seed));
  }

  static DecodedPicture picture(BufferedImage image) {
    byte[] values = new byte[image.getHeight() * image.getWidth() * 3];
    int next = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int colour = image.getRGB(x, y);
        for (int shift = 16; shift >= 0; shift -= 8) {
          values[next++] = (byte) (colour >> shift);
        }
      }
    }
    return new DecodedPicture(image.getHeight(), image.getWidth(), 3, values, Optional.empty());
  }

  private static GeneralPath path(DigitStrokes.Stroke stroke, SplittableRandom random) {
    double[] x = new double[stroke.size()];
    double[] y = new double[stroke.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = stroke.points()[2 * i] + 0.04 * (random.nextDouble() - 0.5);
      y[i] = stroke.points()[2 * i + 1] + 0.04 * (random.nextDouble() - 0.5);
    }
    GeneralPath path = new GeneralPath();
    path.moveTo(x[0], y[0]);
    for (int i = 0; i + 1 < x.length; i++) {
      for (int step = 1; step <= STEPS; step++) {
        double t = (double) step / STEPS;
        path.lineTo(
            stroke.curved() ? between(x, i, t) : x[i] + t * (x[i + 1] - x[i]),
            stroke.curved() ? between(y, i, t) : y[i] + t * (y[i + 1] - y[i]));
      }
    }
    return path;
  }

  /** A point of the Catmull-Rom spline. */
  private static double between(double[] values, int i, double t) {
    double before = values[Math.max(0, i - 1)];
    double after = values[Math.min(values.length - 1, i + 2)];
    double from = values[i];
    double to = values[i + 1];
    return from
        + 0.5
            * t
            * (to
                - before
                + t
                    * (2 * before
                        - 5 * from
                        + 4 * to
                        - after
                        + t * (3 * (from - to) + after - before)));
  }

  /** Light falls off to one side, and the camera adds noise. */
  private void light(BufferedImage image, SplittableRandom random) {
    double angle = 2 * Math.PI * random.nextDouble();
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double across =
            (x / (double) WIDTH - 0.5) * Math.cos(angle)
                + (y / (double) HEIGHT - 0.5) * Math.sin(angle);
        double light = 1 - shade * (0.5 + across / 1.4);
        int colour = image.getRGB(x, y);
        int lit = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
          double value = (colour >> shift & 0xFF) * light + noise * normal(random);
          lit |= (int) Math.max(0, Math.min(255, Math.round(value))) << shift;
        }
        image.setRGB(x, y, lit);
      }
    }
  }

  private static double normal(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** Those that the documentation shows. */
  static List<Photographs> five() {
    return List.of(BLUE_PEN, PENCIL, BLACKBOARD, SMALL, YELLOW_PAPER);
  }
}
