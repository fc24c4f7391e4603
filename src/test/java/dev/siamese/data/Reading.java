package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads data sets of any form, keeping what the user would be told. */
final class Reading {
  private final List<String> notices = new ArrayList<>();

  List<String> notices() {
    return notices;
  }

  Dataset dataset(Path path, ReadSettings settings) throws IOException {
    return new DatasetReader(settings, path.resolveSibling("cache"), notices::add)
        .read(path.toString());
  }

  Dataset dataset(Path path) throws IOException {
    return dataset(path, ReadSettings.DEFAULT);
  }
}
