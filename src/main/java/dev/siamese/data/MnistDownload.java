package dev.siamese.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Downloads MNIST's four gzip files from public mirrors, each checked before it is kept. */
final class MnistDownload {
  static final List<URI> MIRRORS =
      List.of(
          URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
          URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"));

  private static final List<RemoteFile> FILES =
      List.of(
          new RemoteFile(
              IdxFolder.TRAIN_IMAGES + ".gz",
              9_912_422,
              "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
          new RemoteFile(
              IdxFolder.TRAIN_LABELS + ".gz",
              28_881,
              "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
          new RemoteFile(
              IdxFolder.TEST_IMAGES + ".gz",
              1_648_877,
              "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
          new RemoteFile(
              IdxFolder.TEST_LABELS + ".gz",
              4_542,
              "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"));

  /** Finds out within twelve seconds that there is no network. */
  static final HttpFetch.Patience PATIENCE =
      new HttpFetch.Patience(
          Duration.ofSeconds(4),
          Duration.ofSeconds(6),
          Duration.ofSeconds(12),
          Duration.ofMillis(500),
          3);

  /**
   * A file as the mirrors serve it.
   *
   * @param size in bytes
   * @param sha256 of these bytes, in lower-case hexadecimal
   */
  record RemoteFile(String name, int size, String sha256) {
    boolean matches(byte[] bytes) {
      return Sha256.hex(bytes).equals(sha256);
    }
  }

  private final List<URI> mirrors;
  private final List<RemoteFile> files;
  private final HttpFetch.Patience patience;

  MnistDownload() {
    this(MIRRORS, FILES, PATIENCE);
  }

  MnistDownload(List<URI> mirrors, List<RemoteFile> files, HttpFetch.Patience patience) {
    this.mirrors = mirrors;
    this.files = files;
    this.patience = patience;
  }

  /**
   * Completes a folder: files that are there and intact stay, the others are downloaded.
   *
   * @throws IOException when a file cannot be had from any mirror or not be written; no partial
   *     file is left
   */
  void into(Path folder, DatasetListener listener) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IOException("expected a folder to write to, found none: " + e, e);
    }
    List<URI> order = new ArrayList<>(mirrors);
    HttpFetch http = new HttpFetch(patience);
    long total = files.stream().mapToLong(RemoteFile::size).sum();
    long done = 0;
    for (RemoteFile file : files) {
      Path target = folder.resolve(file.name());
      if (!isIntact(target, file)) {
        long before = done;
        byte[] bytes =
            fetch(file, order, http, received -> listener.downloading(before + received, total));
        AtomicFile.write(target, out -> out.write(bytes));
      }
      done += file.size();
      listener.downloading(done, total);
    }
  }

  private static boolean isIntact(Path target, RemoteFile file) throws IOException {
    return Files.isRegularFile(target)
        && Files.size(target) == file.size()
        && file.matches(Files.readAllBytes(target));
  }

  private byte[] fetch(RemoteFile file, List<URI> order, HttpFetch http, LongConsumer progress)
      throws IOException {
    Set<String> reasons = new LinkedHashSet<>();
    IOException failure = new IOException();
    for (int round = 0; round < patience.rounds() && !http.isSilent(); round++) {
      if (round > 0) {
        http.pause();
      }
      for (URI mirror : List.copyOf(order)) {
        if (http.isSilent()) {
          break;
        }
        try {
          byte[] bytes = http.fetch(mirror.resolve(file.name()), file.size(), progress);
          if (!file.matches(bytes)) {
            throw new IOException("expected SHA-256 " + file.sha256() + ", found another");
          }
          // The next file is asked for here first.
          order.remove(mirror);
          order.add(0, mirror);
          return bytes;
        } catch (IOException e) {
          reasons.add(mirror.getHost() + ": " + e.getMessage());
          failure.addSuppressed(e);
        }
      }
    }
    throw new IOException(
        "could not download %s (%s)".formatted(file.name(), String.join("; ", reasons)), failure);
  }
}
