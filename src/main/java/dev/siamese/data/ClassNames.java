package dev.siamese.data;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the classes of a data set are called.
 *
 * @param names the name of each label from 0 on; empty where labels are called as they are written,
 *     0, 1, 2 and so on
 */
public record ClassNames(List<String> names) {
  /** Labels without names. */
  public static final ClassNames NUMBERS = new ClassNames(List.of());

  private static final Pattern LABEL = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

  /** Copies the list. */
  public ClassNames {
    names = List.copyOf(names);
  }

  /**
   * The classes that occur. Where all of them are numbers from 0 on, those are the labels; other
   * integers are labelled in their order, and names in that of their letters.
   */
  static ClassNames of(Collection<String> occurring) {
    TreeSet<String> names = new TreeSet<>(occurring);
    if (names.stream().allMatch(name -> LABEL.matcher(name).matches())) {
      return NUMBERS;
    }
    if (names.stream().allMatch(name -> INTEGER.matcher(name).matches())) {
      return new ClassNames(
          names.stream().map(Long::valueOf).sorted().map(Object::toString).toList());
    }
    return new ClassNames(List.copyOf(names));
  }

  /** The name of a label. */
  public String name(int label) {
    return names.isEmpty() ? Integer.toString(label) : names.get(label);
  }

  /** The labels of images that are labelled by the names of their classes: (n). */
  int[] labels(List<String> classes) {
    if (names.isEmpty()) {
      return classes.stream().mapToInt(Integer::parseInt).toArray();
    }
    Map<String, Integer> places = new HashMap<>();
    for (String name : names) {
      places.put(name, places.size());
    }
    return classes.stream().mapToInt(places::get).toArray();
  }
}
