package dev.siamese.savedmodel;

import dev.siamese.data.ImageShape;
import dev.siamese.data.ValueRange;
import dev.siamese.model.Images;
import dev.siamese.network.TensorShape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The signatures of a model that are used, of which there is at least one.
 *
 * @param image the shape of the images
 * @param embedding from one image to its embedding
 * @param pair from two images to their distance or similarity
 */
record ImageSignatures(
    ImageShape image, Optional<ImageSignature> embedding, Optional<ImageSignature> pair) {

  /** All of them. */
  List<ImageSignature> all() {
    return Stream.of(embedding, pair).flatMap(Optional::stream).toList();
  }

  /** The shape of the images as a network has it. */
  TensorShape imageTensor() {
    return Images.tensor(image);
  }

  /** The one that uses most of the network. */
  ImageSignature most() {
    return pair.or(() -> embedding).orElseThrow();
  }

  /** Whether pixels can be given in such values. */
  boolean takes(ValueRange values) {
    return values == ValueRange.ZERO_TO_255
        || all().stream().noneMatch(ImageSignature::takesIntegers);
  }
}
