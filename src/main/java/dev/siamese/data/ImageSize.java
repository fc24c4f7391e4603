package dev.siamese.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows and columns of an image.
 *
 * @param height rows
 * @param width columns
 */
public record ImageSize(int height, int width) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,4})[x×]([0-9]{1,4})");

  /**
   * The size of a text such as 64x48: 64 rows of 48 pixels.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static ImageSize of(String text) {
    Matcher sizes = TEXT.matcher(text);
    if (!sizes.matches()) {
      throw new IllegalArgumentException(
          "expected an image size as in 64x48, height by width, found " + text);
    }
    return new ImageSize(Integer.parseInt(sizes.group(1)), Integer.parseInt(sizes.group(2)));
  }
}
