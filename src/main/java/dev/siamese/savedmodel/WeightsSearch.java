package dev.siamese.savedmodel;

import dev.siamese.network.Parameter;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Finds the weights of a network in a SavedModel that computes the same as it. */
final class WeightsSearch {
  private static final int MOST_DESCRIBED = 12;

  private final Path folder;
  private final SiameseNetwork network;
  private final SignatureAnswers answers;
  private final Checkpoint checkpoint;

  /** By node: what was read already. */
  private final Map<Integer, float[]> values = new HashMap<>();

  /**
   * A search in a folder.
   *
   * @param answers what the model says
   * @param checkpoint its variables
   */
  WeightsSearch(
      Path folder, SiameseNetwork network, SignatureAnswers answers, Checkpoint checkpoint) {
    this.folder = folder;
    this.network = network;
    this.answers = answers;
    this.checkpoint = checkpoint;
  }

  /**
   * Finds them.
   *
   * @param isHalfPrecise whether the model computes in 16 bits
   * @throws IOException when there are none such
   */
  Weights find(StoredVariables variables, boolean isHalfPrecise) throws IOException {
    ImageSignature signature = answers.signatures().most();
    List<Parameter> parameters = network.network().parameters();
    List<Integer> wanted =
        signature.isOfPairs()
            ? IntStream.range(0, parameters.size()).boxed().toList()
            : network.twinParameters();
    if (wanted.size() != parameters.size()) {
      throw new IOException(
          "expected the network's %d parameters, found those of a twin alone, %d, in %s"
              .formatted(parameters.size(), wanted.size(), folder));
    }
    List<StoredVariable> used = variables.of(signature);
    Collection<Map<Integer, StoredVariable>> candidates =
        new VariableMatch(network.network(), wanted).candidates(used, variables.listed());
    if (candidates.isEmpty()) {
      throw new IOException(
          "expected the variables %s, found %s in %s"
              .formatted(
                  describe(parameters.stream().map(p -> p.name() + " " + p.shape()).toList()),
                  describe(used),
                  folder));
    }
    NetworkComparison comparison = new NetworkComparison(network, isHalfPrecise);
    Weights best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Map<Integer, StoredVariable> candidate : candidates) {
      Weights weights = weights(candidate);
      double difference = comparison.difference(weights, answers);
      if (difference <= least) {
        least = difference;
        best = weights;
      }
    }
    if (best == null || least > 1) {
      String found =
          comparison.isRandom(answers)
              ? "one whose answers change from call to call, as of random layers,"
              : "one of the same shapes that computes something else";
      throw new IOException(
          "expected a model that computes what the network does, found %s in %s"
              .formatted(found, folder));
    }
    return best;
  }

  private Weights weights(Map<Integer, StoredVariable> variables) throws IOException {
    List<Parameter> parameters = network.network().parameters();
    float[][] arrays = new float[parameters.size()][];
    for (int i = 0; i < arrays.length; i++) {
      StoredVariable variable = variables.get(i);
      arrays[i] =
          variable == null
              ? new float[parameters.get(i).size()]
              : values.computeIfAbsent(variable.node(), n -> checkpoint.floats(variable.key()));
      if (arrays[i].length != parameters.get(i).size()) {
        throw new IOException(
            "expected %d values of %s, found %d in %s"
                .formatted(parameters.get(i).size(), variable, arrays[i].length, folder));
      }
    }
    return new Weights(parameters, arrays);
  }

  /** The first of them, as some networks have hundreds. */
  private static String describe(List<?> all) {
    List<String> some = all.stream().limit(MOST_DESCRIBED).map(Object::toString).toList();
    String more =
        all.size() > MOST_DESCRIBED ? ", and %d more".formatted(all.size() - MOST_DESCRIBED) : "";
    return all.isEmpty() ? "none" : String.join(", ", some) + more;
  }
}
