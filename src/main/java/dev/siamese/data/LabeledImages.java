package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Images of one shape with a class label each, stored as (n, height, width, channels) unsigned
 * bytes.
 *
 * <p>A {@linkplain #range range} or a {@linkplain #select choice} shares the pixels of the set it
 * was taken from, so that a split copies none.
 */
public final class LabeledImages {
  private final PixelStore pixels;
  private final int[] rows;
  private final int[] labels;
  private final ImageShape shape;
  private final ClassNames classNames;
  private final List<String> names;

  /**
   * Wraps the arrays, which must not be changed afterwards.
   *
   * @param pixels unsigned bytes, image after image, row after row, pixel after pixel: (n, height,
   *     width, channels)
   * @param labels the class of each image, 0 or greater: (n)
   * @throws IllegalArgumentException when the arrays do not fit each other or a label is negative
   */
  public LabeledImages(byte[] pixels, int[] labels, ImageShape shape) {
    this(
        PixelStore.of(requireFit(pixels, labels.length, shape), shape.pixels()),
        IntStream.range(0, labels.length).toArray(),
        labels,
        shape,
        ClassNames.NUMBERS,
        List.of());
  }

  /**
   * Wraps grey images.
   *
   * @param pixels (n, height, width)
   * @see #LabeledImages(byte[], int[], ImageShape)
   */
  public LabeledImages(byte[] pixels, int[] labels, int height, int width) {
    this(pixels, labels, new ImageShape(height, width, 1));
  }

  /**
   * Images of a store.
   *
   * @param rows the place of each image in the store: (n)
   * @param names what the images of the store are called, or nothing
   * @throws IllegalArgumentException when a label is negative or has no name
   */
  LabeledImages(
      PixelStore pixels,
      int[] rows,
      int[] labels,
      ImageShape shape,
      ClassNames classNames,
      List<String> names) {
    int most = classNames.names().isEmpty() ? Integer.MAX_VALUE : classNames.names().size() - 1;
    for (int label : labels) {
      if (label < 0 || label > most) {
        throw new IllegalArgumentException(
            most == Integer.MAX_VALUE
                ? "expected labels of 0 or greater, found " + label
                : "expected labels of 0 to %d, which have names, found %d".formatted(most, label));
      }
    }
    this.pixels = pixels;
    this.rows = rows;
    this.labels = labels;
    this.shape = shape;
    this.classNames = classNames;
    this.names = names;
  }

  /** Images of one shape and with one set of names, one after the other. */
  static LabeledImages joined(Collection<LabeledImages> parts, Path cache) throws IOException {
    LabeledImages first = parts.iterator().next();
    int count = parts.stream().mapToInt(LabeledImages::size).sum();
    PixelStore store = PixelStore.create(count, first.shape.pixels(), cache);
    byte[] pixels = new byte[first.shape.pixels()];
    int next = 0;
    for (LabeledImages part : parts) {
      for (int image = 0; image < part.size(); image++) {
        part.copyPixels(image, image + 1, pixels);
        store.write(next++, pixels);
      }
    }
    int[] labels = parts.stream().flatMapToInt(part -> Arrays.stream(part.labels)).toArray();
    boolean named = parts.stream().noneMatch(part -> part.names.isEmpty());
    List<String> names =
        named
            ? parts.stream()
                .flatMap(part -> Arrays.stream(part.rows).mapToObj(part.names::get))
                .toList()
            : List.of();
    return new LabeledImages(
        store, IntStream.range(0, count).toArray(), labels, first.shape, first.classNames, names);
  }

  private static byte[] requireFit(byte[] pixels, int images, ImageShape shape) {
    int expected = shape.pixelsOf(images);
    if (pixels.length != expected) {
      throw new IllegalArgumentException(
          "expected %d bytes for %d images of %s, found %d"
              .formatted(expected, images, shape, pixels.length));
    }
    return pixels;
  }

  /** The number of images. */
  public int size() {
    return labels.length;
  }

  /** Size and channels of every image. */
  public ImageShape shape() {
    return shape;
  }

  /** Rows of every image. */
  public int height() {
    return shape.height();
  }

  /** Columns of every image. */
  public int width() {
    return shape.width();
  }

  /** The class of an image. */
  public int label(int image) {
    return labels[image];
  }

  /** The classes of all images: (n). */
  public int[] labels() {
    return labels.clone();
  }

  /** The labels that occur, ascending and each once. */
  public int[] classes() {
    return Arrays.stream(labels).distinct().sorted().toArray();
  }

  /** What the labels are called, those included that do not occur here. */
  public ClassNames classNames() {
    return classNames;
  }

  /** What the class of an image is called. */
  public String className(int image) {
    return classNames.name(labels[image]);
  }

  /** The path of the file that an image was read from, in the data set, if it has one for it. */
  public Optional<String> fileName(int image) {
    return names.isEmpty() ? Optional.empty() : Optional.of(names.get(rows[image]));
  }

  /** An image in words: its file's path, else its position here; with its class, if not in that. */
  public String description(int image) {
    return description(image, image);
  }

  /** The same, but by its position in all that was read, whatever was chosen of it since. */
  String originalDescription(int image) {
    return description(image, rows[image]);
  }

  private String description(int image, int position) {
    String name = fileName(image).orElse(Integer.toString(position));
    return ("/" + name).contains("/" + className(image) + "/")
        ? name
        : "%s (class %s)".formatted(name, className(image));
  }

  /** The value of a pixel in its first channel, the only one of grey images: 0 to 255. */
  public int pixel(int image, int row, int column) {
    return pixel(image, row, column, 0);
  }

  /** The value of a pixel in one of its channels, 0 to 255. */
  public int pixel(int image, int row, int column, int channel) {
    int pixel = row * shape.width() + column;
    return pixels.value(rows[image], pixel * shape.channels() + channel);
  }

  /** A view of the images {@code from} (inclusive) to {@code to} (exclusive). */
  public LabeledImages range(int from, int to) {
    if (from < 0 || from > to || to > size()) {
      throw new IndexOutOfBoundsException(
          "expected a range within 0 to %d, found %d to %d".formatted(size(), from, to));
    }
    return new LabeledImages(
        pixels,
        Arrays.copyOfRange(rows, from, to),
        Arrays.copyOfRange(labels, from, to),
        shape,
        classNames,
        names);
  }

  /** A view of some images, in this order. */
  public LabeledImages select(int[] images) {
    return new LabeledImages(
        pixels,
        Arrays.stream(images).map(image -> rows[image]).toArray(),
        Arrays.stream(images).map(image -> labels[image]).toArray(),
        shape,
        classNames,
        names);
  }

  /**
   * The same images, whose classes have other names.
   *
   * @throws IllegalArgumentException when a label has none
   */
  public LabeledImages named(ClassNames others) {
    return labelled(labels, others);
  }

  /** The same images under other labels: (n). */
  LabeledImages labelled(int[] others, ClassNames othersNames) {
    return new LabeledImages(pixels, rows, others, shape, othersNames, names);
  }

  /**
   * These images at another size and in other channels, with their labels.
   *
   * <p>They are scaled until they fill the height or the width, their aspect ratio kept, and
   * centred on black: smaller by averaging areas, larger by bilinear interpolation. Grey becomes
   * colour by three equal channels, and colour becomes grey by its luminance.
   *
   * @return this, if that is their shape already
   * @throws IllegalArgumentException when an array cannot hold as many images of this shape
   */
  public LabeledImages fitted(ImageShape target) {
    if (target.equals(shape)) {
      return this;
    }
    byte[] fitted = new byte[target.pixelsOf(size())];
    ImageFit fit = new ImageFit(shape, target);
    IntStream.range(0, size())
        .parallel()
        .forEach(image -> fit.apply(copy(image), 0, fitted, image * target.pixels()));
    PixelStore store = PixelStore.of(fitted, target.pixels());
    int[] inOrder = IntStream.range(0, size()).toArray();
    List<String> named =
        names.isEmpty() ? names : Arrays.stream(rows).mapToObj(names::get).toList();
    return new LabeledImages(store, inOrder, labels, target, classNames, named);
  }

  /** The bytes of an image: (height, width, channels). */
  byte[] copy(int image) {
    byte[] copy = new byte[shape.pixels()];
    pixels.read(rows[image], copy, 0);
    return copy;
  }

  /**
   * Copies whole images into {@code target}, image after image, as they are stored.
   *
   * @param from the first image to copy
   * @param to the image to stop before
   * @param target takes (to − from) · {@link ImageShape#pixels()} bytes from its start
   */
  public void copyPixels(int from, int to, byte[] target) {
    for (int image = from; image < to; image++) {
      pixels.read(rows[image], target, (image - from) * shape.pixels());
    }
  }

  /**
   * Copies chosen bytes of images into {@code target}, image after image.
   *
   * @param from the first image to copy from
   * @param to the image to stop before
   * @param order the bytes of an image, each as (row · width + column) · channels + channel, in the
   *     order wanted
   * @param target takes (to − from) · order.length bytes from its start
   */
  public void copyPixels(int from, int to, int[] order, byte[] target) {
    byte[] whole = new byte[shape.pixels()];
    int next = 0;
    for (int image = from; image < to; image++) {
      pixels.read(rows[image], whole, 0);
      for (int position : order) {
        target[next++] = whole[position];
      }
    }
  }
}
