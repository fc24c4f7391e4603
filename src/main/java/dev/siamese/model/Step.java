package dev.siamese.model;

import dev.siamese.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A part of a {@link Plan}: nodes of the twin that are computed together. */
sealed interface Step {

  /** The nodes, in their order; the last one's output is the step's. */
  List<Integer> nodes();

  /** What is done to them, in a few words. */
  String method();

  /** The step as a line of text. */
  default String describe(Network network) {
    return nodes().stream()
        .map(node -> network.layer(node).name())
        .collect(Collectors.joining(", ", method() + ": ", ""));
  }

  /**
   * A layer as Keras has it.
   *
   * @param node of it
   */
  record Plain(int node) implements Step {
    @Override
    public List<Integer> nodes() {
      return List.of(node);
    }

    @Override
    public String method() {
      return "layer";
    }
  }

  /**
   * A convolution that is pooled before its bias and its activation, which are then done on fewer
   * values: both keep the order of values, so that they commute with taking the maximum.
   *
   * @param block of the convolution
   */
  record PooledFirst(ConvolutionBlock block) implements Step {
    @Override
    public List<Integer> nodes() {
      return block.nodes();
    }

    @Override
    public String method() {
      return "pooled before bias and activation";
    }
  }

  /**
   * A normalization of the image, done by the kernel of the convolution that takes it, so that no
   * gradient goes back through that to the image.
   *
   * @param normalization the node of a batch normalization
   * @param convolution what takes it
   */
  record NormalizedImage(int normalization, Step convolution) implements Step {
    @Override
    public List<Integer> nodes() {
      List<Integer> nodes = new ArrayList<>(List.of(normalization));
      nodes.addAll(convolution.nodes());
      return nodes;
    }

    @Override
    public String method() {
      return "normalized by the kernel, " + convolution.method();
    }
  }

  /**
   * A convolution and the normalization of what it gives, which its kernel does where the
   * statistics are the moving ones: at inference, and where it is frozen.
   *
   * @param product the node of the convolution
   * @param normalization the node of a batch normalization
   */
  record NormalizedProduct(int product, int normalization) implements Step {
    @Override
    public List<Integer> nodes() {
      return List.of(product, normalization);
    }

    @Override
    public String method() {
      return "normalized by the kernel at inference";
    }
  }

  /**
   * The first convolution, of 2×2, as one product of matrices, pooled before its bias and its
   * activation. The pixels come in the order in which it reads them, each as often as it does.
   *
   * @param block of the convolution
   */
  record PixelProduct(ConvolutionBlock block) implements Step {
    @Override
    public List<Integer> nodes() {
      return block.nodes();
    }

    @Override
    public String method() {
      return "one product of pixels, pooled before bias and activation";
    }
  }

  /**
   * A convolution of 2×2 behind a {@link PixelProduct}, by Winograd's minimal filtering.
   *
   * @param block of the convolution
   */
  record Winograd(ConvolutionBlock block) implements Step {
    @Override
    public List<Integer> nodes() {
      return block.nodes();
    }

    @Override
    public String method() {
      return "Winograd's filtering, pooled before bias and activation";
    }
  }
}
