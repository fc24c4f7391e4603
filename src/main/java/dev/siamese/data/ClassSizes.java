package dev.siamese.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many images each class has.
 *
 * @param images what is counted
 * @param classes the labels that occur, ascending
 * @param sizes how often each does
 */
record ClassSizes(LabeledImages images, int[] classes, int[] sizes) {
  private static final int MOST_NAMED = 5;

  static ClassSizes of(LabeledImages images) {
    int[] classes = images.classes();
    int[] sizes = new int[classes.length];
    for (int image = 0; image < images.size(); image++) {
      sizes[Arrays.binarySearch(classes, images.label(image))]++;
    }
    return new ClassSizes(images, classes, sizes);
  }

  /** How many images there are of each class, by its name. */
  Map<String, Integer> byName() {
    Map<String, Integer> named = new LinkedHashMap<>();
    for (int i = 0; i < classes.length; i++) {
      named.put(images.classNames().name(classes[i]), sizes[i]);
    }
    return named;
  }

  /** So many images and classes, for messages. */
  static String counted(int images, int classes) {
    return "%d %s of %d %s"
        .formatted(
            images, images == 1 ? "image" : "images", classes, classes == 1 ? "class" : "classes");
  }

  /** Whether pairs of two classes and pairs of one can be drawn. */
  boolean makePairs() {
    return classes.length > 1 && classes.length < images.size();
  }

  /**
   * Checks that pairs of two classes and pairs of one can be drawn.
   *
   * @throws IllegalArgumentException when they cannot
   */
  void requirePairs(String part) {
    if (classes.length < 2) {
      throw new IllegalArgumentException(
          "expected %s images of at least two classes, found %s"
              .formatted(part, counted(images.size(), classes.length)));
    }
    if (classes.length == images.size()) {
      throw new IllegalArgumentException(
          "expected two %s images of one class, for pairs of the same class, found %d images of %d"
                  .formatted(part, images.size(), classes.length)
              + " classes");
    }
  }

  /** Adds a line if there are classes of one image. */
  void tellSingles(String part, List<String> notices) {
    int[] singles = IntStream.range(0, sizes.length).filter(i -> sizes[i] == 1).toArray();
    if (singles.length > 0) {
      String some =
          Arrays.stream(singles)
              .limit(MOST_NAMED)
              .mapToObj(i -> images.classNames().name(classes[i]))
              .collect(Collectors.joining(", "));
      notices.add(
          "%d of %d %s classes have one image (%s%s), which makes pairs of different classes only."
              .formatted(
                  singles.length,
                  classes.length,
                  part,
                  some,
                  singles.length > MOST_NAMED ? ", …" : ""));
    }
  }

  /** The first images of each class in its share, at most so many together, in their order. */
  LabeledImages first(int limit) {
    if (limit >= images.size()) {
      return images;
    }
    int[] left = ClassShares.counts(sizes, limit);
    return images.select(
        IntStream.range(0, images.size())
            .filter(image -> left[Arrays.binarySearch(classes, images.label(image))]-- > 0)
            .toArray());
  }
}
