package dev.siamese.data;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Classes that a network is to be tested on and must not see before.
 *
 * @param labels of these classes
 */
record HeldOutClasses(Set<Integer> labels) {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})-(\\d{1,9})");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final int MOST_TOLD = 12;

  /**
   * The classes that names, and ranges of numbers, stand for.
   *
   * @param names as in 7-9
   * @throws IllegalArgumentException when one is of no class of the data set
   */
  static HeldOutClasses of(List<String> names, Dataset dataset) {
    dataset.requireLabels("for classes that are held out");
    Set<Integer> occurring = new TreeSet<>();
    for (LabeledImages images : dataset.parts().values()) {
      IntStream.of(images.classes()).forEach(occurring::add);
    }
    Set<Integer> labels = new HashSet<>();
    for (String name : names) {
      Set<Integer> found = named(dataset.classNames(), occurring, name::equals);
      Matcher range = RANGE.matcher(name);
      if (found.isEmpty() && range.matches()) {
        int first = Integer.parseInt(range.group(1));
        int last = Integer.parseInt(range.group(2));
        found = named(dataset.classNames(), occurring, other -> isBetween(other, first, last));
      }
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "expected classes to hold out, such as %s, found %s"
                .formatted(
                    occurring.stream()
                        .limit(MOST_TOLD)
                        .map(dataset.classNames()::name)
                        .collect(Collectors.joining(", ")),
                    name));
      }
      labels.addAll(found);
    }
    return new HeldOutClasses(labels);
  }

  private static Set<Integer> named(
      ClassNames names, Set<Integer> occurring, Predicate<String> wanted) {
    return occurring.stream()
        .filter(label -> wanted.test(names.name(label)))
        .collect(Collectors.toSet());
  }

  private static boolean isBetween(String name, int first, int last) {
    if (!NUMBER.matcher(name).matches()) {
      return false;
    }
    int number = Integer.parseInt(name);
    return number >= first && number <= last;
  }

  /**
   * The data set with these classes in its test part alone, and no others there. Where it has no
   * such part, all their images are to test on.
   */
  Dataset apart(Dataset dataset) {
    LabeledImages tested = dataset.testPart().orElse(dataset.train());
    return new Dataset(
        dataset.name(),
        dataset.origin(),
        choose(dataset.train(), false),
        dataset.validationPart().map(images -> choose(images, false)),
        Optional.of(choose(tested, true)),
        dataset.pictures());
  }

  private LabeledImages choose(LabeledImages images, boolean heldOut) {
    return images.select(
        IntStream.range(0, images.size())
            .filter(image -> labels.contains(images.label(image)) == heldOut)
            .toArray());
  }
}
