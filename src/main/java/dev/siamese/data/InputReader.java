package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Reads images to be asked about, of whatever form a file or folder has, with their names.
 *
 * @param settings what the user says of them, and what a model wants
 * @param environment names the folder for what would take too much memory
 * @param notices takes what the user should know, a line each
 */
record InputReader(ReadSettings settings, Environment environment, Consumer<String> notices) {

  ImageCollection read(Path input) throws IOException {
    ImageFinder finder = new ImageFinder(settings, false, notices);
    if (Files.isDirectory(input)) {
      return collection(finder.inFolder(input), input);
    }
    if (!Files.isRegularFile(input)) {
      throw new IOException(
          "expected a picture, a folder of them or a data set, found none: " + input);
    }
    if (IdxReader.isIdx(input)) {
      return ofIdx(input);
    }
    Optional<FoundImages> found = finder.inFile(input);
    return found.isPresent()
        ? collection(found.get(), input)
        : ImageCollection.ofFiles(List.of(input), settings.preparation(ImageShape.MNIST));
  }

  private ImageCollection collection(FoundImages found, Path input) throws IOException {
    return found instanceof FoundImages.Arrays arrays
        ? ofArrays(arrays)
        : ofFiles((FoundImages.Files) found, input);
  }

  private ImageCollection ofArrays(FoundImages.Arrays arrays) throws IOException {
    Map<Part, LabeledImages> parts = arrays.dataset().parts();
    List<String> names = new ArrayList<>();
    parts.forEach(
        (part, images) ->
            names.addAll(numbers(images.size(), parts.size() == 1 ? "" : part.text() + "/")));
    LabeledImages images = arrays.dataset().whole(environment);
    FaintImages.remark(arrays.dataset()).ifPresent(notices);
    InkChoice.remark(images, settings.ink()).ifPresent(notices);
    return new ImageCollection(
        names, images.fitted(settings.shape(images.shape())), arrays.labeled());
  }

  private static List<String> numbers(int count, String before) {
    return IntStream.range(0, count).mapToObj(number -> before + number).toList();
  }

  /** Images of one file, not of those too that belong to it. */
  private ImageCollection ofIdx(Path file) throws IOException {
    Optional<Path> labels = IdxFolder.labelsBeside(file);
    boolean transposed = IdxFolder.isTransposed(file, settings.transposed());
    DatasetParts parts = new DatasetParts();
    if (labels.isPresent()) {
      parts.put(Part.TRAIN, IdxReader.read(file, labels.get(), transposed));
    } else {
      ArrayContent content = IdxReader.readImages(file);
      List<String> none = Collections.nCopies(content.shape()[0], NpzReader.UNLABELED);
      parts.put(Part.TRAIN, content.labeled(none, transposed, "images in " + file, "labels"));
    }
    return ofArrays(new FoundImages.Arrays(parts.dataset("images", file), labels.isPresent()));
  }

  private ImageCollection ofFiles(FoundImages.Files found, Path input) throws IOException {
    boolean labeled = found.loose().isEmpty();
    List<Path> files = found.classed().files();
    if (!labeled) {
      files = new ArrayList<>(files);
      files.addAll(0, found.loose().files());
    }
    if (files.isEmpty()) {
      throw new IOException(
          "expected pictures (%s), found none in %s".formatted(PictureFormat.list(), input));
    }
    PictureReader read =
        PictureReader.read(files, settings, environment.cache(), found.faults(), notices);
    List<String> all = PictureReader.names(files, input);
    List<String> names = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int file : read.used()) {
      names.add(all.get(file));
      labels.add(labeled ? found.classed().get(file).label() : NpzReader.UNLABELED);
    }
    DatasetParts parts = new DatasetParts();
    parts.put(Part.TRAIN, read.images(read.used(), labels.stream(), List.of()));
    return new ImageCollection(names, parts.dataset("pictures", input).train(), labeled);
  }
}
