package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.SmallDisk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of downloads and of prepared pictures, on a disk that fills up. */
class FullCacheIT {
  private static final int KILOBYTES = 2048;
  private static final int IMAGE = 1024;

  private static final DatasetListener SILENT =
      new DatasetListener() {
        @Override
        public void notice(String message) {}

        @Override
        public void downloading(long bytes, long total) {}
      };

  @TempDir private Path folder;

  /** Else somebody else could take it, and Java would end where a picture is written. */
  @Test
  void preparedPicturesHaveTheirRoomFromTheStart() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder, KILOBYTES)) {
      PixelStore store = PixelStore.mapped(KILOBYTES / 2, IMAGE, 1 << 20, disk.folder());
      disk.fill();
      byte[] image = new byte[IMAGE];
      image[7] = 7;
      for (int i = 0; i < KILOBYTES / 2; i++) {
        store.write(i, image);
      }
      assertEquals(7, store.value(KILOBYTES / 2 - 1, 7));
    }
  }

  @Test
  void preparedPicturesAreRefusedWhereThereIsNoRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder, KILOBYTES)) {
      assertFails(
          () -> PixelStore.mapped(2 * KILOBYTES, IMAGE, 1 << 20, disk.folder()),
          "4 MB of free space for the prepared pictures",
          folder);
      assertEmpty();
    }
  }

  @Test
  void aDownloadIsKeptWholeOrNotAtAll() throws Exception {
    byte[] file = new byte[300_000];
    file[5] = 1;
    MnistDownload.RemoteFile remote =
        new MnistDownload.RemoteFile("images", file.length, Sha256.hex(file));
    try (FileServer server = new FileServer(Map.of("images", file));
        SmallDisk disk = SmallDisk.mount(folder, KILOBYTES)) {
      URI mirror = server.mirror("good", FileServer.GOOD);
      MnistDownload download =
          new MnistDownload(List.of(mirror), List.of(remote), MnistDownload.PATIENCE);
      disk.leave(100);
      assertFails(() -> download.into(folder, SILENT), "No space left", folder.resolve("images"));
      Files.delete(folder.resolve("filler"));
      assertEmpty();
      download.into(folder, SILENT);
      assertArrayEquals(file, Files.readAllBytes(folder.resolve("images")));
    }
  }

  private void assertEmpty() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.findAny().isEmpty());
    }
  }
}
