package dev.siamese.data;

/**
 * What a picture file tells before it is decoded.
 *
 * @param height rows, upright
 * @param width columns, upright
 * @param channels 1 for grey values, 3 for colours
 */
record PictureShape(int height, int width, int channels, PictureFormat format) {
  @Override
  public String toString() {
    return height + "×" + width;
  }
}
