package dev.siamese.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Fetches small files over HTTP for as long as bytes flow, however slowly.
 *
 * <p>Waiting is bounded twice: a request that brings no byte for a while is given up, and so is the
 * whole series of requests. The caller never blocks longer, not even while a host name is looked
 * up.
 */
final class HttpFetch {
  private static final long POLL_MILLISECONDS = 50;

  /**
   * How long to wait.
   *
   * @param connect for a connection
   * @param stall for the next byte of a request
   * @param silence for the next byte of any request, failures and pauses included
   * @param pause between rounds through the mirrors
   * @param rounds through the mirrors for each file
   */
  record Patience(Duration connect, Duration stall, Duration silence, Duration pause, int rounds) {}

  private final HttpClient client;
  private final Patience patience;
  private long lastByte = System.nanoTime();

  HttpFetch(Patience patience) {
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(patience.connect())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  /** Whether no byte has come for so long that there seems to be no network. */
  boolean isSilent() {
    return elapsed(lastByte).compareTo(patience.silence()) >= 0;
  }

  /**
   * Fetches a file of a known size.
   *
   * @param progress is told the bytes received so far, on the calling thread
   * @throws IOException when the server cannot be reached, sends something else, or stalls
   */
  byte[] fetch(URI address, int size, LongConsumer progress) throws IOException {
    Reception reception = new Reception(size);
    long start = System.nanoTime();
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(
            HttpRequest.newBuilder(address).build(),
            response ->
                response.statusCode() == 200
                    ? BodySubscribers.ofByteArrayConsumer(reception)
                    : BodySubscribers.replacing(null));
    try {
      int reported = 0;
      while (true) {
        Optional<HttpResponse<Void>> response = await(exchange);
        int received = reception.size();
        if (received > reported) {
          reported = received;
          lastByte = System.nanoTime();
          if (received > size) {
            throw new IOException("expected %d bytes, found more".formatted(size));
          }
          progress.accept(received);
        }
        if (response.isPresent()) {
          return reception.complete(response.get().statusCode());
        }
        Duration waited = elapsed(Math.max(start, lastByte));
        if (waited.compareTo(patience.stall()) >= 0 || isSilent()) {
          throw new IOException("no byte for %.1f seconds".formatted(waited.toMillis() / 1e3));
        }
      }
    } finally {
      exchange.cancel(true);
    }
  }

  private static Optional<HttpResponse<Void>> await(CompletableFuture<HttpResponse<Void>> exchange)
      throws IOException {
    try {
      return Optional.of(exchange.get(POLL_MILLISECONDS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      // Java gives refused connections and unknown hosts no message of their own.
      String reason = cause instanceof ConnectException ? "no connection" : cause.getMessage();
      throw new IOException(reason == null ? cause.toString() : reason, cause);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Waits before the next round. */
  void pause() throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(patience.pause().toNanos());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    IOException interrupted = new InterruptedIOException("the download was interrupted");
    interrupted.initCause(cause);
    return interrupted;
  }

  private static Duration elapsed(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  /** Collects a body, but no more than one byte beyond the expected size. */
  private static final class Reception implements Consumer<Optional<byte[]>> {
    private final int expected;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Reception(int expected) {
      this.expected = expected;
    }

    @Override
    public synchronized void accept(Optional<byte[]> part) {
      part.ifPresent(
          more -> bytes.write(more, 0, Math.min(more.length, expected + 1 - bytes.size())));
    }

    synchronized int size() {
      return bytes.size();
    }

    synchronized byte[] complete(int status) throws IOException {
      if (status != 200) {
        throw new IOException("expected HTTP status 200, found " + status);
      }
      if (bytes.size() < expected) {
        throw new IOException("expected %d bytes, found %d".formatted(expected, bytes.size()));
      }
      return bytes.toByteArray();
    }
  }
}
