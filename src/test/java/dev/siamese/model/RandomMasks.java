package dev.siamese.model;

import dev.siamese.model.DropoutInputs.Mask;
import dev.siamese.network.Layer;
import dev.siamese.network.Network;
import dev.siamese.network.SpatialDropout2D;
import dev.siamese.network.TensorShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TUint8;

/** Random masks for all layers of a plan that drop values, which the plain graph can use too. */
final class RandomMasks {
  private final Plan plan;
  private final int images;
  private final Map<Integer, byte[]> kept = new HashMap<>();

  RandomMasks(Plan plan, int images, long seed) {
    this.plan = plan;
    this.images = images;
    SplittableRandom random = new SplittableRandom(seed);
    Network network = plan.network();
    for (int node = 0; node < network.nodes().size(); node++) {
      Layer layer = network.layer(node).layer();
      if (DropoutLayout.rate(layer) > 0) {
        TensorShape shape = network.shape(node);
        int values = layer instanceof SpatialDropout2D ? shape.size(2) : shape.count();
        byte[] mask = new byte[images * values];
        for (int i = 0; i < mask.length; i++) {
          mask[i] = (byte) random.nextInt(2);
        }
        kept.put(node, mask);
      }
    }
  }

  /** By node, for values (n, shape of the node). */
  Map<Integer, Mask> byImage(Ops tf) {
    return masks(tf, kept);
  }

  /** By node, in the order in which the fast graph has its values. */
  Map<Integer, Mask> inOrderOfThePlan(Ops tf) {
    Map<Integer, byte[]> ordered = new HashMap<>(kept);
    List<Step> steps = plan.steps();
    if (steps.size() > 1
        && steps.get(0) instanceof Step.PixelProduct product
        && steps.get(1) instanceof Step.Winograd) {
      ordered.computeIfPresent(
          product.block().output(), (node, mask) -> byParity(mask, plan.network().shape(node)));
    }
    return masks(tf, ordered);
  }

  /** From (n, rows, columns, channels) to (cells, n, channels), with the cells by parity. */
  private byte[] byParity(byte[] mask, TensorShape shape) {
    int channels = shape.size(2);
    byte[] ordered = new byte[mask.length];
    int next = 0;
    for (int[] cell : PixelLayoutTest.byParity(shape.size(0), shape.size(1))) {
      for (int image = 0; image < images; image++) {
        int from = ((image * shape.size(0) + cell[0]) * shape.size(1) + cell[1]) * channels;
        System.arraycopy(mask, from, ordered, next, channels);
        next += channels;
      }
    }
    return ordered;
  }

  /** With a scale of each node's own. */
  private static Map<Integer, Mask> masks(Ops tf, Map<Integer, byte[]> bytes) {
    Map<Integer, Mask> masks = new HashMap<>();
    bytes.forEach(
        (node, mask) ->
            masks.put(
                node,
                new Mask(
                    tf.constant(TUint8.class, Shape.of(mask.length), DataBuffers.of(mask)),
                    tf.constant(1.5f + 0.1f * node))));
    return masks;
  }
}
