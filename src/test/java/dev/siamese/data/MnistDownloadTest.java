package dev.siamese.data;

import static dev.siamese.data.FileServer.CUT;
import static dev.siamese.data.FileServer.GOOD;
import static dev.siamese.data.FileServer.MISSING;
import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MnistDownloadTest {
  private static final byte[] IMAGES = IdxFixture.imageBytes(IdxFixture.images(40, 1));
  private static final byte[] LABELS = IdxFixture.labelBytes(IdxFixture.images(40, 1));
  private static final HttpFetch.Patience PATIENCE =
      new HttpFetch.Patience(
          Duration.ofMillis(800),
          Duration.ofMillis(800),
          Duration.ofMillis(1600),
          Duration.ofMillis(1),
          3);

  private final List<Long> progress = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  @TempDir private Path parent;
  private Path folder;
  private FileServer server;

  @BeforeEach
  void start() throws IOException {
    folder = parent.resolve("cache").resolve("mnist");
    server = new FileServer(Map.of("images", IMAGES, "labels", LABELS));
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.close();
  }

  @Test
  void keepsCheckedFilesAndReportsProgress() throws IOException {
    download(server.mirror("good", GOOD));
    assertComplete();
    assertEquals(progress.stream().sorted().toList(), progress);
    assertEquals((long) IMAGES.length + LABELS.length, progress.get(progress.size() - 1));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aSharedCacheCanBeReadLikeAnyOtherFile() throws IOException {
    download(server.mirror("good", GOOD));
    Path other = Files.createFile(folder.resolve("other"));
    assertEquals(
        Files.getPosixFilePermissions(other),
        Files.getPosixFilePermissions(folder.resolve("images")));
  }

  @Test
  void downloadsOnlyWhatIsMissingOrDamaged() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("images"), IMAGES);
    byte[] damaged = LABELS.clone();
    damaged[20] ^= 1;
    Files.write(folder.resolve("labels"), damaged);
    download(server.mirror("good", GOOD));
    assertComplete();
    assertEquals(List.of("good/labels"), server.requests());
  }

  @Test
  void asksTheNextMirrorAndStaysThere() throws IOException {
    download(server.mirror("missing", MISSING), server.mirror("good", GOOD));
    assertComplete();
    assertEquals(List.of("missing/images", "good/images", "good/labels"), server.requests());
  }

  @Test
  void neverKeepsAFileOfAnotherChecksum() throws IOException {
    URI wrong =
        server.mirror(
            "wrong",
            (exchange, file) -> {
              byte[] changed = file.clone();
              changed[file.length - 1] ^= 1;
              FileServer.send(exchange, changed);
            });
    assertFails(() -> download(wrong), "images", "localhost", "expected SHA-256");
    assertNothingLeft();
    download(wrong, server.mirror("good", GOOD));
    assertComplete();
  }

  @Test
  void refusesAFileOfAnotherSize() {
    URI shorter =
        server.mirror("short", (exchange, file) -> FileServer.send(exchange, new byte[5]));
    assertFails(() -> download(shorter), "expected 31376 bytes, found 5");
    URI longer =
        server.mirror("long", (exchange, file) -> FileServer.send(exchange, new byte[1_000_000]));
    assertFails(() -> download(longer), "expected 31376 bytes, found more");
    URI endless =
        server.mirror(
            "endless",
            (exchange, file) -> {
              exchange.sendResponseHeaders(200, 0);
              while (end.getCount() > 0) {
                exchange.getResponseBody().write(file);
              }
            });
    assertFails(() -> download(endless), "expected 31376 bytes, found more");
    assertNothingLeft();
  }

  @Test
  void theMirrorsAreAskedOverHttpsOnly() {
    assertFalse(MnistDownload.MIRRORS.isEmpty());
    MnistDownload.MIRRORS.forEach(mirror -> assertEquals("https", mirror.getScheme()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///dev/zero", "ftp://localhost/images", "jar:file:/a.jar!/images"})
  void noRedirectLeadsToAnotherScheme(String place) {
    URI leading = server.mirror("leading", redirect(place));
    assertFails(() -> download(leading), "could not download images", "localhost");
    assertNothingLeft();
  }

  @Test
  void redirectsThatNeverEndAreLeft() {
    URI circle = server.mirror("circle", redirect("images"));
    assertFails(() -> download(circle), "could not download images", "localhost");
    assertNothingLeft();
  }

  private static FileServer.Behaviour redirect(String place) {
    return (exchange, file) -> {
      exchange.getResponseHeaders().set("Location", place);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  @Test
  void triesAgainAfterACutConnection() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    download(
        server.mirror(
            "flaky",
            (exchange, file) ->
                (requests.incrementAndGet() < 3 ? CUT : GOOD).answer(exchange, file)));
    assertComplete();
    assertEquals(
        List.of("flaky/images", "flaky/images", "flaky/images", "flaky/labels"), server.requests());
  }

  @Test
  void givesUpWhenTheConnectionIsAlwaysCut() {
    URI cut = server.mirror("cut", CUT);
    assertFails(() -> download(cut), "could not download images", "localhost");
    assertEquals(PATIENCE.rounds(), server.requests().size());
    assertNothingLeft();
  }

  @Test
  void leavesAServerThatStalls() throws IOException {
    URI stalling =
        server.mirror(
            "stalling",
            (exchange, file) -> {
              exchange.sendResponseHeaders(200, file.length);
              exchange.getResponseBody().write(file, 0, 1000);
              exchange.getResponseBody().flush();
              end.await();
            });
    assertFails(() -> download(stalling), "no byte for 0.");
    assertNothingLeft();
    download(stalling, server.mirror("good", GOOD));
    assertComplete();
  }

  @Test
  void waitsForASlowServerWhileBytesFlow() throws IOException {
    long start = System.nanoTime();
    download(
        server.mirror(
            "slow",
            (exchange, file) -> {
              exchange.sendResponseHeaders(200, file.length);
              int part = file.length / 15 + 1;
              for (int from = 0; from < file.length; from += part) {
                exchange.getResponseBody().write(file, from, Math.min(part, file.length - from));
                exchange.getResponseBody().flush();
                end.await(110, TimeUnit.MILLISECONDS);
              }
            }));
    assertComplete();
    assertTrue(since(start).compareTo(PATIENCE.silence()) > 0, "slower than any time-out");
    assertEquals(2, server.requests().size());
  }

  @Test
  void noticesThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    URI nobody = URI.create("http://localhost:" + port + "/");
    assertFails(() -> download(nobody), "localhost: no connection");
    assertNothingLeft();
  }

  @Test
  void silenceIsBoundedOverAllMirrorsAndFiles() throws IOException {
    assertTrue(MnistDownload.PATIENCE.silence().compareTo(Duration.ofSeconds(14)) < 0);
    // A full backlog drops the packets of further connections, as a firewall does; the other
    // mirror connects and says nothing.
    InetAddress loopback = InetAddress.getLoopbackAddress();
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, loopback);
        ServerSocket mute = new ServerSocket(0, 50, loopback)) {
      for (int i = 0; i < 4; i++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(new InetSocketAddress(loopback, full.getLocalPort()));
        waiting.add(channel);
      }
      URI dropping = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/");
      URI silent = URI.create("http://127.0.0.1:" + mute.getLocalPort() + "/");
      long start = System.nanoTime();
      assertFails(() -> download(dropping, silent, dropping, silent), "no byte for");
      assertTrue(since(start).compareTo(PATIENCE.silence().multipliedBy(2)) < 0);
      assertNothingLeft();
    } finally {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  @Test
  void namesAFolderThatCannotBeWritten() throws IOException {
    Files.write(parent.resolve("cache"), new byte[1]);
    URI good = server.mirror("good", GOOD);
    assertFails(() -> download(good), "expected a folder to write to", folder.getParent());
    assertTrue(server.requests().isEmpty());
  }

  private void download(URI... mirrors) throws IOException {
    List<MnistDownload.RemoteFile> files =
        List.of(
            new MnistDownload.RemoteFile("images", IMAGES.length, Sha256.hex(IMAGES)),
            new MnistDownload.RemoteFile("labels", LABELS.length, Sha256.hex(LABELS)));
    DatasetListener listener =
        new DatasetListener() {
          @Override
          public void notice(String message) {
            throw new AssertionError(message);
          }

          @Override
          public void downloading(long bytes, long total) {
            assertEquals(IMAGES.length + LABELS.length, total);
            progress.add(bytes);
          }
        };
    new MnistDownload(List.of(mirrors), files, PATIENCE).into(folder, listener);
  }

  private void assertComplete() throws IOException {
    assertArrayEquals(IMAGES, Files.readAllBytes(folder.resolve("images")));
    assertArrayEquals(LABELS, Files.readAllBytes(folder.resolve("labels")));
    try (Stream<Path> kept = Files.list(folder)) {
      assertEquals(2, kept.count());
    }
  }

  private void assertNothingLeft() {
    String[] left = folder.toFile().list();
    assertFalse(left == null || left.length > 0, () -> String.join(", ", left));
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
