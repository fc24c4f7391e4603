package dev.siamese.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Pairs of images, as positions in one {@link LabeledImages}, with a label each: 1 for two images
 * of the same class, 0 for images of different classes.
 *
 * @param first position of the first image of each pair: (n)
 * @param second position of the second image of each pair: (n)
 * @param labels {@link #SAME} or {@link #DIFFERENT}: (n)
 */
public record Pairs(int[] first, int[] second, byte[] labels) {
  /** The label of a pair of one class. */
  public static final byte SAME = 1;

  /** The label of a pair of two classes. */
  public static final byte DIFFERENT = 0;

  /**
   * Wraps the arrays, which must not be changed afterwards.
   *
   * @throws IllegalArgumentException when the arrays differ in length or a label is neither 0 nor 1
   */
  public Pairs {
    if (first.length != second.length || first.length != labels.length) {
      throw new IllegalArgumentException(
          "expected as many first as second images and labels, found %d, %d and %d"
              .formatted(first.length, second.length, labels.length));
    }
    for (byte label : labels) {
      if (label != SAME && label != DIFFERENT) {
        throw new IllegalArgumentException("expected labels of 0 and 1, found " + label);
      }
    }
  }

  /**
   * Draws two pairs for every image and shuffles them all: one with another image of its own class
   * and one with an image of the other classes, each drawn uniformly. No image is paired with
   * itself, as such pairs teach nothing and make every figure look better than it is: the only
   * image of a class leads no pair of its class.
   *
   * @return 2n pairs of n images, or one less for each class of one image
   * @throws IllegalArgumentException when the images are of fewer than two classes
   */
  public static Pairs draw(LabeledImages images, SplittableRandom random) {
    int[] classes = images.classes();
    if (classes.length < 2) {
      throw new IllegalArgumentException(
          "expected images of at least two classes, found "
              + ClassSizes.counted(images.size(), classes.length));
    }
    int size = images.size();
    int[] classOf = new int[size];
    int[] start = new int[classes.length + 1];
    for (int image = 0; image < size; image++) {
      classOf[image] = Arrays.binarySearch(classes, images.label(image));
      start[classOf[image] + 1]++;
    }
    Arrays.parallelPrefix(start, Integer::sum);
    int[] byClass = sortByClass(classOf, start);

    int alone = 0;
    for (int type = 0; type < classes.length; type++) {
      alone += start[type + 1] - start[type] == 1 ? 1 : 0;
    }
    int pairCount = 2 * size - alone;
    Pairs pairs = new Pairs(new int[pairCount], new int[pairCount], new byte[pairCount]);
    int[] rank = new int[classes.length];
    int pair = 0;
    for (int image = 0; image < size; image++) {
      int from = start[classOf[image]];
      int count = start[classOf[image] + 1] - from;
      int self = rank[classOf[image]]++;
      if (count > 1) {
        int partner = random.nextInt(count - 1);
        pairs.set(pair++, image, byClass[from + (partner < self ? partner : partner + 1)], SAME);
      }
      // Other classes lie before and behind this one: step over it.
      int other = random.nextInt(size - count);
      pairs.set(pair++, image, byClass[other < from ? other : other + count], DIFFERENT);
    }
    pairs.shuffle(random);
    return pairs;
  }

  /** Positions of the images, class after class, where class c begins at {@code start[c]}. */
  private static int[] sortByClass(int[] classOf, int[] start) {
    int[] next = start.clone();
    int[] sorted = new int[classOf.length];
    for (int image = 0; image < classOf.length; image++) {
      sorted[next[classOf[image]]++] = image;
    }
    return sorted;
  }

  private void shuffle(SplittableRandom random) {
    for (int i = size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int firstOfI = first[i];
      int secondOfI = second[i];
      byte labelOfI = labels[i];
      set(i, first[j], second[j], labels[j]);
      set(j, firstOfI, secondOfI, labelOfI);
    }
  }

  private void set(int pair, int firstImage, int secondImage, byte label) {
    first[pair] = firstImage;
    second[pair] = secondImage;
    labels[pair] = label;
  }

  /**
   * The classes of the images that pairs point at, ascending and each once.
   *
   * @param labels the class of each image: (images)
   */
  public int[] classes(int[] labels) {
    return IntStream.concat(IntStream.of(first), IntStream.of(second))
        .map(image -> labels[image])
        .distinct()
        .sorted()
        .toArray();
  }

  /** The number of pairs. */
  public int size() {
    return labels.length;
  }
}
