package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Images to embed, each with a name.
 *
 * @param names the path of each image in its folder, or its position in an array: (n)
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
   * labelled by class folders if all are in some, or of a table, or a data set of any form, with
   * labels or without.
   *
   * <p>What pictures of a folder are painted on is decided once for all of them. Images of arrays
   * become what {@link LabeledImages#fitted} has them.
   *
   * @param settings of reading and of preparation, as {@link ReadSettings#withPreparation} has them
   * @param notices takes what the user should know, a line each
   * @throws IOException when there are none, or not one can be used
   * @throws IllegalArgumentException when an array cannot hold as many images of this shape
   */
  public static ImageCollection read(Path input, ReadSettings settings, Consumer<String> notices)
      throws IOException {
    return new InputReader(settings, Environment.system(), notices).read(input);
  }

  /**
   * Reads pictures that do not belong together, in the given order, each prepared by itself, but
   * for what they all decide.
   *
   * @throws IOException when one cannot be used
   * @throws IllegalArgumentException when an array cannot hold as many images of this shape
   */
  public static ImageCollection ofFiles(List<Path> files, Preparation wanted) throws IOException {
    // A single one decides by itself when it has been decoded.
    Preparation preparation = files.size() == 1 ? wanted : wanted.decidedBy(files);
    List<InputPicture> pictures = files.stream().map(InputPicture::of).toList();
    List<String> names = files.stream().map(file -> file.getFileName().toString()).toList();
    return new ImageCollection(names, InputPicture.images(pictures, preparation), false);
  }
}
