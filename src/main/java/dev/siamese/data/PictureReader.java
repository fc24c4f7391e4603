package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Picture files, decoded and prepared.
 *
 * @param pixels the images of all files, those that cannot be used left empty
 * @param used the places of the files that can be used, ascending
 * @param survey what was seen of them
 */
record PictureReader(PixelStore pixels, int[] used, PictureSurvey survey) {

  /**
   * Reads files on all cores.
   *
   * @param settings says how they are prepared, where their own sizes do not
   * @param cache the folder for what would take too much memory
   * @param faults is told of files that cannot be used
   * @param notices takes what the user should know, a line each
   * @throws IOException when none can be used, or one cannot and all must, or there is no room
   */
  static PictureReader read(
      List<Path> files, ReadSettings settings, Path cache, Faults faults, Consumer<String> notices)
      throws IOException {
    PictureShapes shapes =
        settings.hasShape() ? new PictureShapes(Map.of()) : PictureShapes.of(files);
    Preparation preparation = settings.preparation(shapes.suitable()).decidedBy(files);
    PixelStore pixels = PixelStore.create(files.size(), preparation.shape().pixels(), cache);
    PreparedPictures read = PreparedPictures.read(files, preparation, pixels::write);
    for (IOException fault : read.faults().values()) {
      faults.add(fault);
    }
    int[] used =
        IntStream.range(0, files.size()).filter(file -> !read.faults().containsKey(file)).toArray();
    faults.tell(used.length, notices);
    if (used.length == 0) {
      throw new IOException(
          "expected pictures (%s), found none that can be read among %d files, such as %s"
              .formatted(PictureFormat.list(), files.size(), files.get(0)));
    }
    read.remark().ifPresent(remark -> notices.accept(remark + "."));
    PictureSurvey survey =
        new PictureSurvey(
            preparation,
            shapes.by(PictureShape::toString),
            shapes.by(shape -> shape.format().name()),
            faults.found());
    return new PictureReader(pixels, used, survey);
  }

  /** Reads the pictures of a data set. */
  static Dataset dataset(
      PictureList pictures,
      Path origin,
      ReadSettings settings,
      Path cache,
      Faults faults,
      Consumer<String> notices)
      throws IOException {
    PictureReader read = read(pictures.files(), settings, cache, faults, notices);
    DatasetParts parts = new DatasetParts();
    List<String> names = names(pictures.files(), origin);
    for (Part part : Part.values()) {
      int[] rows =
          IntStream.of(read.used).filter(row -> pictures.get(row).part() == part).toArray();
      if (rows.length > 0) {
        parts.put(
            part,
            read.images(
                rows, IntStream.of(rows).mapToObj(row -> pictures.get(row).label()), names));
      }
    }
    Dataset dataset = parts.dataset(DatasetParts.nameOf(origin), origin);
    return dataset.withPictures(Optional.of(read.survey));
  }

  /**
   * What files are called: by their paths in a folder, or beside a table of them, where they are
   * there, however the user writes its path.
   */
  static List<String> names(List<Path> files, Path origin) {
    Path folder = Files.isDirectory(origin) ? origin : origin.resolveSibling("");
    boolean here = folder.toString().isEmpty();
    return files.stream()
        .map(file -> !here && file.startsWith(folder) ? folder.relativize(file) : file)
        .map(file -> file.toString().replace('\\', '/'))
        .toList();
  }

  /**
   * Some of the images with their labels.
   *
   * @param names of all files, or nothing
   */
  DatasetParts.Images images(int[] rows, Stream<String> labels, List<String> names) {
    return new DatasetParts.Images(
        pixels, rows, survey.preparation().shape(), labels.toList(), names);
  }
}
