package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What became of picture files that belong together, read and prepared on all cores.
 *
 * @param faults why a file could not be used, by its position
 * @param ground what all of them are taken to be painted on
 * @param seen how many of them seemed to be painted on what
 */
record PreparedPictures(
    SortedMap<Integer, IOException> faults, Ground ground, Map<Ground, Integer> seen) {

  /** Takes images as they get ready, from many threads and in any order. */
  interface Sink {
    /**
     * Takes one.
     *
     * @param position of its file
     * @param image (height, width, channels), one that is given again replaces the first
     */
    void put(int position, byte[] image);
  }

  /**
   * Reads and prepares files. Each is prepared by what it seems to be painted on; those that seem
   * to differ from most are then prepared again, so that one decision holds for all.
   *
   * @param preparation with {@link Ink#AUTO} decided
   * @param sink takes the images of the files that can be used
   */
  static PreparedPictures read(List<Path> files, Preparation preparation, Sink sink) {
    Ground[] grounds = new Ground[files.size()];
    SortedMap<Integer, IOException> faults = Collections.synchronizedSortedMap(new TreeMap<>());
    IntStream.range(0, files.size())
        .parallel()
        .forEach(
            position ->
                attempt(
                    files,
                    position,
                    faults,
                    picture -> {
                      Prepared prepared = preparation.prepare(picture);
                      sink.put(position, prepared.image());
                      grounds[position] = prepared.ground();
                    }));
    Map<Ground, Integer> seen = new EnumMap<>(Ground.class);
    Arrays.stream(grounds)
        .filter(Objects::nonNull)
        .forEach(ground -> seen.merge(ground, 1, Integer::sum));
    Ground most =
        seen.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(Ground.READY);
    // What seemed blank by itself may be none by what the others are.
    IntStream.range(0, files.size())
        .parallel()
        .filter(position -> grounds[position] != most)
        .forEach(
            position ->
                attempt(
                    files,
                    position,
                    faults,
                    picture ->
                        sink.put(position, asMost(preparation, picture, most, grounds[position]))));
    return new PreparedPictures(faults, most, seen);
  }

  /**
   * A picture as most are taken.
   *
   * @param seen what it seems to be painted on itself, null if it could not be used
   */
  private static byte[] asMost(
      Preparation preparation, DecodedPicture picture, Ground most, Ground seen)
      throws IOException {
    try {
      return preparation.prepare(picture, most);
    } catch (IOException e) {
      throw seen == null
          ? e
          : new IOException(
              "expected a picture that is %s, as most are, found one that is %s (to be read apart)"
                  .formatted(most.text(), seen.text()),
              e);
    }
  }

  private interface Use {
    void accept(DecodedPicture picture) throws IOException;
  }

  private static void attempt(
      List<Path> files, int position, Map<Integer, IOException> faults, Use use) {
    Path file = files.get(position);
    try {
      DecodedPicture picture = PictureFile.read(file);
      use.accept(picture);
      faults.remove(position);
    } catch (IOException e) {
      boolean named = e.getMessage().contains(file.toString());
      faults.put(position, named ? e : new IOException(e.getMessage() + ": " + file, e));
    }
  }

  /** A line on pictures that seem to be painted on something else than the most are. */
  Optional<String> remark() {
    int all = seen.values().stream().mapToInt(Integer::intValue).sum();
    int most = seen.getOrDefault(ground, 0);
    return most == all
        ? Optional.empty()
        : Optional.of(
            "%,d of %,d pictures seem to be %s: all are taken so, the other %,d too"
                .formatted(most, all, ground.text(), all - most));
  }
}
