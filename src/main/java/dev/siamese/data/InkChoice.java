package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is to be done to the ink of pictures, found out by looking at some of them. Where most
 * borders are even, they show ink on a ground.
 */
public final class InkChoice {
  private static final int LOOKED_AT = 400;
  private static final double NEARLY_ALL = 0.9;

  private InkChoice() {}

  /** What was done to images that are given as a network is to know them. */
  public static Ink of(LabeledImages images) {
    List<DecodedPicture> looked =
        evenly(images.size()).mapToObj(image -> picture(images, image)).toList();
    if (images.shape().equals(ImageShape.MNIST)
        && share(looked.stream().map(Handwriting::isCentred)) >= NEARLY_ALL) {
      return Ink.HANDWRITING;
    }
    boolean bright =
        images.shape().channels() == 1
            && share(looked.stream().map(InkChoice::isBright)) >= NEARLY_ALL;
    return bright ? Ink.BRIGHT : Ink.AS_IS;
  }

  /**
   * A line on images of arrays that a model does not know so, as nothing is done to their ink.
   *
   * @param wanted what is done to the ink of pictures for that model
   */
  static Optional<String> remark(LabeledImages images, Ink wanted) {
    boolean dark =
        (wanted == Ink.BRIGHT || wanted == Ink.HANDWRITING)
            && share(
                    evenly(images.size())
                        .mapToObj(image -> picture(images, image))
                        .map(picture -> isDrawing(picture) && picture.ground() == Ground.LIGHT))
                > 0.5;
    return dark
        ? Optional.of(
            "Most of the images seem to be dark ink on light ground, but the model knows bright ink:"
                + " in arrays nothing is inverted (save 255 - x).")
        : Optional.empty();
  }

  private static boolean isBright(DecodedPicture picture) {
    return picture.hasEvenBorder() && picture.ground() == Ground.DARK;
  }

  /** What is to be done to pictures that are to become images of a shape. */
  static Ink of(List<Path> files, ImageShape shape) {
    if (shape.channels() != 1) {
      return Ink.AS_IS;
    }
    Stream<Boolean> drawings =
        evenly(files.size())
            .parallel()
            .mapToObj(position -> read(files.get(position)))
            .filter(Objects::nonNull)
            .map(InkChoice::isDrawing);
    return share(drawings) > 0.5 ? Ink.BRIGHT : Ink.AS_IS;
  }

  /** What is to be done to a picture that belongs to no others. */
  static Ink of(DecodedPicture picture, ImageShape shape) {
    return shape.channels() == 1 && isDrawing(picture) ? Ink.BRIGHT : Ink.AS_IS;
  }

  private static boolean isDrawing(DecodedPicture picture) {
    return picture.opacity().isPresent() || picture.grey().hasEvenBorder();
  }

  private static DecodedPicture read(Path file) {
    try {
      return PictureFile.read(file);
    } catch (IOException e) {
      return null; // Whoever reads all of them tells it.
    }
  }

  private static IntStream evenly(int size) {
    int count = Math.min(size, LOOKED_AT);
    return IntStream.range(0, count).map(i -> (int) ((long) i * size / count));
  }

  private static double share(Stream<Boolean> answers) {
    return answers.mapToInt(answer -> answer ? 1 : 0).average().orElse(0);
  }

  private static DecodedPicture picture(LabeledImages images, int image) {
    ImageShape shape = images.shape();
    return new DecodedPicture(
        shape.height(), shape.width(), shape.channels(), images.copy(image), Optional.empty());
  }
}
