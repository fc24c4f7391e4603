package dev.siamese.savedmodel;

import dev.siamese.data.ImageShape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How an image lies in a tensor.
 *
 * @param order of its axes
 * @param sizes along them, −1 where any is taken
 */
record ImageLayout(Order order, List<Long> sizes) {
  /** A size that the tensor does not tell. */
  static final long ANY = -1;

  /** What is assumed of images whose size nothing tells: that of MNIST's. */
  private static final int ASSUMED_SIDE = 28;

  /** Shorter rows of numbers are more likely embeddings than images. */
  private static final int LEAST_FLAT_SIDE = 8;

  /** Which axes an image has. */
  enum Order {
    HEIGHT_WIDTH_CHANNELS {
      @Override
      List<Long> sizes(ImageShape image) {
        return longs(image.height(), image.width(), image.channels());
      }
    },
    CHANNELS_HEIGHT_WIDTH {
      @Override
      List<Long> sizes(ImageShape image) {
        return longs(image.channels(), image.height(), image.width());
      }

      @Override
      Optional<int[]> positions(ImageShape image) {
        if (image.channels() == 1) {
          return Optional.empty();
        }
        int area = image.height() * image.width();
        return Optional.of(
            IntStream.range(0, image.pixels())
                .map(i -> i % area * image.channels() + i / area)
                .toArray());
      }
    },
    HEIGHT_WIDTH {
      @Override
      List<Long> sizes(ImageShape image) {
        return image.channels() == 1 ? longs(image.height(), image.width()) : List.of();
      }
    },
    FLAT {
      @Override
      List<Long> sizes(ImageShape image) {
        return longs(image.pixels());
      }
    };

    /** The sizes of an image along these axes; none if it does not lie so. */
    abstract List<Long> sizes(ImageShape image);

    /** Which byte of an image comes at each place; empty where they lie as data sets have them. */
    Optional<int[]> positions(ImageShape image) {
      return Optional.empty();
    }

    private static List<Long> longs(int... sizes) {
      return IntStream.of(sizes).mapToObj(Long::valueOf).toList();
    }
  }

  /** Whether such an image can lie so. */
  boolean takes(ImageShape image) {
    List<Long> theirs = order.sizes(image);
    return theirs.size() == sizes.size()
        && IntStream.range(0, sizes.size())
            .allMatch(i -> sizes.get(i) == ANY || sizes.get(i).equals(theirs.get(i)));
  }

  /** The shape of the images, if the sizes leave no choice. */
  Optional<ImageShape> told() {
    return sizes.contains(ANY) || order == Order.FLAT ? Optional.empty() : likely();
  }

  /**
   * The shape that is the likeliest one: as told, squares where they are flat, with a side of 28
   * pixels and one channel where nothing is told. Empty where no image lies so.
   */
  Optional<ImageShape> likely() {
    return switch (order) {
      case HEIGHT_WIDTH_CHANNELS -> image(sizes.get(0), sizes.get(1), sizes.get(2));
      case CHANNELS_HEIGHT_WIDTH -> image(sizes.get(1), sizes.get(2), sizes.get(0));
      case HEIGHT_WIDTH -> image(sizes.get(0), sizes.get(1), 1);
      case FLAT -> sizes.get(0) == ANY ? image(ANY, ANY, 1) : square(sizes.get(0));
    };
  }

  private static Optional<ImageShape> image(long height, long width, long channels) {
    long side = Math.max(height, width) == ANY ? ASSUMED_SIDE : Math.max(height, width);
    try {
      return Optional.of(
          new ImageShape(
              Math.toIntExact(height == ANY ? side : height),
              Math.toIntExact(width == ANY ? side : width),
              channels == ANY ? 1 : Math.toIntExact(channels)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty(); // Of no size, or of one that no image has.
    }
  }

  private static Optional<ImageShape> square(long count) {
    for (int channels : new int[] {1, 3}) {
      long side = Math.round(Math.sqrt((double) count / channels));
      if (side >= LEAST_FLAT_SIDE && side * side * channels == count) {
        return image(side, side, channels);
      }
    }
    return Optional.empty();
  }
}
