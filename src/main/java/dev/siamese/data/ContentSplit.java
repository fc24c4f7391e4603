package dev.siamese.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Images that can be divided by class and by what they show.
 *
 * @param images what is divided
 * @param part what messages call them
 * @param contents what the images show
 * @param seed chooses the images that are taken
 */
record ContentSplit(LabeledImages images, Part part, Contents contents, long seed) {

  /** The images that are taken and those that are left. */
  record Division(ContentSplit taken, ContentSplit left) {}

  static ContentSplit of(LabeledImages images, Part part, long seed) {
    return new ContentSplit(images, part, Contents.of(images), seed);
  }

  /** These images but for those that others show too, of which a notice tells. */
  ContentSplit without(ContentSplit others, List<String> notices) {
    boolean[] among = contents.among(others.contents);
    ContentSplit rest = select(image -> !among[image]);
    int fewer = images.size() - rest.images.size();
    if (fewer > 0) {
      notices.add(
          "%,d of %,d %s images are left out: they are among the %s images too."
              .formatted(fewer, images.size(), part.text(), others.part.text()));
    }
    return rest;
  }

  /** Adds a line if equal images are under several labels. */
  void tellSeveralLabels(List<String> notices) {
    boolean[] several = contents.underSeveralLabels(images);
    int[] found = IntStream.range(0, several.length).filter(i -> several[i]).toArray();
    if (found.length > 0) {
      notices.add(
          "%,d %s images are there under several labels, for instance %s and %s: they only train."
              .formatted(
                  found.length,
                  part.text(),
                  images.originalDescription(found[0]),
                  images.originalDescription(otherLabel(found[0], found))));
    }
  }

  /** The first that shows the same as an image, under another label. */
  private int otherLabel(int image, int[] among) {
    return Arrays.stream(among)
        .filter(other -> contents.ofImage()[other] == contents.ofImage()[image])
        .filter(other -> images.label(other) != images.label(image))
        .findFirst()
        .orElseThrow();
  }

  /** Takes a share of each class, never one of equal images without the others. */
  Division divide(double share) {
    ClassSizes sizes = ClassSizes.of(images);
    int[] left = ClassShares.counts(sizes.sizes(), (int) (images.size() * share));
    boolean[] several = contents.underSeveralLabels(images);
    boolean[] taken = new boolean[images.size()];
    long[] keys = keys();
    int[] order = order(keys);
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      while (to < order.length && keys[order[to]] == keys[order[from]]) {
        to++;
      }
      int type = Arrays.binarySearch(sizes.classes(), images.label(order[from]));
      if (!several[order[from]] && to - from <= left[type]) {
        left[type] -= to - from;
        for (int place = from; place < to; place++) {
          taken[order[place]] = true;
        }
      }
      from = to;
    }
    return new Division(select(image -> taken[image]), select(image -> !taken[image]));
  }

  /** So many images of each class, or all that it has, of which a notice tells. */
  LabeledImages perClass(int count, List<String> notices) {
    ClassSizes sizes = ClassSizes.of(images);
    int[] left = new int[sizes.classes().length];
    Arrays.fill(left, count);
    boolean[] taken = new boolean[images.size()];
    for (int image : order(keys())) {
      taken[image] = left[Arrays.binarySearch(sizes.classes(), images.label(image))]-- > 0;
    }
    long fewer = Arrays.stream(sizes.sizes()).filter(size -> size < count).count();
    if (fewer > 0) {
      notices.add(
          "%d of %d %s classes have fewer than %d images."
              .formatted(fewer, left.length, part.text(), count));
    }
    return select(image -> taken[image]).images;
  }

  /** By which images are chosen: the seed and what they show decide alone. */
  private long[] keys() {
    return Arrays.stream(contents.ofImage())
        .map(content -> new SplittableRandom(content ^ seed).nextLong())
        .toArray();
  }

  /** The images in the order of their keys. */
  private static int[] order(long[] keys) {
    return IntStream.range(0, keys.length)
        .boxed()
        .sorted(Comparator.comparingLong(image -> keys[image]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private ContentSplit select(IntPredicate choice) {
    int[] chosen = IntStream.range(0, images.size()).filter(choice).toArray();
    return new ContentSplit(
        images.select(chosen),
        part,
        new Contents(Arrays.stream(chosen).mapToLong(image -> contents.ofImage()[image]).toArray()),
        seed);
  }
}
