package dev.siamese.model;

import dev.siamese.network.Activation;
import dev.siamese.network.ActivationLayer;
import dev.siamese.network.AveragePooling2D;
import dev.siamese.network.Conv2D;
import dev.siamese.network.DepthwiseConv2D;
import dev.siamese.network.Dropout;
import dev.siamese.network.Identity;
import dev.siamese.network.Layer;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.Network;
import dev.siamese.network.Padding;
import dev.siamese.network.Rescaling;
import dev.siamese.network.SeparableConv2D;
import dev.siamese.network.Softmax;
import dev.siamese.network.SpatialDropout2D;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The part of an image that an embedding depends on. Windows that stay inside of their maps leave
 * out rows and columns at the end where their strides do not divide the size: of 28×28 pixels the
 * reference network never looks beyond the top-left 23×23.
 */
final class ReceptiveField {
  private ReceptiveField() {}

  /** The same twin for images without the rows and columns that it does not look at. */
  static Network cropped(Network twin) {
    Uses uses = new Uses(twin);
    List<Integer> chain = new ArrayList<>();
    int last = twin.inputs().get(0);
    for (OptionalInt next = uses.only(last);
        next.isPresent() && isLocal(twin.layer(next.getAsInt()).layer());
        next = uses.only(next.getAsInt())) {
      last = next.getAsInt();
      chain.add(last);
    }
    int rows = twin.shape(last).size(0);
    int columns = twin.shape(last).size(1);
    for (int i = chain.size() - 1; i >= 0; i--) {
      Optional<Window> window = window(twin.layer(chain.get(i)).layer());
      if (window.isPresent()) {
        Window w = window.get();
        rows = (rows - 1) * w.strides().rows() + w.span().rows();
        columns = (columns - 1) * w.strides().columns() + w.span().columns();
      }
    }
    TensorShape image = twin.inputShapes().get(0);
    TensorShape seen = TensorShape.of(rows, columns, image.size(2));
    return seen.equals(image) ? twin : twin.withInputs(seen);
  }

  /** Whether a layer's output at a place depends on its input near that place alone. */
  private static boolean isLocal(Layer layer) {
    return layer instanceof ActivationLayer activation && isLocal(activation)
        || layer instanceof Dropout
        || layer instanceof SpatialDropout2D
        || layer instanceof Rescaling
        || layer instanceof Identity
        || window(layer).map(window -> window.padding() == Padding.VALID).orElse(false)
            && isLocal(activation(layer));
  }

  /** All others see the channels of a place at most. */
  private static boolean isLocal(ActivationLayer activation) {
    return !(activation instanceof Softmax);
  }

  /** What a layer applies to its output itself. */
  static ActivationLayer activation(Layer layer) {
    if (layer instanceof Conv2D convolution) {
      return convolution.activation();
    }
    if (layer instanceof DepthwiseConv2D convolution) {
      return convolution.activation();
    }
    if (layer instanceof SeparableConv2D convolution) {
      return convolution.activation();
    }
    return Activation.LINEAR;
  }

  private static Optional<Window> window(Layer layer) {
    if (layer instanceof Conv2D convolution) {
      return Optional.of(convolution.window());
    }
    if (layer instanceof DepthwiseConv2D convolution) {
      return Optional.of(convolution.window());
    }
    if (layer instanceof SeparableConv2D convolution) {
      return Optional.of(convolution.window());
    }
    if (layer instanceof MaxPooling2D pooling) {
      return Optional.of(pooling.window());
    }
    if (layer instanceof AveragePooling2D pooling) {
      return Optional.of(pooling.window());
    }
    return Optional.empty();
  }
}
