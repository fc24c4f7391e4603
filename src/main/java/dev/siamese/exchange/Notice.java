package dev.siamese.exchange;

import java.nio.file.Path;
import java.util.List;

/** What a user is told of a file, a sentence a line. Readers tell it in words without the file. */
public final class Notice {
  private Notice() {}

  /** The sentences of what is to be said of a file, each of which names it. */
  public static List<String> about(Path file, List<String> remarks) {
    return remarks.stream().map(remark -> about(file, remark)).toList();
  }

  private static String about(Path file, String remark) {
    String sentence = Character.toUpperCase(remark.charAt(0)) + remark.substring(1);
    return remark.contains(file.toString())
        ? sentence + "."
        : "%s, in %s.".formatted(sentence, file);
  }
}
