package dev.siamese.savedmodel;

import dev.siamese.data.ImageShape;
import dev.siamese.network.TensorShape;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tensorflow.proto.SignatureDef;

/**
 * The signatures of a model that are used, of which there is at least one.
 *
 * @param embedding from one image to its embedding
 * @param pair from two images to their distance or similarity
 */
record ImageSignatures(Optional<ImageSignature> embedding, Optional<ImageSignature> pair) {

  /**
   * Chooses among the signatures of a model: that of embeddings which has our own name, else the
   * default, else the first by name. It decides the shape of the images.
   */
  static Optional<ImageSignatures> choose(Map<String, SignatureDef> signatures) {
    List<ImageSignature> usable =
        signatures.entrySet().stream()
            .flatMap(entry -> ImageSignature.of(entry.getKey(), entry.getValue()).stream())
            .sorted(
                Comparator.comparing(ImageSignatures::preference)
                    .thenComparing(ImageSignature::isOfPairs)
                    .thenComparing(ImageSignature::key))
            .toList();
    return usable.stream()
        .findFirst()
        .map(ImageSignature::image)
        .map(
            image ->
                new ImageSignatures(
                    first(usable, image, signature -> !signature.isOfPairs()),
                    first(usable, image, ImageSignature::isOfPairs)));
  }

  private static int preference(ImageSignature signature) {
    if (signature.key().equals(ModelFunction.EMBED.signature()) && !signature.isOfPairs()) {
      return 0;
    }
    return signature.key().equals(ModelFunction.COMPARE.signature()) ? 1 : 2;
  }

  private static Optional<ImageSignature> first(
      List<ImageSignature> usable, ImageShape image, Predicate<ImageSignature> isWanted) {
    return usable.stream()
        .filter(signature -> signature.image().equals(image) && isWanted.test(signature))
        .findFirst();
  }

  /** All of them. */
  List<ImageSignature> all() {
    return Stream.of(embedding, pair).flatMap(Optional::stream).toList();
  }

  /** The shape of the images. */
  ImageShape image() {
    return all().get(0).image();
  }

  /** The shape of the images as a network has it. */
  TensorShape imageTensor() {
    return TensorShape.of(image().height(), image().width(), image().channels());
  }

  /** The one that uses most of the network. */
  ImageSignature most() {
    return pair.or(() -> embedding).orElseThrow();
  }
}
