package dev.siamese.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is left out of a file, in one line for all layers of which the same is left out. */
final class Notices {
  private static final int MOST_NAMED = 3;

  private final Map<String, Set<String>> owners = new LinkedHashMap<>();

  /**
   * Adds a line.
   *
   * @param line with %s for whom it is about
   * @param owner for instance "Conv2D "conv2d""
   */
  void add(String line, String owner) {
    owners.computeIfAbsent(line, key -> new LinkedHashSet<>()).add(owner);
  }

  /** The lines, in the order in which they came up. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    owners.forEach((line, all) -> lines.add(line.formatted(join(List.copyOf(all)))));
    return lines;
  }

  private static String join(List<String> all) {
    String named = String.join(", ", all.subList(0, Math.min(MOST_NAMED, all.size())));
    return all.size() <= MOST_NAMED
        ? named
        : "%s and %d more".formatted(named, all.size() - MOST_NAMED);
  }
}
