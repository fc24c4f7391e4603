package dev.siamese.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What images show, each in a number: equal for equal pixels, and for others, but for one chance in
 * 10¹⁸ a pair, different.
 *
 * @param ofImage (n)
 */
record Contents(long[] ofImage) {
  private static final int UNKNOWN = -1;
  private static final int SEVERAL = -2;

  static Contents of(LabeledImages images) {
    long[] contents = new long[images.size()];
    IntStream.range(0, images.size())
        .parallel()
        .forEach(
            image -> {
              byte[] digest = Sha256.digest().digest(images.copy(image));
              contents[image] = ByteBuffer.wrap(digest).getLong();
            });
    return new Contents(contents);
  }

  /** How many different ones there are. */
  int different() {
    return (int) Arrays.stream(ofImage).distinct().count();
  }

  /** For each image whether an equal one is among others. */
  boolean[] among(Contents others) {
    long[] sorted = others.ofImage.clone();
    Arrays.sort(sorted);
    boolean[] found = new boolean[ofImage.length];
    for (int image = 0; image < found.length; image++) {
      found[image] = Arrays.binarySearch(sorted, ofImage[image]) >= 0;
    }
    return found;
  }

  /** For each image whether an equal one has another label. */
  boolean[] underSeveralLabels(LabeledImages images) {
    Map<Long, Integer> labels = new HashMap<>();
    long[] sorted = ofImage.clone();
    Arrays.sort(sorted);
    for (int place = 1; place < sorted.length; place++) {
      if (sorted[place] == sorted[place - 1]) {
        labels.put(sorted[place], UNKNOWN);
      }
    }
    for (int image = 0; image < ofImage.length; image++) {
      int label = images.label(image);
      labels.computeIfPresent(
          ofImage[image], (content, known) -> known == UNKNOWN || known == label ? label : SEVERAL);
    }
    boolean[] found = new boolean[ofImage.length];
    for (int image = 0; image < found.length; image++) {
      found[image] = labels.getOrDefault(ofImage[image], UNKNOWN) == SEVERAL;
    }
    return found;
  }
}
