package dev.siamese.savedmodel;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.model.OutputProbe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Chooses among the signatures of a loaded model by asking them: those that say the same are one,
 * and embeddings belong to a distance that is one of them.
 */
final class SignatureSelection {
  /** Of the greatest answer; what rounding and another order of sums explain. */
  private static final double SAME = 1e-4;

  private final SignatureCandidates candidates;
  private final SignatureRunner runner;
  private final ValueRange values;
  private final Consumer<String> notices;
  private final LabeledImages images;
  private final Pairs pairs;

  /**
   * A choice for a model.
   *
   * @param values what it is fed for pixels
   * @param notices is told which signature is taken where that is a choice, a line each
   */
  SignatureSelection(
      SignatureCandidates candidates,
      SignatureRunner runner,
      ValueRange values,
      Consumer<String> notices) {
    this.candidates = candidates;
    this.runner = runner;
    this.values = values;
    this.notices = notices;
    images = OutputProbe.images(candidates.image());
    int[] all = IntStream.range(0, images.size() * images.size()).toArray();
    pairs =
        new Pairs(
            Arrays.stream(all).map(pair -> pair / images.size()).toArray(),
            Arrays.stream(all).map(pair -> pair % images.size()).toArray(),
            new byte[all.length]);
  }

  /**
   * The signature of two images; empty where there is none.
   *
   * @throws IOException when there are several that say different things, none of them the default
   */
  Optional<ImageSignature> pair() throws IOException {
    return chosen(different(candidates.pairs()), "two images");
  }

  /** The same, but empty where there are several. */
  Optional<ImageSignature> pairIfClear() {
    List<ImageSignature> different = different(candidates.pairs());
    return different.size() == 1 ? Optional.of(different.get(0)) : Optional.empty();
  }

  /**
   * The signature of one image: of several, the one whose embeddings the distance is of.
   *
   * @param pair that distance
   * @throws IOException when it cannot be told which it is
   */
  Optional<ImageSignature> embedding(Optional<ImageSignature> pair) throws IOException {
    List<ImageSignature> different = different(candidates.embeddings());
    if (pair.isPresent() && !different.isEmpty()) {
      List<ImageSignature> compared = compared(different, pair.get());
      if (compared.size() == 1) {
        if (different.size() > 1) {
          notices.accept(
              "of the signatures of one image, %s, %s is taken, whose embeddings %s compares"
                  .formatted(names(different), compared.get(0).name(), pair.get().name()));
        }
        return Optional.of(compared.get(0));
      }
      if (different.size() == 1) {
        notices.accept(
            "the embeddings of its signature %s are not known to be what %s compares"
                .formatted(different.get(0).name(), pair.get().name()));
      }
    }
    return chosen(different, "one image");
  }

  /** The signature whose embeddings a distance is of; empty where that is not known. */
  Optional<ImageSignature> embeddingOf(ImageSignature pair) {
    List<ImageSignature> compared = compared(different(candidates.embeddings()), pair);
    return compared.size() == 1 ? Optional.of(compared.get(0)) : Optional.empty();
  }

  private Optional<ImageSignature> chosen(List<ImageSignature> different, String images)
      throws IOException {
    if (different.size() < 2) {
      return different.stream().findFirst();
    }
    String which =
        "signatures of %s, %s%s".formatted(images, names(different), randomness(different));
    if (!SignatureCandidates.isDefault(different.get(0))) {
      throw new UnclearModelException(
          "expected one answer of all %s, found different ones: --signature NAME takes one, in %s"
              .formatted(which, runner.source()));
    }
    notices.accept(
        "of the %s, %s is taken (--signature says otherwise)"
            .formatted(which, different.get(0).name()));
    return Optional.of(different.get(0));
  }

  private static String names(List<ImageSignature> signatures) {
    return signatures.stream().map(ImageSignature::name).collect(Collectors.joining(", "));
  }

  private String randomness(List<ImageSignature> signatures) {
    ImageSignature first = signatures.get(0);
    return isSame(answers(first), answers(first))
        ? ""
        : ", whose answers change from call to call, as of random layers";
  }

  /** Those that say different things, the likelier first; what cannot be run is none. */
  private List<ImageSignature> different(List<ImageSignature> all) {
    if (all.size() < 2) {
      return all;
    }
    List<ImageSignature> different = new ArrayList<>();
    List<float[][]> found = new ArrayList<>();
    RuntimeException failure = null;
    for (ImageSignature signature : all) {
      try {
        float[][] answers = answers(signature);
        if (found.stream().noneMatch(other -> isSame(other, answers))) {
          different.add(signature);
          found.add(answers);
        }
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (different.isEmpty() && failure != null) {
      throw failure;
    }
    return different;
  }

  private float[][] answers(ImageSignature signature) {
    return signature.isOfPairs()
        ? new float[][] {runner.compare(signature, images, pairs, values)}
        : runner.run(
            signature, images, values, List.of(IntStream.range(0, images.size()).toArray()));
  }

  private static boolean isSame(float[][] first, float[][] second) {
    double greatest = 0;
    double difference = 0;
    for (int row = 0; row < first.length; row++) {
      if (first[row].length != second[row].length) {
        return false;
      }
      for (int i = 0; i < first[row].length; i++) {
        greatest = Math.max(greatest, Math.abs(first[row][i]));
        difference = Math.max(difference, Math.abs(first[row][i] - second[row][i]));
      }
    }
    return difference <= SAME * greatest;
  }

  /**
   * Those from a distance of whose embeddings follows what is said of two images, the farther the
   * more or the less alike.
   */
  private List<ImageSignature> compared(List<ImageSignature> embeddings, ImageSignature pair) {
    if (embeddings.isEmpty()) {
      return List.of();
    }
    float[] said = answers(pair)[0];
    return embeddings.stream()
        .filter(embedding -> DistanceMatch.explains(answers(embedding), pairs, said))
        .toList();
  }
}
