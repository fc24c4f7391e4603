package dev.siamese.cli;

import dev.siamese.chart.ImageSheet;
import dev.siamese.data.AtomicFile;
import dev.siamese.data.ImageCollection;
import dev.siamese.exchange.EmbeddingFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** What TensorBoard's Embedding Projector wants beside vectors and metadata. */
final class ProjectorFiles {
  /** The projector takes no larger pictures. */
  static final int MOST_PIXELS = 8192;

  private static final int ROOM = 64;

  private ProjectorFiles() {}

  /** Writes the sprite, all images in one square picture, and the configuration. */
  static void write(EmbeddingFile file, ImageCollection pictures, Path vectors) throws IOException {
    int count = pictures.images().size();
    int columns = (int) Math.ceil(Math.sqrt(count));
    int room = Math.min(ROOM, MOST_PIXELS / columns);
    String sprite = "";
    if (room > 0) {
      ImageSheet sheet =
          ImageSheet.of(pictures.images(), IntStream.range(0, count).toArray(), room, columns);
      AtomicFile.write(file.sprite(), out -> out.write(sheet.png()));
      sprite =
          """
            sprite {
              image_path: "%s"
              single_image_dim: %d
              single_image_dim: %d
            }
          """
              .formatted(name(file.sprite()), sheet.tileWidth(), sheet.tileHeight());
    } else {
      System.err.printf("There is no sprite: %,d images have no room in it.%n", count);
    }
    String config =
        """
        embeddings {
          tensor_path: "%s"
          metadata_path: "%s"
        %s}
        """
            .formatted(name(vectors), name(file.metadata()), sprite);
    AtomicFile.write(
        file.projectorConfig(), out -> out.write(config.getBytes(StandardCharsets.UTF_8)));
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
