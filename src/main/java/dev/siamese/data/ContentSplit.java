package dev.siamese.data;

import java.util.ArrayList;
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
          "%,d %s images are there under several labels, for instance as %s: they only train."
              .formatted(found.length, part.text(), labelsOf(found[0], found)));
    }
  }

  private String labelsOf(int image, int[] among) {
    return String.join(
        " and ",
        Arrays.stream(among)
            .filter(other -> contents.ofImage()[other] == contents.ofImage()[image])
            .mapToObj(images::className)
            .distinct()
            .toList());
  }

  /** Takes a share of each class, never one of equal images without the others. */
  Division divide(double share) {
    ClassSizes sizes = ClassSizes.of(images);
    int[] left = ClassShares.counts(sizes.sizes(), (int) (images.size() * share));
    boolean[] several = contents.underSeveralLabels(images);
    boolean[] taken = new boolean[images.size()];
    for (List<Integer> equal : equalImages()) {
      int type = Arrays.binarySearch(sizes.classes(), images.label(equal.get(0)));
      if (!several[equal.get(0)] && equal.size() <= left[type]) {
        left[type] -= equal.size();
        equal.forEach(image -> taken[image] = true);
      }
    }
    return new Division(select(image -> taken[image]), select(image -> !taken[image]));
  }

  /** Equal images together, in an order that the seed and what they show decide alone. */
  private List<List<Integer>> equalImages() {
    long[] order =
        Arrays.stream(contents.ofImage())
            .map(content -> new SplittableRandom(content ^ seed).nextLong())
            .toArray();
    List<List<Integer>> groups = new ArrayList<>();
    IntStream.range(0, order.length)
        .boxed()
        .sorted(Comparator.comparingLong(image -> order[image]))
        .forEach(
            image -> {
              List<Integer> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
              if (last.isEmpty() || order[last.get(0)] != order[image]) {
                last = new ArrayList<>(1);
                groups.add(last);
              }
              last.add(image);
            });
    return groups;
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
