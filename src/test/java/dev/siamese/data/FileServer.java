package dev.siamese.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A local web server with several mirrors of the same files, each with a behaviour of its own. */
final class FileServer implements AutoCloseable {
  /** Answers a request for a file. */
  interface Behaviour {
    void answer(HttpExchange exchange, byte[] file) throws IOException, InterruptedException;
  }

  static final Behaviour GOOD = FileServer::send;
  static final Behaviour MISSING = (exchange, file) -> exchange.sendResponseHeaders(404, -1);

  /** Promises the whole file and closes the connection in the middle. */
  static final Behaviour CUT =
      (exchange, file) -> {
        exchange.sendResponseHeaders(200, file.length);
        exchange.getResponseBody().write(file, 0, file.length / 2);
        exchange.getResponseBody().flush();
      };

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files;
  private final HttpServer server;

  FileServer(Map<String, byte[]> files) throws IOException {
    this.files = files;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  URI mirror(String name, Behaviour behaviour) {
    server.createContext(
        "/" + name + "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          requests.add(path.substring(1));
          try (exchange) {
            behaviour.answer(exchange, files.get(path.substring(path.lastIndexOf('/') + 1)));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/" + name + "/");
  }

  /** Mirror and file of each request, in the order they came. */
  List<String> requests() {
    return requests;
  }

  static void send(HttpExchange exchange, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
