package dev.siamese.data;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How many pictures of each form there are.
 *
 * @param counts of those whose files begin as pictures do
 */
record PictureShapes(Map<PictureShape, Integer> counts) {
  private static final int LARGEST_SIDE = 128;
  private static final int OTHER_SIDE = 64;

  /** Looks at the beginning of each file, on all cores. */
  static PictureShapes of(List<Path> files) {
    Map<PictureShape, Integer> counts = new ConcurrentHashMap<>();
    files.stream()
        .parallel()
        .forEach(
            file ->
                PictureFile.shape(file).ifPresent(shape -> counts.merge(shape, 1, Integer::sum)));
    return new PictureShapes(counts);
  }

  /**
   * The shape that suits a network for such pictures: the most frequent size, if its sides are of
   * at most 128 pixels, else 64×64; in colours, if most pictures have some.
   */
  ImageShape suitable() {
    Optional<String> size =
        by(PictureShape::toString).entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey);
    Optional<PictureShape> most =
        counts.keySet().stream()
            .filter(shape -> size.equals(Optional.of(shape.toString())))
            .min(Comparator.comparing(PictureShape::channels));
    Map<Integer, Integer> channels = by(PictureShape::channels);
    int wanted = channels.getOrDefault(3, 0) > channels.getOrDefault(1, 0) ? 3 : 1;
    boolean small =
        most.isPresent() && Math.max(most.get().height(), most.get().width()) <= LARGEST_SIDE;
    return small
        ? new ImageShape(most.get().height(), most.get().width(), wanted)
        : new ImageShape(OTHER_SIDE, OTHER_SIDE, wanted);
  }

  /** The counts by something that shapes may have in common, in its order. */
  <T> Map<T, Integer> by(Function<PictureShape, T> property) {
    return counts.entrySet().stream()
        .collect(
            Collectors.toMap(
                count -> property.apply(count.getKey()),
                Map.Entry::getValue,
                Integer::sum,
                TreeMap::new));
  }
}
