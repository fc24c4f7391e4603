package dev.siamese.model;

import dev.siamese.data.LabeledImages;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * The sizes of the embedding network: three 2×2 convolutions, each followed by 2×2 max-pooling,
 * then the average over all positions and a dense layer.
 *
 * @param filters1 output channels of the first convolution
 * @param filters2 output channels of the second convolution
 * @param filters3 output channels of the third convolution
 * @param embeddingSize the length of an embedding
 */
public record Architecture(int filters1, int filters2, int filters3, int embeddingSize) {
  /** Height and width of an input image, in pixels. */
  public static final int IMAGE_SIZE = 28;

  /** Height and width of a convolution's kernel. */
  static final int KERNEL_SIZE = 2;

  /** The reference network: 107 456 parameters, embeddings of 128. */
  public static final Architecture REFERENCE = new Architecture(128, 128, 64, 128);

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException when one is not positive
   */
  public Architecture {
    if (Math.min(Math.min(filters1, filters2), Math.min(filters3, embeddingSize)) < 1) {
      throw new IllegalArgumentException(
          "expected positive layer sizes, found %d, %d, %d and %d"
              .formatted(filters1, filters2, filters3, embeddingSize));
    }
  }

  /**
   * Checks that images are of the size that the network takes.
   *
   * @param images (n, 28, 28)
   * @throws IllegalArgumentException when they are of another size
   */
  public static void requireImages(LabeledImages images) {
    if (images.height() != IMAGE_SIZE || images.width() != IMAGE_SIZE) {
      throw new IllegalArgumentException(
          "expected images of %d×%d, found %d×%d"
              .formatted(IMAGE_SIZE, IMAGE_SIZE, images.height(), images.width()));
    }
  }

  /** The trainable arrays, in Keras's order: kernel and bias of each layer, from the input on. */
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    addLayer(parameters, "conv2d", Shape.of(KERNEL_SIZE, KERNEL_SIZE, 1, filters1));
    addLayer(parameters, "conv2d_1", Shape.of(KERNEL_SIZE, KERNEL_SIZE, filters1, filters2));
    addLayer(parameters, "conv2d_2", Shape.of(KERNEL_SIZE, KERNEL_SIZE, filters2, filters3));
    addLayer(parameters, "dense", Shape.of(filters3, embeddingSize));
    return parameters;
  }

  private static void addLayer(List<Parameter> parameters, String layer, Shape kernel) {
    long outputs = kernel.get(kernel.numDimensions() - 1);
    parameters.add(new Parameter(layer + "/kernel", kernel));
    parameters.add(new Parameter(layer + "/bias", Shape.of(outputs)));
  }
}
