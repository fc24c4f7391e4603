package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The parts of a data set as they are read, whose classes are named together. */
final class DatasetParts {
  /**
   * Images of a part.
   *
   * @param pixels (n, height, width, channels)
   * @param rows where each image is in there: (n)
   * @param labels the class of each image, as it is written
   * @param names of the files of the pixels, or nothing
   */
  record Images(
      PixelStore pixels, int[] rows, ImageShape shape, List<String> labels, List<String> names) {
    /** Images that are not in files of their own. */
    Images(PixelStore pixels, int[] rows, ImageShape shape, List<String> labels) {
      this(pixels, rows, shape, labels, List.of());
    }
  }

  private final Map<Part, Images> parts = new EnumMap<>(Part.class);

  void put(Part part, Images images) {
    parts.put(part, images);
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /**
   * Joins the parts. The first of them trains, if none is for that.
   *
   * @param name what the data set is called unless it is MNIST
   * @throws IOException when the images of the parts differ in shape
   */
  Dataset dataset(String name, Path origin) throws IOException {
    TreeSet<String> occurring = new TreeSet<>();
    parts.values().forEach(images -> occurring.addAll(images.labels));
    ClassNames names = ClassNames.of(occurring);
    Map<Part, LabeledImages> named = new EnumMap<>(Part.class);
    parts.forEach(
        (part, images) ->
            named.put(
                part,
                new LabeledImages(
                    images.pixels,
                    images.rows,
                    names.labels(images.labels),
                    images.shape,
                    names,
                    images.names)));
    Part first = named.keySet().iterator().next();
    LabeledImages train = named.remove(first);
    try {
      return Mnist.recognized(
          new Dataset(
              name,
              origin.toString(),
              train,
              Optional.ofNullable(named.get(Part.VALIDATION)),
              Optional.ofNullable(named.get(Part.TEST)),
              Optional.empty()));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage() + " in " + origin, e);
    }
  }

  /** The name of a data set in a file or folder. */
  static String nameOf(Path origin) {
    Path name = origin.toAbsolutePath().normalize().getFileName();
    return name == null
        ? "images"
        : name.toString().replaceFirst("(?i)\\.(npz|csv|tsv)(\\.gz)?$", "");
  }
}
