package dev.siamese.data;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Arrays of images and of labels that belong together by their names.
 *
 * @param images the images of each part
 * @param labels the labels of each part
 * @param <A> how an array is found
 */
record NamedArrays<A>(Map<Part, A> images, Map<Part, A> labels) {

  /** Reads an array. */
  interface Reader<A, T> {
    T read(A array) throws IOException;
  }

  /**
   * The data sets that some arrays make, by what their names have beside part and kind.
   *
   * @param named arrays by their names; of two of one meaning the first counts
   */
  static <A> Map<String, NamedArrays<A>> group(Map<String, A> named) {
    Map<String, NamedArrays<A>> sets = new TreeMap<>();
    named.forEach(
        (text, array) ->
            ArrayName.of(text)
                .ifPresent(
                    name -> {
                      NamedArrays<A> set =
                          sets.computeIfAbsent(
                              name.set(),
                              any ->
                                  new NamedArrays<>(
                                      new EnumMap<>(Part.class), new EnumMap<>(Part.class)));
                      (name.images() ? set.images : set.labels).putIfAbsent(name.part(), array);
                    }));
    sets.values().removeIf(set -> set.images.isEmpty());
    return sets;
  }

  /**
   * Checks that there are images to train on, labels for all images, and images for all labels.
   *
   * @param found all names
   * @param source where they were found
   */
  void requireLabels(Collection<String> found, Object source) throws IOException {
    if (!images.containsKey(Part.TRAIN)) {
      throw new IOException(
          "expected images to train on, found %s in %s".formatted(some(found), source));
    }
    for (Part part : Part.values()) {
      boolean labeled = labels.containsKey(part);
      if (labeled != images.containsKey(part)) {
        throw new IOException(
            "expected %s %s for the %s %s, found %s in %s"
                .formatted(
                    part.text(),
                    labeled ? "images" : "labels",
                    part.text(),
                    labeled ? "labels" : "images",
                    some(found),
                    source));
      }
    }
  }

  /** A few of the names. */
  static String some(Collection<String> names) {
    int most = 8;
    return names.stream().sorted().limit(most).toList() + (names.size() > most ? " and more" : "");
  }
}
