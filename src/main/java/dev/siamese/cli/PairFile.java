package dev.siamese.cli;

import dev.siamese.data.Pairs;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pairs that a user gives: a line each of two names and a label, 1 for the same class and 0 for
 * different ones, with tabs, commas or blanks between them; or the pairs.txt of Labeled Faces in
 * the Wild, whose first line counts, and whose others hold a name and two numbers, or twice a name
 * and a number.
 *
 * @param names of the images, each once: (m)
 * @param pairs of them
 * @see <a href="http://vis-www.cs.umass.edu/lfw/README.txt">Labeled Faces in the Wild</a>
 */
record PairFile(List<String> names, Pairs pairs) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String COUNTS = "[0-9]+(\\s+[0-9]+)?";

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read or is of another form
   */
  static PairFile read(Path file) throws IOException {
    List<String> lines = lines(file);
    boolean faces = !lines.isEmpty() && lines.get(0).strip().matches(COUNTS);
    Map<String, Integer> positions = new LinkedHashMap<>();
    List<Integer> first = new ArrayList<>();
    List<Integer> second = new ArrayList<>();
    List<Byte> labels = new ArrayList<>();
    for (int number = faces ? 1 : 0; number < lines.size(); number++) {
      String line = lines.get(number).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Optional<Line> read = faces ? ofFaces(line) : plain(line);
      if (read.isEmpty()) {
        throw new IOException(
            "expected %s, found \"%s\" in line %d of %s"
                .formatted(
                    faces
                        ? "a name and two numbers or twice a name and a number"
                        : "two names and 0 or 1",
                    line,
                    number + 1,
                    file));
      }
      first.add(positions.computeIfAbsent(read.get().first, name -> positions.size()));
      second.add(positions.computeIfAbsent(read.get().second, name -> positions.size()));
      labels.add(read.get().label);
    }
    Pairs pairs = new Pairs(new int[first.size()], new int[first.size()], new byte[first.size()]);
    for (int pair = 0; pair < pairs.size(); pair++) {
      pairs.first()[pair] = first.get(pair);
      pairs.second()[pair] = second.get(pair);
      pairs.labels()[pair] = labels.get(pair);
    }
    requireBoth(pairs, file);
    return new PairFile(List.copyOf(positions.keySet()), pairs);
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readString(file).replaceFirst("^" + BYTE_ORDER_MARK, "").lines().toList();
    } catch (CharacterCodingException e) {
      throw new IOException("expected text in UTF-8, found other bytes in " + file, e);
    }
  }

  private record Line(String first, String second, byte label) {}

  private static Optional<Line> plain(String line) {
    String[] fields = line.split(line.contains("\t") ? "\t" : line.contains(",") ? "," : "\\s+");
    if (fields.length != 3 || !fields[2].strip().matches("[01]")) {
      return Optional.empty();
    }
    return Optional.of(
        new Line(fields[0].strip(), fields[1].strip(), Byte.parseByte(fields[2].strip())));
  }

  private static Optional<Line> ofFaces(String line) {
    String[] fields = line.split("\\s+");
    try {
      if (fields.length == 3) {
        return Optional.of(
            new Line(face(fields[0], fields[1]), face(fields[0], fields[2]), Pairs.SAME));
      }
      if (fields.length == 4) {
        return Optional.of(
            new Line(face(fields[0], fields[1]), face(fields[2], fields[3]), Pairs.DIFFERENT));
      }
    } catch (NumberFormatException e) {
      return Optional.empty(); // The caller tells what was expected.
    }
    return Optional.empty();
  }

  private static String face(String name, String number) {
    return "%s/%s_%04d.jpg".formatted(name, name, Integer.parseInt(number));
  }

  private static void requireBoth(Pairs pairs, Path file) throws IOException {
    int same = 0;
    for (byte label : pairs.labels()) {
      same += label;
    }
    if (same == 0 || same == pairs.size()) {
      throw new IOException(
          "expected pairs of the same and of different classes, found %d and %d in %s"
              .formatted(same, pairs.size() - same, file));
    }
  }

  /** The files that the names mean, from a folder on. */
  List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      try {
        files.add(folder.resolve(name));
      } catch (InvalidPathException e) {
        throw new IOException("expected the name of a file, found \"%s\"".formatted(name), e);
      }
    }
    return files;
  }
}
