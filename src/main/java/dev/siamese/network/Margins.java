package dev.siamese.network;

/**
 * Rows and columns at the four sides of a map.
 *
 * @param top 0 or greater, as all
 */
public record Margins(int top, int bottom, int left, int right) {

  /**
   * Checks the margins.
   *
   * @throws IllegalArgumentException when one is negative
   */
  public Margins {
    if (top < 0 || bottom < 0 || left < 0 || right < 0) {
      throw new IllegalArgumentException(
          "expected margins of 0 or greater, found ((%d, %d), (%d, %d))"
              .formatted(top, bottom, left, right));
    }
  }

  /** Maps that are larger by this factor times the margins, -1 for smaller ones. */
  TensorShape around(TensorShape maps, int sign) {
    Window.requireMaps(maps);
    return maps.with(0, Math.addExact(maps.size(0), sign * (top + bottom)))
        .with(1, Math.addExact(maps.size(1), sign * (left + right)));
  }
}
