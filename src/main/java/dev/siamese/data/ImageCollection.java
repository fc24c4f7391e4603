package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Images to embed, each with a name.
 *
 * @param names the file name of each image, with its path within a folder, or its position in an
 *     IDX file: (n)
 * @param images the images, all of class 0 when they are not labeled
 * @param labeled whether the labels of the images mean something
 */
public record ImageCollection(List<String> names, LabeledImages images, boolean labeled) {
  private static final int MOST_NAMED = 100;

  /** Checks that every image has a name. */
  public ImageCollection {
    names = List.copyOf(names);
    if (names.size() != images.size()) {
      throw new IllegalArgumentException(
          "expected %d names, found %d".formatted(images.size(), names.size()));
    }
  }

  /**
   * Reads a picture, the pictures of a folder and of those in it in the order of their names, or an
   * IDX file of images, with its labels if their file lies beside it under the usual name.
   *
   * <p>What pictures of a folder are painted on is decided once for all of them. Those that cannot
   * be used are left out.
   *
   * @param preparation of pictures; an IDX file's images become what {@link LabeledImages#fitted}
   *     has it
   * @param notices takes what the user should know, a line each
   * @throws IOException when there are none, or not one can be used
   * @throws IllegalArgumentException when an array cannot hold as many images of this shape
   */
  public static ImageCollection read(Path input, Preparation preparation, Consumer<String> notices)
      throws IOException {
    if (Files.isDirectory(input)) {
      return ofFolder(PictureFolder.of(input), preparation, notices);
    }
    if (!Files.isRegularFile(input)) {
      throw new IOException(
          "expected a picture, a folder of them or an IDX file, found none: " + input);
    }
    return IdxReader.isIdx(input)
        ? ofIdx(input, preparation.shape())
        : ofFiles(List.of(input), preparation);
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
      PictureFolder folder, Preparation preparation, Consumer<String> notices) throws IOException {
    ImageShape shape = preparation.shape();
    List<Path> files = folder.pictures();
    byte[] pixels = new byte[shape.pixelsOf(files.size())];
    PreparedPictures read =
        PreparedPictures.read(
            files,
            preparation,
            (position, image) ->
                System.arraycopy(image, 0, pixels, position * image.length, image.length));
    int[] good =
        IntStream.range(0, files.size()).filter(i -> !read.faults().containsKey(i)).toArray();
    for (int i = 0; i < good.length; i++) {
      System.arraycopy(
          pixels, good[i] * shape.pixels(), pixels, i * shape.pixels(), shape.pixels());
    }
    List<String> leftOut = new ArrayList<>();
    read.faults().values().forEach(fault -> leftOut.add(fault.getMessage()));
    folder.others().forEach(file -> leftOut.add("expected a picture's name, found " + file));
    if (good.length == 0) {
      throw new IOException(
          "expected pictures, found none that can be used in %s: %s"
              .formatted(folder.folder(), leftOut.get(0)));
    }
    leftOut.stream().limit(MOST_NAMED).forEach(fault -> notices.accept("Left out: " + fault + "."));
    if (!leftOut.isEmpty()) {
      notices.accept(
          "%,d files are left out, %,d pictures are used, in %s."
              .formatted(leftOut.size(), good.length, folder.folder()));
    }
    read.remark().ifPresent(remark -> notices.accept(remark + ", in " + folder.folder() + "."));
    return new ImageCollection(
        Arrays.stream(good).mapToObj(i -> folder.name(files.get(i))).toList(),
        new LabeledImages(
            Arrays.copyOf(pixels, good.length * shape.pixels()), new int[good.length], shape),
        false);
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
