package dev.siamese.savedmodel;

import dev.siamese.data.ImageShape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A signature of somebody's model that this program can use, recognised by the types and shapes of
 * its tensors, whatever their names.
 *
 * @param key the signature's
 * @param image the shape of each image that it takes
 * @param images names in the graph of the tensors to feed, (n, height, width, channels)
 * @param output name in the graph of the tensor to fetch: of one image its embedding, (n, size); of
 *     two their distance or similarity, (n, 1) or (n)
 * @param outputName what the signature calls that tensor
 */
record ImageSignature(
    String key, ImageShape image, List<String> images, String output, String outputName) {
  private static final long ANY = -1;

  /** The signature, if it can be used. */
  static Optional<ImageSignature> of(String key, SignatureDef signature) {
    Map<String, TensorInfo> inputs = new TreeMap<>(signature.getInputsMap());
    List<Optional<ImageShape>> shapes =
        inputs.values().stream().map(ImageSignature::imageShape).distinct().toList();
    Predicate<TensorInfo> isResult =
        inputs.size() == 1 ? ImageSignature::isEmbedding : ImageSignature::isOutput;
    List<String> results =
        signature.getOutputsMap().entrySet().stream()
            .filter(output -> isResult.test(output.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (inputs.size() > 2 || shapes.size() != 1 || results.size() != 1) {
      return Optional.empty();
    }
    return shapes
        .get(0)
        .map(
            image ->
                new ImageSignature(
                    key,
                    image,
                    inputs.values().stream().map(TensorInfo::getName).toList(),
                    signature.getOutputsOrThrow(results.get(0)).getName(),
                    results.get(0)));
  }

  /** Whether it compares two images, rather than to embed one. */
  boolean isOfPairs() {
    return images.size() == 2;
  }

  /** The shape of the images in a tensor, if it holds any number of floats of images. */
  private static Optional<ImageShape> imageShape(TensorInfo tensor) {
    List<Long> sizes = sizes(tensor);
    if (!isFloat(tensor)
        || sizes.size() != 4
        || sizes.get(0) != ANY
        || sizes.stream().anyMatch(size -> size != size.intValue())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ImageShape(
              sizes.get(1).intValue(), sizes.get(2).intValue(), sizes.get(3).intValue()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // Of no size, or of one that no image has.
    }
  }

  private static boolean isEmbedding(TensorInfo tensor) {
    return isFloat(tensor) && sizes(tensor).size() == 2 && sizes(tensor).get(0) == ANY;
  }

  private static boolean isOutput(TensorInfo tensor) {
    return isFloat(tensor)
        && (sizes(tensor).equals(List.of(ANY, 1L)) || sizes(tensor).equals(List.of(ANY)));
  }

  private static boolean isFloat(TensorInfo tensor) {
    return tensor.getDtype() == DataType.DT_FLOAT && !tensor.getTensorShape().getUnknownRank();
  }

  private static List<Long> sizes(TensorInfo tensor) {
    return tensor.getTensorShape().getDimList().stream()
        .map(TensorShapeProto.Dim::getSize)
        .toList();
  }

  /** What every signature takes and tells, a line each. */
  static List<String> descriptions(Map<String, SignatureDef> signatures) {
    return new TreeMap<>(signatures)
        .entrySet().stream()
            .filter(entry -> entry.getValue().getInputsCount() > 0)
            .map(
                entry ->
                    "%s: %s → %s"
                        .formatted(
                            entry.getKey(),
                            describe(entry.getValue().getInputsMap()),
                            describe(entry.getValue().getOutputsMap())))
            .toList();
  }

  private static String describe(Map<String, TensorInfo> tensors) {
    return new TreeMap<>(tensors)
        .entrySet().stream()
            .map(entry -> entry.getKey() + " " + describe(entry.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String describe(TensorInfo tensor) {
    String type = tensor.getDtype().name().replaceFirst("^DT_", "").toLowerCase(Locale.ROOT);
    if (tensor.getTensorShape().getUnknownRank()) {
      return type + " of unknown rank";
    }
    return sizes(tensor).stream()
        .map(size -> size == ANY ? "n" : size.toString())
        .collect(Collectors.joining(", ", type + " (", ")"));
  }
}
