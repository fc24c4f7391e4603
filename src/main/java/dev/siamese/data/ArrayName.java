package dev.siamese.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the name of an array, or of its file, tells: "x_train", "train_images", "testLabels",
 * "emnist-letters-test-images-idx3-ubyte.gz", "kmnist-train-imgs.npz".
 *
 * @param set whatever else stands in it, as of several data sets in one folder
 * @param part what the array is for, training where nothing else is said
 * @param images whether it holds images, else labels
 */
record ArrayName(String set, Part part, boolean images) {
  private static final Map<String, Part> PARTS =
      Map.ofEntries(
          Map.entry("train", Part.TRAIN),
          Map.entry("training", Part.TRAIN),
          Map.entry("tr", Part.TRAIN),
          Map.entry("val", Part.VALIDATION),
          Map.entry("valid", Part.VALIDATION),
          Map.entry("validation", Part.VALIDATION),
          Map.entry("validate", Part.VALIDATION),
          Map.entry("dev", Part.VALIDATION),
          Map.entry("test", Part.TEST),
          Map.entry("testing", Part.TEST),
          Map.entry("te", Part.TEST),
          Map.entry("t10k", Part.TEST));

  private static final Set<String> IMAGES =
      Set.of("x", "images", "image", "imgs", "img", "data", "features", "pixels", "pictures");
  private static final Set<String> LABELS =
      Set.of("y", "labels", "label", "targets", "target", "classes");
  private static final Set<String> SILENT =
      Set.of("idx1", "idx3", "idx4", "ubyte", "gz", "npy", "npz", "zip");

  /** What "train", "valid" and the like mean, in any case. */
  static Optional<Part> part(String word) {
    return Optional.ofNullable(PARTS.get(word.toLowerCase(Locale.ROOT)));
  }

  /** The part that a whole name tells of, as of a file "mnist_test.csv". */
  static Optional<Part> partIn(String name) {
    return words(name).stream().map(ArrayName::part).flatMap(Optional::stream).findFirst();
  }

  /** What a name tells, if it tells whether it is of images or of labels. */
  static Optional<ArrayName> of(String name) {
    List<String> rest = new ArrayList<>();
    Part part = Part.TRAIN;
    Boolean images = null;
    for (String word : words(name)) {
      if (PARTS.containsKey(word)) {
        part = PARTS.get(word);
      } else if (IMAGES.contains(word)) {
        images = true;
      } else if (LABELS.contains(word)) {
        images = false;
      } else if (!SILENT.contains(word)) {
        rest.add(word);
      }
    }
    return images == null
        ? Optional.empty()
        : Optional.of(new ArrayName(String.join("-", rest), part, images));
  }

  private static List<String> words(String name) {
    String apart =
        name.replaceAll("([a-z])([A-Z])", "$1 $2").replaceAll("^([xXyY])(tr|te|val)", "$1 $2");
    return List.of(apart.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"));
  }
}
