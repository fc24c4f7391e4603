package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
   * Reads a picture, the pictures of a folder and of those in it in the order of their paths,
   * labelled by class folders if all are in some, or an IDX file of images, with its labels if
   * their file lies beside it.
   *
   * <p>What pictures of a folder are painted on is decided once for all of them.
   *
   * @param preparation of pictures; an IDX file's images become what {@link LabeledImages#fitted}
   *     has it
   * @param strict whether files that cannot be used are refused, instead of being left out
   * @param notices takes what the user should know, a line each
   * @throws IOException when there are none, or not one can be used
   * @throws IllegalArgumentException when an array cannot hold as many images of this shape
   */
  public static ImageCollection read(
      Path input, Preparation preparation, boolean strict, Consumer<String> notices)
      throws IOException {
    if (Files.isDirectory(input)) {
      return ofFolder(input, preparation, new Faults(strict), notices);
    }
    if (!Files.isRegularFile(input)) {
      throw new IOException(
          "expected a picture, a folder of them or an IDX file, found none: " + input);
    }
    return IdxReader.isIdx(input)
        ? ofIdx(input, preparation.shape())
        : ofFiles(List.of(input), preparation);
  }

  /** The same, leaving out what cannot be used. */
  public static ImageCollection read(Path input, Preparation preparation, Consumer<String> notices)
      throws IOException {
    return read(input, preparation, false, notices);
  }

  /**
   * Reads pictures that do not belong together, in the given order, each prepared by itself.
   *
   * @throws IOException when one cannot be used
   * @throws IllegalArgumentException when an array cannot hold as many images of this shape
   */
  public static ImageCollection ofFiles(List<Path> files, Preparation wanted) throws IOException {
    Preparation preparation = wanted.decidedBy(files);
    ImageShape shape = preparation.shape();
    byte[] pixels = new byte[shape.pixelsOf(files.size())];
    for (int i = 0; i < files.size(); i++) {
      byte[] image = prepared(files.get(i), preparation);
      System.arraycopy(image, 0, pixels, i * image.length, image.length);
    }
    List<String> names = files.stream().map(file -> file.getFileName().toString()).toList();
    return new ImageCollection(
        names, new LabeledImages(pixels, new int[files.size()], shape), false);
  }

  private static byte[] prepared(Path file, Preparation preparation) throws IOException {
    DecodedPicture picture = PictureFile.read(file);
    try {
      return preparation.prepare(picture).image();
    } catch (IOException e) {
      throw new IOException("%s: %s".formatted(e.getMessage(), file), e);
    }
  }

  private static ImageCollection ofFolder(
      Path folder, Preparation preparation, Faults faults, Consumer<String> notices)
      throws IOException {
    PictureFolder pictures = PictureFolder.of(folder, faults);
    boolean labeled = pictures.loose().isEmpty();
    List<Path> files = pictures.classed().files();
    if (!labeled) {
      files = new ArrayList<>(files);
      files.addAll(0, pictures.loose());
    }
    if (files.isEmpty()) {
      throw new IOException(
          "expected pictures (%s), found none in %s".formatted(PictureFormat.list(), folder));
    }
    ReadSettings settings = ReadSettings.DEFAULT.withPreparation(preparation);
    PictureReader read =
        PictureReader.read(files, settings, Environment.system().cache(), faults, notices);
    List<String> names = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int file : read.used()) {
      names.add(folder.relativize(files.get(file)).toString().replace('\\', '/'));
      labels.add(labeled ? pictures.classed().get(file).label() : "0");
    }
    DatasetParts parts = new DatasetParts();
    parts.put(Part.TRAIN, read.images(read.used(), labels.stream(), List.of()));
    return new ImageCollection(names, parts.dataset("pictures", folder).train(), labeled);
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
