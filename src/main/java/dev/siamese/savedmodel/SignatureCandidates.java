package dev.siamese.savedmodel;

import dev.siamese.data.ImageShape;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tensorflow.proto.SignatureDef;

/**
 * The ways to use a model, of which there is at least one. The likelier ones come first: those of
 * our own name, then the default, then by name.
 *
 * @param image the shape of the images that all of them take
 * @param isTold whether the model or the user told that shape, or else it is assumed
 * @param embeddings from one image to its embedding
 * @param pairs from two images to their distance or similarity
 */
record SignatureCandidates(
    ImageShape image, boolean isTold, List<ImageSignature> embeddings, List<ImageSignature> pairs) {

  /**
   * Finds them.
   *
   * @param image the shape of images, where the user knows it
   */
  static Optional<SignatureCandidates> find(
      Map<String, SignatureDef> signatures, Optional<ImageShape> image) {
    List<ImageSignature> usable =
        new TreeMap<>(signatures)
            .entrySet().stream()
                .flatMap(entry -> ImageSignature.of(entry.getKey(), entry.getValue()).stream())
                .sorted(
                    Comparator.comparing(SignatureCandidates::preference)
                        .thenComparing(ImageSignature::isOfPairs))
                .toList();
    Optional<ImageShape> told =
        image
            .filter(shape -> usable.stream().anyMatch(signature -> signature.takes(shape)))
            .or(() -> usable.stream().flatMap(s -> s.toldImage().stream()).findFirst());
    return told.or(() -> usable.stream().flatMap(s -> s.likelyImage().stream()).findFirst())
        .map(
            shape ->
                new SignatureCandidates(
                    shape,
                    told.isPresent(),
                    usable.stream().filter(s -> !s.isOfPairs() && s.takes(shape)).toList(),
                    usable.stream().filter(s -> s.isOfPairs() && s.takes(shape)).toList()))
        .filter(found -> found.all().findAny().isPresent());
  }

  private static int preference(ImageSignature signature) {
    if (signature.key().equals(ModelFunction.EMBED.signature()) && !signature.isOfPairs()) {
      return 0;
    }
    return isDefault(signature) ? 1 : 2;
  }

  /** Whether TensorFlow's programs take it where nobody names another. */
  static boolean isDefault(ImageSignature signature) {
    return signature.key().equals(ModelFunction.COMPARE.signature());
  }

  /** All of them. */
  Stream<ImageSignature> all() {
    return Stream.concat(embeddings.stream(), pairs.stream());
  }

  /** Those that bear our own names, as they stand. */
  ImageSignatures first() {
    return new ImageSignatures(image, embeddings.stream().findFirst(), pairs.stream().findFirst());
  }
}
