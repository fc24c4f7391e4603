package dev.siamese.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.Forked;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they write leave what they committed last. */
class LuceneCrashTest {
  private static final int KILLS = 5;
  private static final int AT_A_TIME = 7;
  private static final int SIZE = 8;
  private static final IndexDescription MODEL =
      new IndexDescription("model", SIZE, Metric.EUCLIDEAN);

  @TempDir Path folder;

  /** Goes on writing until it is killed: each commit adds some and removes the oldest. */
  static final class Writer {
    private Writer() {}

    /** Writes to the folder it is given, from the commit it is given. */
    public static void main(String[] arguments) throws Exception {
      try (LuceneIndex index = LuceneIndex.open(Path.of(arguments[0]), MODEL)) {
        for (int commit = Integer.parseInt(arguments[1]); ; commit++) {
          for (String name : names(commit)) {
            index.add(Entry.of(name, new float[SIZE]));
          }
          for (String name : names(commit - 2)) {
            index.remove(name);
          }
          index.commit();
          System.out.println("committed " + commit);
        }
      }
    }
  }

  private static List<String> names(int commit) {
    return IntStream.range(0, AT_A_TIME).mapToObj(i -> commit + "." + i).toList();
  }

  private static Set<String> namesAfter(int commit) {
    Set<String> names = new TreeSet<>(names(commit));
    if (commit > 0) {
      names.addAll(names(commit - 1));
    }
    return names;
  }

  @Test
  void leavesTheLastCommit() throws Exception {
    int last = -1;
    for (int kill = 0; kill < KILLS; kill++) {
      Forked writer =
          Forked.start(new ProcessBuilder(Forked.java(List.of(), Writer.class, folder, last + 1)));
      int known = last + 1 + 3 * kill;
      writer.awaitLine("committed " + known);
      writer.signal("KILL");
      String printed = writer.await().output();
      int least = Integer.parseInt(printed.strip().replaceAll("(?s).*committed ", ""));
      last = committed(least);
    }
  }

  /** The commit that the index holds, which may have been made but not been told yet. */
  private int committed(int least) throws Exception {
    LuceneReader.check(folder);
    try (LuceneReader reader = LuceneReader.open(folder)) {
      Set<String> found = new TreeSet<>();
      reader
          .nearest(new float[SIZE], 10 * AT_A_TIME)
          .forEach(neighbour -> found.add(neighbour.entry().name()));
      int commit = found.equals(namesAfter(least + 1)) ? least + 1 : least;
      assertEquals(namesAfter(commit), found);
      return commit;
    }
  }
}
