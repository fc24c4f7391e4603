package dev.siamese.cli;

import dev.siamese.evaluation.LinearProbe;
import dev.siamese.evaluation.PrincipalComponents;
import dev.siamese.evaluation.RetrievalMetrics;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/** What the embeddings of single test images tell of a model. */
final class EmbeddedImages {
  private static final int MOST_MAPPED = 2000;

  private final Optional<RetrievalMetrics> retrieval;
  private final Optional<LinearProbe> probe;
  private final int[] mapped;
  private final float[][] embeddings;
  private PrincipalComponents map;

  /**
   * Looks at the embeddings of all images of a test.
   *
   * @param probe what a linear model tells from them, where that was asked for
   */
  EmbeddedImages(float[][] all, TestSet set, Optional<LinearProbe> probe) {
    this.probe = probe;
    retrieval =
        set.labels()
            .filter(labels -> Arrays.stream(labels).distinct().count() < labels.length)
            .map(labels -> RetrievalMetrics.of(all, labels));
    mapped = sample(all.length, MOST_MAPPED);
    embeddings = Arrays.stream(mapped).mapToObj(image -> all[image]).toArray(float[][]::new);
  }

  /** How well the nearest of them are of one class; empty where no class has two. */
  Optional<RetrievalMetrics> retrieval() {
    return retrieval;
  }

  /** What a linear model tells of their classes, where the network learned without any. */
  Optional<LinearProbe> probe() {
    return probe;
  }

  /** The images that are on the map, at most {@link #MOST_MAPPED}. */
  int[] mapped() {
    return mapped;
  }

  /** Where they lie, which is found out when it is asked for first. */
  PrincipalComponents map() {
    if (map == null) {
      map = PrincipalComponents.of(embeddings);
    }
    return map;
  }

  /**
   * Positions of at most so many things, in their order: any of them, but always the same. What is
   * taken at even distances may miss whole classes where they come in turn.
   */
  static int[] sample(int things, int most) {
    int[] chosen = new int[Math.min(things, most)];
    SplittableRandom random = new SplittableRandom(0);
    int count = 0;
    for (int thing = 0; count < chosen.length; thing++) {
      if (random.nextInt(things - thing) < chosen.length - count) {
        chosen[count++] = thing;
      }
    }
    return chosen;
  }
}
