package dev.siamese.augmentation;

import dev.siamese.data.ClassNames;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.RandomStream;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Data sets of changed images, in which each picture is a class of its own: two views of one
 * picture are alike, views of two pictures are not. So pairs, verification and retrieval work where
 * there are no labels.
 */
public final class Views {
  private Views() {}

  /**
   * Some views of each picture, picture after picture. Classes are labelled by the pictures'
   * positions, and called by their files where they have some.
   *
   * @param count views of each picture, 1 or more
   * @param seed fixes them: the same pictures at the same positions have the same views
   * @throws IllegalArgumentException when there are none, or an array cannot hold as many images
   */
  public static LabeledImages of(
      LabeledImages pictures, Augmentation augmentation, int count, long seed) {
    return of(pictures, augmentation, 0, count, seed);
  }

  /**
   * The same with each picture itself before its views.
   *
   * @see #of(LabeledImages, Augmentation, int, long)
   */
  public static LabeledImages besideOriginals(
      LabeledImages pictures, Augmentation augmentation, int count, long seed) {
    return of(pictures, augmentation, 1, count, seed);
  }

  private static LabeledImages of(
      LabeledImages pictures, Augmentation augmentation, int originals, int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("expected at least one view, found " + count);
    }
    int each = originals + count;
    ImageShape shape = pictures.shape();
    byte[] pixels = new byte[shape.pixelsOf(Math.multiplyExact(pictures.size(), each))];
    Augmenter augmenter = new Augmenter(augmentation, shape);
    IntStream.range(0, pictures.size())
        .parallel()
        .forEach(
            picture -> {
              byte[] original = new byte[shape.pixels()];
              pictures.copyPixels(picture, picture + 1, original);
              int start = picture * each * shape.pixels();
              System.arraycopy(original, 0, pixels, start, originals * shape.pixels());
              for (int view = 0; view < count; view++) {
                augmenter.apply(
                    original,
                    0,
                    pixels,
                    start + (originals + view) * shape.pixels(),
                    Augmenter.generator(RandomStream.VIEWS, seed, 0, picture, view));
              }
            });
    int[] labels = IntStream.range(0, pictures.size() * each).map(view -> view / each).toArray();
    return new LabeledImages(pixels, labels, shape).named(names(pictures));
  }

  private static ClassNames names(LabeledImages pictures) {
    List<String> files =
        IntStream.range(0, pictures.size())
            .mapToObj(pictures::fileName)
            .flatMap(name -> name.stream())
            .toList();
    return files.size() == pictures.size() ? new ClassNames(files) : ClassNames.NUMBERS;
  }
}
