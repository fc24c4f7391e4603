package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a folder and of those in it.
 *
 * @param folder the folder
 * @param pictures the files that have a picture's name, in the order of their paths
 * @param others those that have another one
 */
record PictureFolder(Path folder, List<Path> pictures, List<Path> others) {
  /** What systems leave in folders. */
  private static final Set<String> SYSTEM = Set.of("thumbs.db", "desktop.ini", "__macosx");

  /**
   * Lists a folder, passing over hidden files and what systems leave there.
   *
   * @throws IOException when it cannot be listed, or holds no pictures
   */
  static PictureFolder of(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> content = Files.walk(folder)) {
      files =
          content
              .filter(Files::isRegularFile)
              .filter(file -> isOfUser(folder.relativize(file)))
              .sorted()
              .toList();
    }
    List<Path> pictures = files.stream().filter(PictureFile::isNamed).toList();
    if (pictures.isEmpty()) {
      throw new IOException(
          "expected pictures (%s), found none in %s".formatted(PictureFormat.list(), folder));
    }
    return new PictureFolder(
        folder, pictures, files.stream().filter(file -> !PictureFile.isNamed(file)).toList());
  }

  private static boolean isOfUser(Path path) {
    for (Path part : path) {
      String name = part.toString().toLowerCase(Locale.ROOT);
      if (name.startsWith(".") || SYSTEM.contains(name)) {
        return false;
      }
    }
    return true;
  }

  /** A picture's path within the folder, with slashes. */
  String name(Path picture) {
    return folder.relativize(picture).toString().replace('\\', '/');
  }
}
