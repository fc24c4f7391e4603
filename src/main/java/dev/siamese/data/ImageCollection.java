package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Images to embed, each with a name.
 *
 * @param names the path of each image in its folder, or its position in an IDX file: (n)
 * @param images the images, all of class 0 when they are not labeled
 * @param labeled whether the labels of the images mean something
 */
public record ImageCollection(List<String> names, LabeledImages images, boolean labeled) {
  /** Checks that every image has a name. */
  public ImageCollection {
    names = List.copyOf(names);
    if (names.size() != images.size()) {
      throw new IllegalArgumentException(
          "expected %d names, found %d".formatted(images.size(), names.size()));
    }
  }

  /**
   * Reads a picture, the pictures of a folder and the folders in it in the order of their paths,
   * labelled by class folders if all are in some, or an IDX file of images, with its labels if
   * their file lies beside it.
   *
   * @param settings say how pictures are prepared; an IDX file's images are brought to their shape
   *     as {@link LabeledImages#fitted} does
   * @param listener is told what is left out
   * @throws IOException when there are none, or none can be used
   * @throws IllegalArgumentException when an array cannot hold as many images of this shape
   */
  public static ImageCollection read(Path input, ReadSettings settings, DatasetListener listener)
      throws IOException {
    if (Files.isDirectory(input)) {
      return ofFolder(input, settings, listener);
    }
    if (!Files.isRegularFile(input)) {
      throw new IOException(
          "expected a picture, a folder of them or an IDX file, found none: " + input);
    }
    return IdxReader.isIdx(input)
        ? ofIdx(input, settings.preparation().orElseThrow().shape())
        : ofPictures(
            List.of(input), List.of(), input.getParent(), settings, new Faults(true), listener);
  }

  private static ImageCollection ofFolder(
      Path folder, ReadSettings settings, DatasetListener listener) throws IOException {
    Faults faults = new Faults(settings.strict());
    PictureFolder pictures = PictureFolder.of(folder, faults);
    List<Path> files = new ArrayList<>(pictures.loose());
    pictures.classed().forEach(picture -> files.add(picture.file()));
    if (files.isEmpty()) {
      throw new IOException(
          "expected pictures (%s), found none in %s".formatted(PictureFormat.list(), folder));
    }
    List<String> labels =
        pictures.loose().isEmpty()
            ? pictures.classed().stream().map(LabeledPicture::label).toList()
            : List.of();
    return ofPictures(files, labels, folder, settings, faults, listener);
  }

  private static ImageCollection ofPictures(
      List<Path> files,
      List<String> labels,
      Path folder,
      ReadSettings settings,
      Faults faults,
      DatasetListener listener)
      throws IOException {
    PictureReader read =
        PictureReader.read(files, settings, Environment.system().cache(), faults, listener);
    List<String> names = new ArrayList<>();
    List<String> used = new ArrayList<>();
    for (int file : read.used()) {
      Path path = files.get(file);
      names.add((folder == null ? path : folder.relativize(path)).toString().replace('\\', '/'));
      used.add(labels.isEmpty() ? "0" : labels.get(file));
    }
    DatasetParts parts = new DatasetParts();
    parts.put(Part.TRAIN, read.images(read.used(), used.stream()));
    return new ImageCollection(names, parts.dataset("pictures", folder).train(), !labels.isEmpty());
  }

  /**
   * Reads image files in the given order. Where grey images are asked for, dark ink on light paper
   * is inverted to bright ink on dark ground, as MNIST has it; colours are kept.
   *
   * @param shape what the images become, their aspect ratio kept
   * @throws IOException when one cannot be used
   * @throws IllegalArgumentException when an array cannot hold as many images of this shape
   */
  public static ImageCollection ofFiles(List<Path> files, ImageShape shape) throws IOException {
    byte[] pixels = new byte[shape.pixelsOf(files.size())];
    Preparation preparation = Preparation.of(shape, ValueRange.ZERO_TO_ONE);
    for (int i = 0; i < files.size(); i++) {
      byte[] image = preparation.prepare(PictureFile.read(files.get(i))).image();
      System.arraycopy(image, 0, pixels, i * image.length, image.length);
    }
    List<String> names = files.stream().map(file -> file.getFileName().toString()).toList();
    return new ImageCollection(
        names, new LabeledImages(pixels, new int[files.size()], shape), false);
  }

  private static ImageCollection ofIdx(Path file, ImageShape shape) throws IOException {
    Optional<Path> labels = IdxFolder.labelsBeside(file);
    DatasetParts parts = new DatasetParts();
    if (labels.isPresent()) {
      parts.put(Part.TRAIN, IdxReader.read(file, labels.get(), false));
    } else {
      ArrayContent content = IdxReader.readImages(file);
      List<String> none = Collections.nCopies(content.shape()[0], "0");
      parts.put(Part.TRAIN, content.labeled(none, false, "images in " + file, "labels"));
    }
    LabeledImages images = parts.dataset("images", file).train();
    List<String> names = IntStream.range(0, images.size()).mapToObj(Integer::toString).toList();
    return new ImageCollection(names, images.fitted(shape), labels.isPresent());
  }
}
