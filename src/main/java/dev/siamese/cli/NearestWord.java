package dev.siamese.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What was probably meant by a word that there is none of. */
final class NearestWord {
  /** Of the letters of a word, that may be wrong: one of so many. */
  private static final int LETTERS_A_MISTAKE = 3;

  private NearestWord() {}

  /** What to add to a message that there is no such word: a question, or nothing. */
  static String question(String word, Collection<String> words) {
    return to(word, words).map(": did you mean %s?"::formatted).orElse("");
  }

  /** The most similar of some words, unless none is similar. */
  private static Optional<String> to(String word, Collection<String> words) {
    return words.stream()
        .filter(other -> mistakes(word, other) <= 1 + word.length() / LETTERS_A_MISTAKE)
        .min(
            Comparator.comparingInt((String other) -> mistakes(word, other)).thenComparing(w -> w));
  }

  /**
   * How many letters must be inserted, removed, replaced, or exchanged with the next to make one
   * word of the other: the optimal string alignment distance.
   */
  private static int mistakes(String a, String b) {
    int[][] mistakes = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          mistakes[i][j] = i + j;
          continue;
        }
        int replaced = mistakes[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(mistakes[i - 1][j], mistakes[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, 1 + mistakes[i - 2][j - 2]);
        }
        mistakes[i][j] = least;
      }
    }
    return mistakes[a.length()][b.length()];
  }
}
