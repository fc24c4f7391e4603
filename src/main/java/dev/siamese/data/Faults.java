package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a data set that cannot be used, and why. */
final class Faults {
  private static final int MOST_TOLD = 10;

  private final boolean strict;
  private final List<String> found = new ArrayList<>();

  /**
   * None so far.
   *
   * @param strict whether the first one ends the reading
   */
  Faults(boolean strict) {
    this.strict = strict;
  }

  /**
   * Notes that a file is left out.
   *
   * @throws IOException when none may be
   */
  void add(IOException fault) throws IOException {
    if (strict) {
      throw fault;
    }
    found.add(fault.getMessage());
  }

  /** Notes that a file which nobody asked for is left out. */
  void foreign(Path file) throws IOException {
    add(new IOException("expected a picture, found a file of another kind: " + file));
  }

  /** What was wrong, a line for each file. */
  List<String> found() {
    return List.copyOf(found);
  }

  /**
   * Tells the first of them and how many there are.
   *
   * @param used how many files can be used
   */
  void tell(int used, DatasetListener listener) {
    found.stream().limit(MOST_TOLD).forEach(listener::notice);
    if (!found.isEmpty()) {
      listener.notice(
          "%,d of %,d files are left out%s."
              .formatted(
                  found.size(),
                  found.size() + used,
                  found.size() > MOST_TOLD ? ", of which %d are told".formatted(MOST_TOLD) : ""));
    }
  }
}
