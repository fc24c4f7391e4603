package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Images to embed, each with a name.
 *
 * @param names the file name of each image, or its position in an IDX file: (n)
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
   * Reads an image file (PNG, JPEG, BMP, GIF), the image files of a folder in the order of their
   * names, or an IDX file of images, with its labels if their file lies beside it under the usual
   * name.
   *
   * @param shape what the images become: pictures as {@link #ofFiles} has it, an IDX file's as
   *     {@link LabeledImages#fitted} has it
   * @throws IOException when there are none or one cannot be used
   * @throws IllegalArgumentException when an array cannot hold as many images of this shape
   */
  public static ImageCollection read(Path input, ImageShape shape) throws IOException {
    if (Files.isDirectory(input)) {
      return ofFiles(imageFiles(input), shape);
    }
    if (!Files.isRegularFile(input)) {
      throw new IOException(
          "expected an image file, a folder of them or an IDX file, found none: " + input);
    }
    return IdxReader.isIdx(input) ? ofIdx(input, shape) : ofFiles(List.of(input), shape);
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

  private static List<Path> imageFiles(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      List<Path> files =
          content.filter(Files::isRegularFile).filter(PictureFile::isNamed).sorted().toList();
      if (files.isEmpty()) {
        throw new IOException(
            "expected pictures (%s), found none in %s".formatted(PictureFormat.list(), folder));
      }
      return files;
    }
  }

  private static ImageCollection ofIdx(Path file, ImageShape shape) throws IOException {
    Optional<Path> labels = IdxFolder.labelsBeside(file);
    LabeledImages images;
    if (labels.isPresent()) {
      images = IdxReader.read(file, labels.get());
    } else {
      ArrayContent content = IdxReader.readImages(file);
      images = content.labeled(new int[content.shape()[0]], "images in " + file, "labels");
    }
    List<String> names = IntStream.range(0, images.size()).mapToObj(Integer::toString).toList();
    return new ImageCollection(names, images.fitted(shape), labels.isPresent());
  }
}
