package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
   * @param sink takes the images of the files that can be used
   */
  static PreparedPictures read(List<Path> files, Preparation preparation, Sink sink) {
    Ground[] grounds = new Ground[files.size()];
    SortedMap<Integer, IOException> faults = Collections.synchronizedSortedMap(new TreeMap<>());
    IntStream.range(0, files.size())
        .parallel()
        .forEach(
            position -> {
              try {
                Prepared prepared = preparation.prepare(PictureFile.read(files.get(position)));
                sink.put(position, prepared.image());
                grounds[position] = prepared.ground();
              } catch (IOException e) {
                faults.put(position, e);
              }
            });
    Map<Ground, Integer> seen = new EnumMap<>(Ground.class);
    Arrays.stream(grounds)
        .filter(ground -> ground != null)
        .forEach(ground -> seen.merge(ground, 1, Integer::sum));
    Ground most =
        seen.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(Ground.READY);
    IntStream.range(0, files.size())
        .parallel()
        .filter(position -> grounds[position] != null && grounds[position] != most)
        .forEach(
            position -> {
              try {
                sink.put(
                    position, preparation.prepare(PictureFile.read(files.get(position)), most));
              } catch (IOException e) {
                faults.put(position, e);
              }
            });
    return new PreparedPictures(faults, most, seen);
  }
}
