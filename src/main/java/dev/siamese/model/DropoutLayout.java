package dev.siamese.model;

import dev.siamese.network.Dropout;
import dev.siamese.network.Layer;
import dev.siamese.network.Network;
import dev.siamese.network.SpatialDropout2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * How many values dropout decides over in a training step, a random byte each. Which byte is whose
 * means nothing, as they are random. The samples of a step are pairs, with both their images, or
 * single images.
 *
 * @param groups a part for each rate
 */
public record DropoutLayout(List<Group> groups) {

  /**
   * The layers of one rate.
   *
   * @param rate probability of a zero, above 0
   * @param twin by node of the twin: values of a sample, of all its images
   * @param head by node of the head: values of a pair
   */
  public record Group(double rate, Map<Integer, Integer> twin, Map<Integer, Integer> head) {

    /** How many bytes a sample takes. */
    public int bytesPerSample() {
      return sum(twin) + sum(head);
    }

    private static int sum(Map<Integer, Integer> values) {
      return values.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** Copies the list. */
  public DropoutLayout {
    groups = List.copyOf(groups);
  }

  /** The layout of pairs, for a planned twin and its head. */
  public static DropoutLayout of(Network twin, Network head) {
    TreeSet<Double> rates = new TreeSet<>();
    rates.addAll(rates(twin));
    rates.addAll(rates(head));
    List<Group> groups = new ArrayList<>();
    for (double rate : rates) {
      groups.add(new Group(rate, values(twin, rate, 2), values(head, rate, 1)));
    }
    return new DropoutLayout(groups);
  }

  /** The layout of single images, for a planned twin. */
  public static DropoutLayout ofImages(Network twin) {
    return new DropoutLayout(
        new TreeSet<>(rates(twin))
            .stream().map(rate -> new Group(rate, values(twin, rate, 1), Map.of())).toList());
  }

  private static List<Double> rates(Network network) {
    return network.nodes().stream()
        .map(node -> rate(network.layers().get(node.layer()).layer()))
        .filter(rate -> rate > 0)
        .toList();
  }

  private static Map<Integer, Integer> values(Network network, double rate, int times) {
    Map<Integer, Integer> values = new LinkedHashMap<>();
    for (int node = 0; node < network.nodes().size(); node++) {
      Layer layer = network.layer(node).layer();
      if (rate(layer) == rate) {
        values.put(
            node,
            times
                * (layer instanceof SpatialDropout2D
                    ? network.shape(node).size(-1)
                    : network.shape(node).count()));
      }
    }
    return values;
  }

  /** The rate of a layer that drops values, else 0. */
  static double rate(Layer layer) {
    if (layer instanceof Dropout dropout) {
      return dropout.rate();
    }
    return layer instanceof SpatialDropout2D dropout ? dropout.rate() : 0;
  }
}
