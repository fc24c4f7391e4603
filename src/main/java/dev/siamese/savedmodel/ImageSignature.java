package dev.siamese.savedmodel;

import dev.siamese.data.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A signature of somebody's model that this program can use, recognised by the types and shapes of
 * its tensors, whatever their names.
 *
 * @param name the signature's key; where several of its outputs can be used, with the output's, as
 *     in "encode:features"
 * @param key the signature's
 * @param images what to feed, an image each
 * @param output name in the graph of the tensor to fetch: of one image its embedding, of two their
 *     distance or similarity
 * @param outputName what the signature calls that tensor
 */
record ImageSignature(
    String name, String key, List<ImageInput> images, String output, String outputName) {
  private static final long ANY = -1;

  /** The ways to use a signature; none if it cannot be used. */
  static List<ImageSignature> of(String key, SignatureDef signature) {
    List<ImageInput> images = new ArrayList<>();
    // In the order of their names, as TensorFlow takes a dictionary.
    for (TensorInfo input : new TreeMap<>(signature.getInputsMap()).values()) {
      ImageInput.of(input).ifPresent(images::add);
    }
    if (images.size() != signature.getInputsCount()
        || images.isEmpty()
        || images.size() > 2
        || images.stream().map(ImageInput::batch).distinct().count() > 1) {
      return List.of();
    }
    boolean isSingle = images.get(0).batch() == ImageInput.SINGLE;
    Predicate<List<Long>> isResult =
        images.size() == 1
            ? sizes -> sizes.size() > (isSingle ? 0 : 1)
            : sizes -> isPerPair(sizes, isSingle);
    List<String> results =
        new TreeMap<>(signature.getOutputsMap())
            .entrySet().stream()
                .filter(output -> PixelType.isFloating(output.getValue().getDtype()))
                .filter(
                    output ->
                        output.getValue().getTensorShape().getUnknownRank()
                            || isResult.test(TensorSpec.sizes(output.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    return results.stream()
        .map(
            result ->
                new ImageSignature(
                    results.size() == 1 ? key : key + ":" + result,
                    key,
                    images,
                    signature.getOutputsOrThrow(result).getName(),
                    result))
        .toList();
  }

  /** Whether a tensor may hold one number a pair. */
  private static boolean isPerPair(List<Long> sizes, boolean isSingle) {
    return isSingle
        ? sizes.stream().allMatch(size -> size == ANY || size == 1)
        : !sizes.isEmpty() && sizes.stream().skip(1).allMatch(size -> size == ANY || size == 1);
  }

  /** Whether it compares two images, rather than to embed one. */
  boolean isOfPairs() {
    return images.size() == 2;
  }

  /** How many images each of its inputs takes at once. */
  int batch() {
    return images.get(0).batch();
  }

  /** Whether its inputs take images of this shape. */
  boolean takes(ImageShape image) {
    return images.stream().allMatch(input -> input.layout().takes(image));
  }

  /** The shape of its images, if an input leaves no choice. */
  Optional<ImageShape> toldImage() {
    return images.stream().flatMap(input -> input.layout().told().stream()).findFirst();
  }

  /** The likeliest shape of its images; empty where there is none. */
  Optional<ImageShape> likelyImage() {
    return toldImage().or(() -> images.get(0).layout().likely());
  }

  /** Whether its images are integers, which pixels can only be as 0 to 255. */
  boolean takesIntegers() {
    return images.stream().anyMatch(input -> PixelType.isInteger(input.type()));
  }
}
