package dev.siamese.cli;

import dev.siamese.data.ClassNames;
import dev.siamese.data.PairedImages;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a model is tested on.
 *
 * @param dataset the name of the data set
 * @param origin where it was read from, in words for the user
 * @param pairs the test pairs and their images
 * @param hasClasses whether the labels of the images mean something
 * @param imageNames what each image is called, by its position
 */
record TestSet(
    String dataset,
    String origin,
    PairedImages pairs,
    boolean hasClasses,
    IntFunction<String> imageNames) {

  /** Pairs of the test images of a data set, called by their files, else by their positions. */
  static TestSet of(String dataset, String origin, PairedImages pairs) {
    return new TestSet(dataset, origin, pairs, true, pairs.images()::description);
  }

  /** What the classes are called. */
  ClassNames classNames() {
    return pairs.images().classNames();
  }

  /** The classes of the images, if they are known. */
  Optional<int[]> labels() {
    return hasClasses ? Optional.of(pairs.images().labels()) : Optional.empty();
  }
}
