package dev.siamese.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The files of a data set that cannot be used, and why. */
final class Faults {
  private static final int MOST_TOLD = 100;

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
    // Java's own exceptions may tell no more than the file's name.
    boolean bare = fault instanceof FileSystemException file && file.getReason() == null;
    found.add(bare ? "cannot read " + fault.getMessage() : fault.getMessage());
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
   * @param notices takes a line each
   */
  void tell(int used, Consumer<String> notices) {
    found.stream().limit(MOST_TOLD).forEach(fault -> notices.accept("Left out: " + fault + "."));
    if (!found.isEmpty()) {
      notices.accept(
          "%,d files are left out%s, %,d pictures are used."
              .formatted(
                  found.size(),
                  found.size() > MOST_TOLD ? " (the first %d are named)".formatted(MOST_TOLD) : "",
                  used));
    }
  }
}
