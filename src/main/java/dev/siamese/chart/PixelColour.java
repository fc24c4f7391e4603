package dev.siamese.chart;

import dev.siamese.data.LabeledImages;

/** The colours of images' pixels. */
final class PixelColour {
  private PixelColour() {}

  /** The colour of a pixel as Java2D has it, whatever the channels. */
  static int of(LabeledImages images, int image, int row, int column) {
    int last = images.shape().channels() - 1;
    int red = images.pixel(image, row, column, 0);
    int green = images.pixel(image, row, column, last / 2);
    int blue = images.pixel(image, row, column, last);
    return red << 16 | green << 8 | blue;
  }
}
