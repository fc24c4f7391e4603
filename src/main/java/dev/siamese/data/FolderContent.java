package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a user has put into a folder, in the order of the names: not what systems and programs leave
 * there.
 *
 * @param folder it
 * @param files its files
 * @param folders its folders
 */
record FolderContent(Path folder, List<Path> files, List<Path> folders) {
  private static final Set<String> SYSTEM =
      Set.of(
          "thumbs.db",
          "ehthumbs.db",
          "desktop.ini",
          "icon\r",
          "__macosx",
          "@eadir",
          "$recycle.bin",
          "system volume information",
          "lost+found");

  /**
   * Lists a folder.
   *
   * @throws IOException when it cannot be read
   */
  static FolderContent of(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      Map<Boolean, List<Path>> visible =
          content
              .filter(Predicate.not(FolderContent::isSystems))
              .sorted()
              .collect(Collectors.partitioningBy(Files::isDirectory));
      return new FolderContent(folder, visible.get(false), visible.get(true));
    }
  }

  /** The innermost folder, where one holds nothing but another. */
  static FolderContent innermost(Path folder) throws IOException {
    FolderContent inner = of(folder);
    while (inner.files.isEmpty() && inner.folders.size() == 1) {
      inner = of(inner.folders.get(0));
    }
    return inner;
  }

  private static boolean isSystems(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(".") || SYSTEM.contains(name.toLowerCase(Locale.ROOT));
  }
}
