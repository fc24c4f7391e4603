package dev.siamese.model;

import dev.siamese.data.ImageShape;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Network;
import dev.siamese.network.Padding;
import dev.siamese.network.TensorShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The way in which the fast graph computes a twin: rewrites of runs of its layers, each of which
 * saves work and gives the same but for the order of sums, and the other layers as they are.
 *
 * <p>To add a rewrite, add a {@link Step} and say in {@link #of} where it applies.
 *
 * @param network the twin, its image cropped to what its embedding depends on
 * @param pixels the pixels that it takes, in their order
 * @param steps that compute all its nodes but the image
 * @param tiled the convolutions that are computed in tiles, in float32: {@link TiledConvolution}
 */
public record Plan(
    Network network, PixelLayout pixels, List<Step> steps, SortedSet<Integer> tiled) {

  /** Copies the steps. */
  public Plan {
    steps = List.copyOf(steps);
    tiled = Collections.unmodifiableSortedSet(new TreeSet<>(tiled));
  }

  /**
   * Plans a twin.
   *
   * @param twin from one image (height, width, channels) to its embedding, without nested networks
   */
  public static Plan of(Network twin) {
    // Where the size of a layer's whole output counts, every layer stays as it is.
    boolean asItIs = twin.regularizesActivity();
    Network network = asItIs ? twin : ReceptiveField.cropped(twin);
    Uses uses = new Uses(network);
    int image = network.inputs().get(0);
    List<Step> steps = new ArrayList<>();
    Set<Integer> done = new HashSet<>(List.of(image));
    for (int node = 0; node < network.nodes().size(); node++) {
      if (done.contains(node)) {
        continue;
      }
      Step step = asItIs ? new Step.Plain(node) : step(network, uses, node, steps);
      steps.add(step);
      done.addAll(step.nodes());
    }
    return new Plan(network, pixels(twin, network, steps), steps, tiled(network));
  }

  private static SortedSet<Integer> tiled(Network network) {
    SortedSet<Integer> tiled = new TreeSet<>();
    for (int node = 0; node < network.nodes().size(); node++) {
      if (network.layer(node).layer() instanceof Conv2D convolution
          && TiledConvolution.of(convolution, network.shapesTaken(node).get(0)).isPresent()) {
        tiled.add(node);
      }
    }
    return tiled;
  }

  private static Step step(Network network, Uses uses, int node, List<Step> before) {
    OptionalInt next = uses.only(node);
    if (next.isPresent() && normalizesImage(network, uses, node, next.getAsInt())) {
      return new Step.NormalizedImage(node, step(network, uses, next.getAsInt(), before));
    }
    if (next.isPresent() && isNormalizedProduct(network, node, next.getAsInt())) {
      return new Step.NormalizedProduct(node, next.getAsInt());
    }
    Optional<ConvolutionBlock> block = ConvolutionBlock.at(network, uses, node);
    if (block.isEmpty()) {
      return new Step.Plain(node);
    }
    if (block.get().isTwoByTwo(network)) {
      if (uses.only(network.inputs().get(0)).equals(OptionalInt.of(node))) {
        return new Step.PixelProduct(block.get());
      }
      if (follows(before, network, uses, node)) {
        return new Step.Winograd(block.get());
      }
    }
    return new Step.PooledFirst(block.get());
  }

  /** Whether a node normalizes the channels of the image for a convolution within its borders. */
  private static boolean normalizesImage(Network network, Uses uses, int node, int next) {
    int image = network.inputs().get(0);
    return network.layer(node).layer() instanceof BatchNormalization normalization
        && network.nodes().get(node).inputs().equals(List.of(image))
        && uses.only(image).isPresent()
        && network.shape(image).position(normalization.axis()) == 2
        && network.layer(next).layer() instanceof Conv2D convolution
        && convolution.groups() == 1
        && convolution.window().padding() == Padding.VALID;
  }

  /** Whether a node is a convolution, and the next one normalizes the channels it gives. */
  private static boolean isNormalizedProduct(Network network, int node, int next) {
    TensorShape shape = network.shape(node);
    return ScaledKernels.canScaleOutput(network.layer(node).layer())
        && network.layer(next).layer() instanceof BatchNormalization normalization
        && shape.position(normalization.axis()) == shape.rank() - 1;
  }

  /** Whether a node takes what the first step, a product of pixels, gives, and nobody else does. */
  private static boolean follows(List<Step> steps, Network network, Uses uses, int node) {
    return steps.size() == 1
        && steps.get(0) instanceof Step.PixelProduct product
        && network.nodes().get(node).inputs().equals(List.of(product.block().output()))
        && uses.only(product.block().output()).isPresent();
  }

  private static PixelLayout pixels(Network twin, Network cropped, List<Step> steps) {
    ImageShape image = Images.shape(twin.inputShapes().get(0));
    if (steps.isEmpty() || !(steps.get(0) instanceof Step.PixelProduct product)) {
      return PixelLayout.cropped(image, Images.shape(cropped.inputShapes().get(0)));
    }
    int pooling = product.block().pooling();
    boolean parity = steps.size() > 1 && steps.get(1) instanceof Step.Winograd;
    return PixelLayout.windows(
        image, cropped.shape(pooling).size(0), cropped.shape(pooling).size(1), parity);
  }

  /** The plan as text, a line each. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add("pixels: " + pixels);
    steps.forEach(step -> lines.add(step.describe(network)));
    if (!tiled.isEmpty()) {
      lines.add(
          tiled.stream()
              .map(node -> network.layer(node).name())
              .collect(
                  Collectors.joining(", ", "in float32, by Winograd's filtering in tiles: ", "")));
    }
    return lines;
  }
}
