package dev.siamese.savedmodel;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.savedmodel.ImageLayout.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorInfo;

/**
 * An input of a signature that images can be fed to.
 *
 * @param tensor its name in the graph
 * @param type of the numbers
 * @param batch how many images it takes at once: {@link #ANY}, {@link #SINGLE}, or always so many
 * @param layout how an image lies in it
 */
record ImageInput(String tensor, DataType type, int batch, ImageLayout layout) {
  /** As many images as there are. */
  static final int ANY = -1;

  /** One image, without an axis for more. */
  static final int SINGLE = 0;

  private static final int MOST_AT_ONCE = 1 << 16;
  private static final List<Long> CHANNELS = List.of(1L, 3L);

  /** The input, if images can be fed to it. */
  static Optional<ImageInput> of(TensorInfo tensor) {
    if (!PixelType.isKnown(tensor.getDtype())) {
      return Optional.empty();
    }
    if (tensor.getTensorShape().getUnknownRank()) {
      List<Long> any = Collections.nCopies(3, ImageLayout.ANY);
      return input(tensor, ANY, Order.HEIGHT_WIDTH_CHANNELS, any);
    }
    List<Long> sizes = TensorSpec.sizes(tensor);
    return switch (sizes.size()) {
      case 1 -> sizes.get(0) == ANY ? Optional.empty() : input(tensor, SINGLE, Order.FLAT, sizes);
      case 2 ->
          sizes.get(0) > 1 && sizes.get(0).equals(sizes.get(1))
              ? input(tensor, SINGLE, Order.HEIGHT_WIDTH, sizes)
              : batch(tensor, Order.FLAT, sizes);
      case 3 ->
          sizes.get(0) != ANY && CHANNELS.contains(sizes.get(2))
              ? input(tensor, SINGLE, Order.HEIGHT_WIDTH_CHANNELS, sizes)
              : sizes.get(0) == 3
                  ? input(tensor, SINGLE, Order.CHANNELS_HEIGHT_WIDTH, sizes)
                  : batch(tensor, Order.HEIGHT_WIDTH, sizes);
      case 4 ->
          CHANNELS.contains(sizes.get(1)) && !CHANNELS.contains(sizes.get(3))
              ? batch(tensor, Order.CHANNELS_HEIGHT_WIDTH, sizes)
              : batch(tensor, Order.HEIGHT_WIDTH_CHANNELS, sizes);
      default -> Optional.empty();
    };
  }

  private static Optional<ImageInput> batch(TensorInfo tensor, Order order, List<Long> sizes) {
    long batch = sizes.get(0);
    return batch == ANY || batch > 0 && batch <= MOST_AT_ONCE
        ? input(tensor, (int) batch, order, sizes.subList(1, sizes.size()))
        : Optional.empty();
  }

  private static Optional<ImageInput> input(
      TensorInfo tensor, int batch, Order order, List<Long> sizes) {
    ImageLayout layout = new ImageLayout(order, sizes);
    return layout.likely().isPresent() || order == Order.FLAT
        ? Optional.of(new ImageInput(tensor.getName(), tensor.getDtype(), batch, layout))
        : Optional.empty();
  }

  /**
   * Images as a tensor, which the caller closes.
   *
   * @param positions of the images
   * @param order of the bytes, as {@link ImageLayout.Order#positions} has it for them
   * @param values what is fed for each pixel of 0 to 255
   */
  Tensor tensorOf(LabeledImages images, int[] positions, Optional<int[]> order, float[] values) {
    byte[] pixels = new byte[images.shape().pixels()];
    float[] fed = new float[positions.length * pixels.length];
    for (int i = 0; i < positions.length; i++) {
      if (order.isPresent()) {
        images.copyPixels(positions[i], positions[i] + 1, order.get(), pixels);
      } else {
        images.copyPixels(positions[i], positions[i] + 1, pixels);
      }
      for (int pixel = 0; pixel < pixels.length; pixel++) {
        fed[i * pixels.length + pixel] = values[pixels[pixel] & 0xFF];
      }
    }
    return PixelType.tensorOf(type, shape(images.shape(), positions.length), fed);
  }

  private Shape shape(ImageShape image, int count) {
    List<Long> sizes = new ArrayList<>(layout.order().sizes(image));
    if (batch != SINGLE) {
      sizes.add(0, (long) count);
    }
    return Shape.of(sizes.stream().mapToLong(size -> size).toArray());
  }
}
