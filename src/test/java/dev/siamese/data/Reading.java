package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads data sets and pictures, keeping what the user would be told. */
public final class Reading implements DatasetListener {
  private final List<String> notices = new ArrayList<>();

  @Override
  public void notice(String message) {
    notices.add(message);
  }

  @Override
  public void downloading(long bytes, long total) {
    throw new AssertionError("nothing can be downloaded here");
  }

  List<String> notices() {
    return notices;
  }

  /** The images of a file or folder in this shape. */
  public static ImageCollection collection(Path input, ImageShape shape) throws IOException {
    return new Reading().read(input, shape);
  }

  ImageCollection read(Path input, ImageShape shape) throws IOException {
    return ImageCollection.read(
        input,
        ReadSettings.DEFAULT.withPreparation(Preparation.of(shape, ValueRange.ZERO_TO_ONE)),
        this);
  }

  /** A data set of any form. */
  Dataset dataset(Path path, ReadSettings settings) throws IOException {
    return new DatasetReader(settings, path.resolveSibling("cache"), this).read(path.toString());
  }

  Dataset dataset(Path path) throws IOException {
    return dataset(path, ReadSettings.DEFAULT);
  }
}
