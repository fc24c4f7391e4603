package dev.siamese.data;

import java.util.Optional;

/** Arrays whose images are almost black, most often as their white is another number than 255. */
final class FaintImages {
  private static final int BRIGHTEST = 32;

  private FaintImages() {}

  /** What to say of a data set of arrays of which no image has a bright pixel. */
  static Optional<String> remark(Dataset dataset) {
    int largest = 0;
    for (LabeledImages images : dataset.parts().values()) {
      for (int image = 0; image < images.size() && largest <= BRIGHTEST; image++) {
        for (byte value : images.copy(image)) {
          largest = Math.max(largest, value & 0xFF);
        }
      }
    }
    if (largest > BRIGHTEST) {
      return Optional.empty();
    }
    String found =
        "The largest value of the images is %d, where 0 to 255 are expected, in %s: "
            .formatted(largest, dataset.origin());
    return Optional.of(
        found
            + (largest == 0
                ? "all of them are black."
                : "they are almost black (if that is white, save x * 255.0 / m, where m is the"
                    + " maximum of all parts)."));
  }
}
